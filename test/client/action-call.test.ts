import { execFile } from "node:child_process";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createClient, failedItems, retCodes } from "@dezai/umem";
import { describe, expect, onTestFinished, test } from "vitest";
import { params } from "../support/failure.js";
import { faultServer, gatewayResponse, success } from "../support/fault-server.js";
import { keys } from "../support/signed.js";

const body = { RetCode: 0, BackupURL: ["https://backup.example.com/0"], Extra: "é" };
const headers = { "X-UCLOUD-REQUEST-UUID": "id-1" };
const good = () => Response.json(body, { headers, status: 200 });
const bad = () => Response.json({ RetCode: 230, Message: "no" }, { headers });
const call = (respond: () => Response | Promise<Response>, maxRetries = 0) =>
  createClient({ credentials: keys, fetch: async () => respond(), maxRetries }).describeUMemBackupURL(params);

describe("result() does not throw", () => {
  test("for a success", async () => {
    const outcome = await call(good).result();
    if (!outcome.ok) expect.fail("failed");
    expect(outcome).toMatchObject({ ok: true, data: body, requestId: "id-1", attempts: 1 });
    expect(await outcome.response.json()).toEqual(body);
  });

  test("for a failure, which is narrowed by its name", async () => {
    const outcome = await call(bad).result();
    expect(outcome.data).toBeUndefined();
    if (outcome.ok || outcome.error.name !== "RetCodeError") expect.fail("not narrowed");
    // The compiler narrows the error by its name.
    expect([outcome.error.retCode, outcome.error.requestId]).toEqual([230, "id-1"]);
  });

  test("for parameters that cannot be sent", async () => {
    const client = createClient({ credentials: keys, fetch: async () => good() });
    const { error } = await client.describeUMemBackupURL({ ...params, SpaceId: 5 as never }).result();
    expect(error).toMatchObject({ name: "InvalidParameterError", attempts: 0 });
  });
});

describe("withResponse()", () => {
  test("returns a new copy of the response each time, with a readable body and without a URL", async () => {
    const { baseUrl } = await faultServer(success);
    const client = createClient({ credentials: keys, baseUrl });
    const one = client.describeUMemBackupURL(params);
    const { data, response, requestId, attempts } = await one.withResponse();
    const { response: other } = await one.withResponse();
    expect([response.status, response.url, requestId, attempts]).toEqual([200, "", "id-of-the-request", 1]);
    expect(response.headers.get("Content-Type")).toBe("application/json");
    expect(await response.json()).toEqual(data);
    expect(await other.text()).toContain("BackupURL");
  });

  test("rejects as the call does", async () => {
    await expect(call(bad).withResponse()).rejects.toMatchObject({ name: "RetCodeError" });
  });
});

describe("a call is a promise", () => {
  test("with then, catch and finally", async () => {
    expect(await call(good).then(({ RetCode }) => RetCode + 1)).toBe(1);
    expect(await call(good).then()).toEqual(body);
    expect(await call(bad).then(null, String)).toMatch(/^RetCodeError/);
    expect(await call(bad).catch((error: Error) => error.name)).toBe("RetCodeError");
    expect(await call(good).catch(() => "caught")).toEqual(body);
    let ends = 0;
    const end = () => {
      ends += 1;
    };
    expect(await call(good).finally(end)).toEqual(body);
    await expect(call(bad).finally(end)).rejects.toMatchObject({ retCode: 230 });
    expect(ends).toBe(2);
    expect(call(good)).toBeInstanceOf(Promise);
  });

  test("that combines with others", async () => {
    expect(await Promise.all([call(good), call(good)])).toEqual([body, body]);
    expect(await Promise.race([call(good)])).toEqual(body);
    const settled = await Promise.allSettled([call(good), call(bad)]);
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(await Promise.resolve(call(good))).toEqual(body);
    expect(await (async () => call(good))()).toEqual(body);
  });

  test("that sends one request, however often it is awaited", async () => {
    let requests = 0;
    const one = call(() => {
      requests += 1;
      return good();
    });
    await Promise.all([one, one, one.then(), one.result(), one.withResponse(), one.catch(() => {})]);
    expect(requests).toBe(1);
  });
});

/** Runs a program in a process of its own. @returns its output. */
function program(source: string): Promise<string> {
  const setUp = `
    import { createClient } from "@dezai/umem";
    const fetch = async () => Response.json({ RetCode: 230, Message: "no" });
    const client = createClient({ credentials: ${JSON.stringify(keys)}, fetch });
    const params = ${JSON.stringify(params)};
    process.on("unhandledRejection", (error) => console.log("unhandled", error.name));
  `;
  const flags = ["--conditions=@actiongen/source", "--import", "tsx", "--input-type=module"];
  return new Promise((resolve, reject) =>
    execFile(process.execPath, [...flags, "--eval", setUp + source], (error, out) =>
      error === null ? resolve(out) : reject(error),
    ),
  );
}

describe("a failure without a handler", () => {
  test.each<[what: string, source: string, printed: string]>([
    ["is one unhandled rejection", "client.describeUMemBackupURL(params);", "unhandled RetCodeError\n"],
    [
      "is one with a then",
      "client.describeUMemBackupURL(params).then(() => {});",
      "unhandled RetCodeError\n",
    ],
    ["is none if it is caught", "client.describeUMemBackupURL(params).catch(() => {});", ""],
    ["is none with result()", "client.describeUMemBackupURL(params).result();", ""],
    [
      "is none if it is caught both itself and with its response",
      "const call = client.describeUMemBackupURL(params); call.withResponse().catch(() => {}); call.catch(() => {});",
      "",
    ],
  ])("%s", async (_, source, printed) => {
    expect(await program(source)).toBe(printed);
  });
});

test("an outcome that arrives after the end of the call has no effect", async () => {
  const rejections: unknown[] = [];
  const record = (error: unknown) => rejections.push(error);
  process.on("unhandledRejection", record);
  onTestFinished(() => void process.off("unhandledRejection", record));
  let fail = (_: Error): void => {};
  const pending = new Promise<Response>((_, reject) => {
    fail = reject;
  });
  const controller = new AbortController();
  const fetch = () => {
    // Once the client waits for the response, however slow the machine is.
    setTimeout(() => controller.abort());
    return pending;
  };
  await createClient({ credentials: keys, fetch }).describeUMemBackupURL(params, controller).result();
  fail(new Error("late"));
  await nextTurn();
  await nextTurn();
  expect(rejections).toEqual([]);
});

test("failedItems() finds failed items of a batch at any depth", async () => {
  const { baseUrl } = await faultServer(
    gatewayResponse({
      RetCode: 0,
      DataSet: [
        { RetCode: 0, Id: "a" },
        { RetCode: "230", Message: "no such disk", Id: "b" },
        { Id: "c", Parts: [{ RetCode: 99_999 }] },
        { RetCode: null },
        { RetCode: "none" },
      ],
      Single: { RetCode: 150, Message: 5 },
    }),
  );
  const data = await createClient({ credentials: keys, baseUrl }).describeUMemBackupURL(params);
  const found = failedItems(data, retCodes).map(({ path, retCode, codeName, serverMessage }) => [
    path,
    retCode,
    codeName,
    serverMessage,
  ]);
  expect(found).toEqual([
    ["DataSet[1]", 230, "InvalidParameter", "no such disk"],
    ["DataSet[2].Parts[0]", 99_999, "", ""],
    ["Single", 150, "ServiceUnavailable", ""],
  ]);
  expect(failedItems({ RetCode: 0 }, retCodes)).toEqual([]);
});

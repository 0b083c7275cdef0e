import { describe, expect, test } from "vitest";
import { readRecordings } from "../../scripts/contract/recording.js";
import { InputError } from "../../scripts/diagnostic.js";
import { type MockServer, startMock } from "../../scripts/mock/server.js";
import { serializeParameters } from "../../templates/runtime/parameters.js";
import { signParameters } from "../../templates/runtime/signature.js";
import { api } from "../support/seed-action.js";

const recordings = await readRecordings("test/recordings");
const call = {
  Action: "DescribeUMemBackupURL",
  Region: "cn-zj",
  Zone: "cn-zj-01",
  ProjectId: "lIDfEOmM",
  SpaceId: "WfTAPwME",
  BackupId: "HnsnJnXX",
};
const query = serializeParameters(
  signParameters(new Map(Object.entries(call)), api.brand.exampleCredentials),
);

async function withServer<Result>(
  use: (server: MockServer, log: string[]) => Promise<Result>,
  { cors = false, recorded = recordings } = {},
): Promise<Result> {
  const log: string[] = [];
  const server = await startMock(api, recorded, { port: 0, log: (line) => log.push(line), cors });
  try {
    return await use(server, log);
  } finally {
    await server.close();
  }
}

describe("the mock gateway over HTTP", () => {
  test.each<[what: string, request: (baseUrl: string) => Promise<Response>]>([
    ["GET with a query", (baseUrl) => fetch(`${baseUrl}?${query}`)],
    ["POST with a form", (baseUrl) => fetch(baseUrl, { method: "POST", body: new URLSearchParams(query) })],
    [
      "POST with JSON",
      (baseUrl) =>
        fetch(baseUrl, {
          method: "POST",
          body: JSON.stringify(Object.fromEntries(new URLSearchParams(query))),
          headers: { "Content-Type": "application/json" },
        }),
    ],
  ])("accepts %s, and logs no parameter", async (_, request) => {
    await withServer(async (server, log) => {
      const response = await request(server.baseUrl);
      expect(response.status).toBe(200);
      expect(response.headers.get("Content-Type")).toBe("application/json");
      expect((await response.json()).RetCode).toBe(0);
      expect(log.join()).toMatch(
        /^(GET|POST) DescribeUMemBackupURL: from test\/recordings\/umem\/DescribeUMemBackupURL\.\S+\.har$/,
      );
      expect(log.join()).not.toMatch(/[0-9a-f]{40}|WfTAPwME/);
    });
  });

  test("sends each response with a request id of its own", async () => {
    await withServer(async ({ baseUrl }) => {
      const responses = await Promise.all([1, 2].map(() => fetch(`${baseUrl}?${query}`)));
      const ids = responses.map(({ headers }) => headers.get("X-UCLOUD-REQUEST-UUID"));
      expect(new Set(ids).size).toBe(2);
    });
  });

  test("logs no name of an action that it does not know", async () => {
    await withServer(async ({ baseUrl }, log) => {
      await fetch(`${baseUrl}?Action=%1b[2Jhidden`);
      await fetch(baseUrl);
      await fetch(`${baseUrl}?Action=hidden&Action=hidden`);
      await fetch(`${baseUrl}?Action=${call.Action}`);
      expect(log).toEqual([
        "GET (unknown action): RetCode 161",
        "GET (unknown action): RetCode 160",
        "GET (unknown action): RetCode -1",
        "GET DescribeUMemBackupURL: RetCode 170",
      ]);
    });
  });

  test("names the most similar action, not thousands of actions, if there is none of the name", async () => {
    const [umem] = api.products;
    const [first] = umem?.actions ?? [];
    const names = Array.from({ length: 2_000 }, (_, number) => ({ ...first, name: `DescribePot${number}` }));
    const products = [{ ...umem, actions: names }] as typeof api.products;
    const server = await startMock({ ...api, products }, [], { port: 0, log: () => {} });
    try {
      const { Message } = await (await fetch(`${server.baseUrl}?Action=DescribePt7`)).json();
      expect(Message).toMatch(
        /\[DescribePt7\] not found: .* 2000 other actions \(did you mean DescribePot7\?\)/,
      );
    } finally {
      await server.close();
    }
  });

  test("responds to an action without a recording with the documented example, and says so", async () => {
    await withServer(
      async ({ baseUrl }, log) => {
        const response = await fetch(`${baseUrl}?${query}`);
        expect(response.headers.get("X-Actiongen-Response")).toBe("example");
        expect(response.headers.get("X-Actiongen-Recording")).toBeNull();
        expect(await response.json()).toMatchObject({ RetCode: 0, Action: `${call.Action}Response` });
        expect(log).toEqual([`GET ${call.Action}: example`]);
      },
      { recorded: [] },
    );
  });

  test("serves an action that several products have once, as the first of them describes it", async () => {
    const [umem] = api.products;
    const actions = umem?.actions.map((action) => ({
      ...action,
      parameters: [],
      responseExample: undefined,
    }));
    const products = [umem, { ...umem, name: "umem2", actions }] as typeof api.products;
    const server = await startMock({ ...api, products }, [], { port: 0, log: () => {} });
    try {
      const response = await fetch(`${server.baseUrl}?${query}`);
      expect(response.headers.get("X-Actiongen-Response")).toBe("example");
    } finally {
      await server.close();
    }
  });

  test("sends a recording that is not the gateway's response unchanged", async () => {
    const [recording] = recordings.filter(({ file }) => file.includes("success-all"));
    if (recording === undefined) throw new Error("no recording");
    const headers = [
      ["content-type", "text/html"],
      ["set-cookie", "a=b"],
      ["set-cookie", "c=d"],
      ["x-ucloud-request-uuid", "recorded"],
    ] as const;
    const page = { ...recording, status: 502, body: "<html>", headers };
    await withServer(
      async ({ baseUrl }) => {
        const response = await fetch(`${baseUrl}?${query}`);
        expect([response.status, await response.text()]).toEqual([502, "<html>"]);
        expect(response.headers.getSetCookie()).toEqual(["a=b", "c=d"]);
        expect(response.headers.get("X-UCLOUD-REQUEST-UUID")).toBe("recorded");
      },
      { recorded: [page] },
    );
  });

  test.each(["{", "null", '"text"'])("rejects the body %s, and continues", async (body) => {
    await withServer(async ({ baseUrl }) => {
      const headers = { "Content-Type": "application/json" };
      const bad = await fetch(baseUrl, { method: "POST", body, headers });
      expect(bad.status).toBe(400);
      expect((await (await fetch(baseUrl)).json()).RetCode).toBe(160);
    });
  });

  test("lets pages of other origins send requests and read every header, if that is set", async () => {
    await withServer(
      async ({ baseUrl }) => {
        const preflight = await fetch(baseUrl, { method: "OPTIONS" });
        expect([preflight.status, preflight.headers.get("Access-Control-Allow-Headers")]).toEqual([204, "*"]);
        const response = await fetch(baseUrl);
        expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
        expect(response.headers.get("Access-Control-Expose-Headers")).toBe("*");
      },
      { cors: true },
    );
    await withServer(async ({ baseUrl }) => {
      expect((await fetch(baseUrl)).headers.get("Access-Control-Allow-Origin")).toBeNull();
    });
  });

  test("reports a port that is in use", async () => {
    await withServer(async ({ baseUrl }) => {
      const port = Number(new URL(baseUrl).port);
      const second = startMock(api, recordings, { port, log: () => {} });
      await expect(second).rejects.toThrow(InputError);
      await expect(second).rejects.toThrow(
        /cannot listen on port \d+: .*EADDRINUSE.*\n {2}help: Choose another one/,
      );
    });
  });
});

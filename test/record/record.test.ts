import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { actiongen, isTrace } from "../support/actiongen.js";
import { startMockOf } from "../support/mock.js";
import { account, closedPort, entryOf, recordCall, serveBody, serveEndless } from "../support/recorder.js";
import { api } from "../support/seed-action.js";
import { temporaryFolder } from "../support/spec-folder.js";

const params = { Region: "cn-zj", Zone: "cn-zj-01", SpaceId: "uspace-k3j9x", BackupId: "backup-11" };
/** Keys that the mock accepts. */
const env = {
  DEZAI_PUBLIC_KEY: api.brand.exampleCredentials.publicKey,
  DEZAI_PRIVATE_KEY: api.brand.exampleCredentials.privateKey,
};

describe("record", () => {
  test("saves a call of the API as a recording", async () => {
    const { baseUrl } = await startMockOf(api);
    const { code, err, printed, files } = await recordCall("DescribeUMemBackupURL", params, baseUrl, {
      env,
    });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(Object.keys(files)).toEqual(["umem/DescribeUMemBackupURL.captured-success.har"]);
    expect(printed).toMatch(
      /captured-success\.har: DescribeUMemBackupURL, RetCode 0\n\d+ private values replaced\./,
    );
    const { log, entry } = entryOf(files);
    expect(log).toMatchObject({
      version: "1.2",
      _origin: "captured",
      _document: {
        path: "umem/DescribeUMemBackupURL.openapi.yaml",
        hash: expect.stringMatching(/^[0-9a-f]{16}$/),
        version: "1.0.0",
      },
    });
    expect(Math.abs(Date.parse(entry.startedDateTime) - Date.now())).toBeLessThan(3_600_000);
  });

  test("verify accepts a recording of every action", async () => {
    const { baseUrl } = await startMockOf(api);
    const out = await temporaryFolder();
    const known = {
      ...params,
      ProjectId: "org-1",
      GroupId: "g1",
      BackupName: "nightly",
      Limit: 5,
      Offset: 0,
    };
    for (const { name, parameters } of api.products.flatMap(({ actions }) => actions)) {
      const names = parameters.map((field) => field.name);
      const own = Object.fromEntries(Object.entries(known).filter(([key]) => names.includes(key)));
      const { err } = await recordCall(name, own, baseUrl, { env, out, args: ["--allow-changes"] });
      expect(err).toBe("");
    }
    const failure = await serveBody({ RetCode: 230, Message: "Params [BackupId] not available: backup-11" });
    await recordCall("DescribeUMemBackupURL", params, failure, { out });
    const { code, err, out: printed } = await actiongen(["verify", "--recordings", out]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(printed).toMatch(/^7 recordings .* 0 actions without a recording/);
  });

  test("records a failure with a RetCode, and names the file after it", async () => {
    const baseUrl = await serveBody({ RetCode: 230, Message: "Params [BackupId] not available: backup-11" });
    const { code, files } = await recordCall("DescribeUMemBackupURL", params, baseUrl);
    expect(code).toBe(0);
    expect(Object.keys(files)).toEqual([
      "umem/DescribeUMemBackupURL.captured-error-230-invalid-parameter.har",
    ]);
    const { body, query } = entryOf(files);
    expect(body).toEqual({ RetCode: 230, Message: `Params [BackupId] not available: ${query.BackupId}` });
    expect(query.BackupId).not.toBe("backup-11");
  });

  test("sends nothing if the parameters are not those of the document, and names each", async () => {
    const invalid =
      '{"Region": "cn-zj",\n"Zone": true,\n"SpaceID": "s",\n"Password": "hunter2",\n"BackupId": "b"}';
    const { code, err, files } = await recordCall("DescribeUMemBackupURL", invalid, "http://127.0.0.1:1/");
    expect([code, files]).toEqual([1, {}]);
    expect(err).toContain("params.json:2: Zone (Boolean) cannot be sent as string\n  help: umem/Desc");
    expect(err).toContain("params.json:1: SpaceId is required\n");
    expect(err).toContain("params.json:3: SpaceID is not documented (did you mean SpaceId?)\n");
    expect(err).toContain("params.json:4: Password is not documented\n");
    expect(err).not.toContain("hunter2");
  });

  test("calls an action that changes something only when asked to", async () => {
    const { baseUrl, log } = await startMockOf(api);
    const own = { Region: "cn-zj", Zone: "cn-zj-01", SpaceId: "s", BackupName: "b" };
    const refused = await recordCall("CreateUMemBackup", own, baseUrl, { env });
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/CreateUMemBackup may change or create something.*\nPass --allow-changes/);
    expect([refused.files, log]).toEqual([{}, []]);
    const { code } = await recordCall("CreateUMemBackup", own, baseUrl, { env, args: ["--allow-changes"] });
    expect([code, log.length]).toEqual([0, 1]);
  });

  test("leaves a file with the same call as it is, and one with another call unless it is forced", async () => {
    const { baseUrl } = await startMockOf(api);
    const first = await recordCall("DescribeUMemBackupURL", params, baseUrl, { env });
    const { out } = first;
    const again = await recordCall("DescribeUMemBackupURL", params, baseUrl, { env, out });
    expect(again.printed).toMatch(/RetCode 0, unchanged\n/);
    expect(again.files).toEqual(first.files);
    const other = { ...params, BlockId: "block-1" };
    const refused = await recordCall("DescribeUMemBackupURL", other, baseUrl, { env, out });
    expect([refused.code, refused.files]).toEqual([1, first.files]);
    expect(refused.err).toMatch(/har: exists, and has another call\n {2}help: .*--out.*--force/);
    const forced = await recordCall("DescribeUMemBackupURL", other, baseUrl, { env, out, args: ["--force"] });
    expect(entryOf(forced.files).query).toHaveProperty("BlockId");
  });

  test.each<[what: string, args: string[], env: Record<string, string>, code: number, err: RegExp]>([
    [
      "an unknown action",
      ["--action", "DescribeUMemSpase"],
      {},
      2,
      /no document describes "DescribeUMemSpase" \(did you mean/,
    ],
    ["no action", [], {}, 2, /pass --action and --params/],
    ["no key pair", [], { DEZAI_PUBLIC_KEY: "" }, 2, /set DEZAI_PUBLIC_KEY .*\nOr pass --profile/s],
    ["an unknown profile", ["--profile", "nobody"], {}, 2, /The profile file .* does not exist/],
  ])("reports %s", async (what, args, env, code, err) => {
    const run =
      what === "no action"
        ? await actiongen(["record"])
        : await recordCall("DescribeUMemBackupURL", params, "http://127.0.0.1:1/", {
            args,
            env: { HOME: "/nonexistent", ...env },
          });
    expect(run.code).toBe(code);
    expect(run.err).toMatch(err);
    expect(run.err).not.toMatch(isTrace);
  });

  test("names the option that replaces an invalid URL in the environment", async () => {
    const file = join(await temporaryFolder(), "params.json");
    await writeFile(file, JSON.stringify(params));
    const run = await actiongen(["record", "--action", "DescribeUMemBackupURL", "--params", file], {
      env: { ...env, DEZAI_BASE_URL: "foo" },
    });
    expect(run.code).toBe(2);
    expect(run.err).toMatch(
      /DEZAI_BASE_URL .* must be an http or https URL.*\nOr pass --base-url\. Nothing/s,
    );
  });

  test.each<[what: string, respond: () => Promise<string>, err: RegExp]>([
    ["no server", closedPort, /no complete response arrived from 127\.0\.0\.1:\d+ \(ECONNREFUSED\)/],
    [
      "a web page",
      () => serveBody("<html>", { "content-type": "text/html" }),
      /no JSON in 6 characters of text\/html/,
    ],
    ["a body without a RetCode", () => serveBody({ Data: account.privateKey }), /no RetCode in/],
    [
      "refused keys",
      () => serveBody({ RetCode: 172, Message: account.publicKey }),
      /RetCode 172.*\n.*Check the key pair/,
    ],
    [
      "nesting",
      () => serveBody(`{"RetCode":0,"A":${"[".repeat(9e4)}${"]".repeat(9e4)}}`),
      /no JSON of 500 levels at most/,
    ],
    [
      "a response without an end",
      serveEndless,
      /the response is larger than 16 MiB\n {2}help: Record a call with a smaller response/,
    ],
  ])("records nothing and shows no key for %s", async (_, respond, err) => {
    const run = await recordCall("DescribeUMemBackupURL", params, await respond());
    expect([run.code, run.files]).toEqual([1, {}]);
    expect(run.err).toMatch(err);
    expect(run.err).not.toMatch(new RegExp(`${account.publicKey}|${account.privateKey}`));
    expect(run.err).not.toMatch(isTrace);
  });
});

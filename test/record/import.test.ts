import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Entry } from "har-format";
import { describe, expect, test } from "vitest";
import { actiongen } from "../support/actiongen.js";
import { recordingsIn } from "../support/recorder.js";
import { temporaryFolder } from "../support/spec-folder.js";

/** An entry as a browser exports it. */
function entry(url: string, body: object | string, form?: string): Entry {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const pairs = [
    { name: "Cookie", value: "session=8c1f" },
    { name: ":authority", value: "api.example" },
  ];
  const exported = {
    startedDateTime: "2026-02-03T04:05:06.789+08:00",
    time: 41.5,
    _initiator: { url: "https://console.example/?token=8c1f" },
    serverIPAddress: "10.1.2.3",
    request: {
      method: form === undefined ? "GET" : "POST",
      url,
      httpVersion: "h2",
      headers: pairs,
      queryString: [],
      cookies: pairs,
      ...(form !== undefined && { postData: { mimeType: "application/x-www-form-urlencoded", text: form } }),
      headersSize: -1,
      bodySize: -1,
    },
    response: {
      status: 200,
      statusText: "",
      httpVersion: "h2",
      headers: [...pairs, { name: "content-type", value: "application/json" }],
      cookies: pairs,
      content: { size: text.length, mimeType: "application/json", text },
      redirectURL: "",
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 1, wait: 40, receive: 0.5 },
  };
  return exported as unknown as Entry;
}

const gateway = "https://api.corp.example/";
const query = "Region=cn-zj&Zone=cn-zj-01&BackupId=bk-7&PublicKey=4eZCa3sA7pQ2xVn8&Signature=0f3c2a6e";
const success = (url: string) => ({ RetCode: 0, Action: "DescribeUMemBackupURLResponse", BackupURL: [url] });
const link = "https://bucket.example/f.rdb?UCloudPublicKey=4eZCa3sA7pQ2xVn8&Expires=1";

async function importOf(entries: readonly Entry[], args: readonly string[] = [], folder?: string) {
  const out = folder ?? (await temporaryFolder());
  const file = join(await temporaryFolder(), "export.har");
  const log = { version: "1.2", creator: { name: "WebInspector", version: "537.36" }, pages: [], entries };
  await writeFile(file, JSON.stringify({ log }));
  const result = await actiongen(["record", "--from", file, "--out", out, ...args]);
  return { ...result, printed: result.out, out, files: await recordingsIn(out) };
}

describe("record --from", () => {
  test("saves each call of an export, and counts what it leaves out", async () => {
    const call = `Action=DescribeUMemBackupURL&SpaceId=space-1&${query}`;
    const { code, err, printed, out, files } = await importOf([
      entry("https://console.example/logo.png", "png"),
      entry(`${gateway}?${call}`, success(link)),
      entry(`${gateway}?${call}`, success(link)),
      entry(gateway, success(link), call.replace("space-1", "space-2")),
      entry(`${gateway}?${call}`, { RetCode: 153, Message: "Too many requests of space-2" }),
      entry(`${gateway}?${call}`, { RetCode: 171, Message: "Signature" }),
      entry(`${gateway}?${call}`, "<html>"),
      entry(`${gateway}?Action=GetConsoleMenu&${query}`, { RetCode: 0 }),
    ]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(Object.keys(files).sort()).toEqual([
      "umem/DescribeUMemBackupURL.captured-error-153-request-throttled.har",
      "umem/DescribeUMemBackupURL.captured-success-2.har",
      "umem/DescribeUMemBackupURL.captured-success.har",
    ]);
    expect(printed).toMatch(
      /Left out: 1 since the request has no parameter Action, 1 whose key pair was refused, 1 whose response is not JSON with a RetCode, 1 of actions that no document describes, 1 the same as others\.\n$/,
    );
    const [failure, second, first] = Object.keys(files)
      .sort()
      .map((name) => JSON.parse(files[name] ?? "").log.entries[0]);
    expect(first.startedDateTime).toBe("2026-02-02T20:05:06.789Z");
    expect(second.request.method).toBe("POST");
    // The same space and the same link in two recordings.
    const space = /SpaceId=([^&]*)/.exec(second.request.postData.text)?.[1];
    expect(failure.response.content.text).toContain(`Too many requests of ${space}`);
    expect(second.response.content.text).toBe(first.response.content.text);
    const all = Object.values(files).join();
    expect(all).not.toMatch(/space-\d|bk-7|4eZCa3|0f3c2a6e|8c1f|bucket|corp\.example|console|10\.1\.2/);
    expect(await actiongen(["verify", "--recordings", out])).toMatchObject({ code: 0, err: "" });
  });

  test("writes nothing if one of its files exists with another call", async () => {
    const call = `Action=DescribeUMemBackupURL&SpaceId=space-1&${query}`;
    const { out, files } = await importOf([entry(`${gateway}?${call}`, success(link))]);
    const both = [
      entry(`${gateway}?${call}`, success(link)),
      entry(`${gateway}?${call}&BlockId=b`, success(link)),
      entry(`${gateway}?${call}`, { RetCode: 230, Message: "" }),
    ];
    const again = await importOf(both.slice(1), [], out);
    expect([again.code, again.files]).toEqual([1, files]);
    expect(again.err).toMatch(/captured-success\.har: exists, and has another call/);
    const forced = await importOf(both, ["--force"], out);
    expect([forced.code, Object.keys(forced.files).length]).toEqual([0, 3]);
  });

  test("leaves out requests to other servers with a parameter twice, and calls without a response", async () => {
    const call = `${gateway}?Action=DescribeUMemSpace&${query}`;
    const cancelled = entry(call, "");
    const { code, err, printed, files } = await importOf([
      entry("https://tracker.example/p?Action=view&x=1&x=2", ""),
      { ...cancelled, response: { ...cancelled.response, status: 0 } },
      entry(call, { RetCode: 0 }),
    ]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(Object.keys(files)).toHaveLength(1);
    expect(printed).toMatch(
      /Left out: 1 since the request has a parameter twice, 1 since it has no response\.\n$/,
    );
  });

  test("leaves out a response that `verify` could not compare", async () => {
    const call = `${gateway}?Action=DescribeUMemSpace&${query}`;
    const deep = `{"RetCode":0,"A":${"[".repeat(201)}${"]".repeat(201)}}`;
    const { printed, files } = await importOf([entry(call, { RetCode: 0 }), entry(call, deep)]);
    expect(Object.keys(files)).toHaveLength(1);
    expect(printed).toContain("1 whose response is nested too deeply");
  });

  test.each<[what: string, entries: Entry[], args: string[], code: number, err: RegExp]>([
    [
      "an export without calls",
      [entry("https://a.example/", "")],
      [],
      1,
      /has no recorded call of an Action API/,
    ],
    [
      "only unknown actions",
      [entry(`${gateway}?Action=A&${query}`, { RetCode: 0 })],
      [],
      1,
      /has no call to record: 1 of actions/,
    ],
    ["another option", [], ["--action", "A"], 2, /--from cannot be combined/],
    [
      "several calls for one file",
      ["a", "b"].map((id) => entry(`${gateway}?Action=DescribeUMemSpace&SpaceId=${id}`, { RetCode: 0 })),
      ["--out", "one.har"],
      2,
      /--out: 2 calls need a folder, and one\.har is the name of a file/,
    ],
  ])("reports %s", async (_, entries, args, code, err) => {
    const run = await importOf(entries, args);
    expect([run.code, run.files]).toEqual([code, {}]);
    expect(run.err).toMatch(err);
  });

  test("rejects a recording that was not captured", async () => {
    const file = "test/recordings/umem/CreateUMemBackup.success.har";
    expect(await readFile(file, "utf8")).toContain('"documented"');
    const { code, err } = await actiongen(["record", "--from", file, "--out", await temporaryFolder()]);
    expect(code).toBe(1);
    expect(err).toMatch(
      /CreateUMemBackup\.success\.har: was written from the documentation, and not captured/,
    );
  });
});

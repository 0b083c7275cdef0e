import { inspect } from "node:util";
import { DownloadError, downloadLinks } from "@dezai/core/node";
import { ActionError, createClient, type Middleware, retCodes } from "@dezai/umem";
import { describe, expect, test } from "vitest";
import { byRequest } from "../support/by-request.js";
import { failure, json, params } from "../support/failure.js";
import { keys } from "../support/signed.js";
import { temporaryFolder } from "../support/spec-folder.js";

describe("secrets", () => {
  const credentials = { ...keys, securityToken: "token-of-a-test/+=" };
  const secret = new RegExp(
    [keys.privateKey, "token-of-a-test", "Signature=[0-9a-f]", "\\b[0-9a-f]{40}\\b"].join("|"),
    "i",
  );
  const everything = (value: unknown) =>
    [
      inspect(value, { depth: 10, showHidden: true }),
      String(value),
      (value as Error).stack ?? "",
      JSON.stringify(value),
    ].join("\n");

  test.each<[what: string, fetch: (request: Request) => Promise<Response>]>([
    [
      "a fetch that fails with the URL in its message",
      async ({ url }) => {
        throw new TypeError(`could not fetch ${url}`);
      },
    ],
    [
      "a fetch that fails with the URL in a cause",
      async ({ url }) => {
        throw new TypeError("no", { cause: new Error(url) });
      },
    ],
    [
      "a fetch that attaches the request to its error",
      async (request) => {
        throw Object.assign(new Error("no"), { path: request.url, request, config: { url: request.url } });
      },
    ],
    [
      "a fetch that throws a string",
      async ({ url }) => {
        throw url;
      },
    ],
    [
      "a gateway that quotes the request in its request id",
      async ({ url }) => json({ RetCode: 171 }, { headers: { "X-UCLOUD-REQUEST-UUID": url } }),
    ],
    [
      "a gateway that quotes the signature in capitals",
      async ({ url }) =>
        json({ RetCode: 171, Message: new URL(url).searchParams.get("Signature")?.toUpperCase() }),
    ],
    [
      "a gateway that quotes the request in its message",
      async ({ url }) => json({ RetCode: 171, Message: `bad signature for ${url}` }),
    ],
    [
      "a proxy that quotes the request in a page",
      async ({ url }) => new Response(`<html>${url}</html>`, { status: 502 }),
    ],
  ])("are not leaked by %s", async (_, fetch) => {
    const error = await createClient({ credentials, fetch: byRequest(fetch), maxRetries: 0 })
      .describeUMemBackupURL(params)
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ActionError);
    expect(everything(error)).not.toMatch(secret);
  });

  test.each<[what: string, fail: (url: string) => unknown]>([
    ["in its message", (url) => new TypeError(`could not fetch ${url}`)],
    ["in a cause, in parts", (url) => new TypeError("no", { cause: new Error(new URL(url).search) })],
    ["on its error", (url) => Object.assign(new Error("no"), { url, rawPacket: Buffer.from(url) })],
  ])("are not leaked by a download that fails with the link %s", async (_, fail) => {
    const link = "https://backup.example.com/WfTAPwME/shard-0.rdb?Expires=1&Token=a%2Fhidden+token";
    const error = await downloadLinks([link], {
      directory: await temporaryFolder(),
      maxRetries: 0,
      fetch: async (url) => {
        throw fail(url);
      },
    }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(DownloadError);
    expect(error.failures).toMatchObject([{ shard: 0, reason: "network" }]);
    expect(everything(error)).not.toMatch(/WfTAPwME|Expires|Token|hidden/);
  });

  test("are not shown by an inspected client", () => {
    expect(everything(createClient({ credentials }))).not.toMatch(secret);
  });

  test("middleware sees neither the signed request nor its URL", async () => {
    const seen: string[] = [];
    const look: Middleware = async (request, next) => {
      seen.push(everything(request), everything([...request.parameters]));
      try {
        const response = await next(request);
        seen.push(everything(response));
        return response;
      } catch (error) {
        seen.push(everything(error));
        throw error;
      }
    };
    const respond = byRequest(async ({ url }) =>
      Object.defineProperty(json({ RetCode: 0 }), "url", { value: url }),
    );
    const fail = byRequest(async ({ url }) => Promise.reject(new Error(url)));
    for (const fetch of [respond, fail]) {
      await createClient({ credentials, fetch, middleware: [look], maxRetries: 0 })
        .describeUMemBackupURL(params)
        .catch(() => {});
    }
    expect(seen).toHaveLength(6);
    expect(seen.join("\n")).not.toMatch(secret);
    expect(seen.join("\n")).not.toContain(keys.publicKey);
  });

  test("a message is one line of limited length", async () => {
    const error = await failure(json({ RetCode: 1, Message: `first\nsecond\u001b[2J${"x".repeat(10_000)}` }));
    expect(error.message.split("\n")).toHaveLength(1);
    expect(error.message.length).toBeLessThan(700);
    expect(error.serverMessage).toHaveLength(10_016);
  });

  test("a serialized error has its fields and not the cause", async () => {
    const error = await failure(json({ RetCode: 299, Message: "no" }));
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: "RetCodeError",
      message: error.message,
      action: "DescribeUMemBackupURL",
      attempts: 1,
      retryable: false,
      retCode: 299,
      codeName: "AccessDenied",
      meaning: retCodes[299].meaning,
      serverMessage: "no",
    });
  });
});

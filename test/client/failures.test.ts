import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createRawServer } from "node:net";
import type { Fetch } from "@dezai/core";
import {
  createClient,
  HttpError,
  InvalidResponseError,
  NetworkError,
  RetCodeError,
  retCodes,
} from "@dezai/umem";
import { describe, expect, test, vi } from "vitest";
import { failure, json, params } from "../support/failure.js";
import { keys } from "../support/signed.js";

const html = (status: number) =>
  new Response("<html><title>502 Bad Gateway</title></html>", {
    status,
    headers: { "Content-Type": "text/html; charset=utf-8" },
  });

describe("an invalid response", () => {
  test.each<
    [what: string, response: Response, type: abstract new (...args: never[]) => Error, message: string]
  >([
    [
      "a body that is not JSON",
      new Response("oops", { headers: { "Content-Type": "text/plain" } }),
      InvalidResponseError,
      "HTTP 200 with no JSON in 4 characters of text/plain.",
    ],
    [
      "HTML with status 502",
      html(502),
      HttpError,
      "HTTP 502 with no JSON in 43 characters of text/html; charset=utf-8.",
    ],
    [
      "HTML with status 200",
      html(200),
      InvalidResponseError,
      "HTTP 200 with no JSON in 43 characters of text/html; charset=utf-8.",
    ],
    [
      "an empty body",
      new Response(""),
      InvalidResponseError,
      "HTTP 200 with no JSON in 0 characters of text/plain;charset=UTF-8.",
    ],
    [
      "no body",
      new Response(null, { status: 204 }),
      InvalidResponseError,
      "HTTP 204 with no JSON in 0 characters of no type.",
    ],
    [
      "an empty body with status 503",
      new Response("", { status: 503 }),
      HttpError,
      "HTTP 503 with no JSON in 0 characters of text/plain;charset=UTF-8.",
    ],
    [
      "JSON cut in half",
      new Response('{"RetCode": 0, "Back'),
      InvalidResponseError,
      "HTTP 200 with no JSON in 20 characters of text/plain;charset=UTF-8.",
    ],
    [
      "an array",
      json([]),
      InvalidResponseError,
      "HTTP 200 with no RetCode in 2 characters of application/json.",
    ],
    [
      "null",
      json(null),
      InvalidResponseError,
      "HTTP 200 with no RetCode in 4 characters of application/json.",
    ],
    [
      "no RetCode",
      json({ Message: "hm" }),
      InvalidResponseError,
      "HTTP 200 with no RetCode in 16 characters of application/json.",
    ],
    [
      "a RetCode that is not a number",
      json({ RetCode: "no" }),
      InvalidResponseError,
      "HTTP 200 with no RetCode in 16 characters of application/json.",
    ],
    ["success with status 500", json({ RetCode: 0 }, { status: 500 }), HttpError, "HTTP 500 with RetCode 0."],
    [
      "a JSON error of another server",
      json({ error: "gone" }, { status: 404 }),
      HttpError,
      "HTTP 404 with no RetCode in 16 characters of application/json.",
    ],
  ])("%s", async (_, response, type, message) => {
    const error = await failure(response);
    expect(error).toBeInstanceOf(type);
    expect(error.message).toBe(`DescribeUMemBackupURL: ${message}`);
    expect(error).toMatchObject({ action: "DescribeUMemBackupURL", status: response.status });
  });
});

describe("a RetCode", () => {
  test("is an error with code, meaning, remedy and request id", async () => {
    const headers = { "X-UCLOUD-REQUEST-UUID": "id-1" };
    const error = await failure(
      json({ RetCode: 230, Message: "Params [BackupId] not available" }, { headers }),
    );
    expect(error).toBeInstanceOf(RetCodeError);
    expect(error).toMatchObject({
      retCode: 230,
      codeName: "InvalidParameter",
      serverMessage: "Params [BackupId] not available",
      requestId: "id-1",
      action: "DescribeUMemBackupURL",
    });
    const { meaning, remedy } = retCodes[230];
    expect(error.message).toBe(
      `DescribeUMemBackupURL: RetCode 230 (InvalidParameter): "Params [BackupId] not available". ${meaning} ${remedy} Request id: id-1.`,
    );
  });

  test.each<[what: string, response: Response, retCode: number, codeName: string]>([
    ["as a string", json({ RetCode: "171" }), 171, "SignatureMismatch"],
    ["that the specification does not list", json({ RetCode: 99999, Message: "new" }), 99999, ""],
    ["below zero", json({ RetCode: -1 }), -1, ""],
    ["in the body of an HTTP error", json({ RetCode: 150 }, { status: 500 }), 150, "ServiceUnavailable"],
  ])("%s", async (_, response, retCode, codeName) => {
    expect(await failure(response)).toMatchObject({ name: "RetCodeError", retCode, codeName });
  });

  test('"0" as a string is success, and becomes a number', async () => {
    const fetch = async () => json({ RetCode: "0", Action: "A", BackupURL: [], Extra: 1 });
    const body = await createClient({ credentials: keys, fetch }).describeUMemBackupURL(params);
    expect(body).toEqual({ RetCode: 0, Action: "A", BackupURL: [], Extra: 1 });
  });
});

describe("no complete response", () => {
  test("is a network error with the names, messages and codes of its causes", async () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" });
    const error = await failure(() => {
      throw new TypeError("fetch failed", { cause: refused });
    });
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toBe(
      "DescribeUMemBackupURL: no complete response arrived from api.dezai.com (ECONNREFUSED); nothing was sent.",
    );
    const cause = error.cause as Error & { cause: Error };
    expect([cause.name, cause.message, cause.cause.message]).toEqual([
      "TypeError",
      "fetch failed",
      refused.message,
    ]);
    expect(cause.cause).toMatchObject({ code: "ECONNREFUSED" });
  });

  test("may have causes that form a cycle", async () => {
    const error = await failure(() => {
      const first = new Error("first");
      first.cause = new Error("second", { cause: first });
      throw first;
    });
    expect(error.message).toMatch(
      /no complete response arrived from api\.dezai\.com; the call may have taken effect/,
    );
  });

  test.each<[what: string, respond: (response: ServerResponse) => void, message: RegExp]>([
    [
      "a connection that is closed at once",
      (response) => response.destroy(),
      /no complete response arrived from 127\.0\.0\.1:\d+ \(\w+\)/,
    ],
    [
      "a body that is cut off",
      (response) => {
        response.writeHead(200, { "Content-Length": "100" });
        response.write('{"RetCode":', () => response.destroy());
      },
      /no complete response arrived/,
    ],
  ])("%s", async (_, respond, message) => {
    const server = createServer((_request, response) => respond(response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const error = await createClient({ credentials: keys, baseUrl, maxRetries: 0 })
        .describeUMemBackupURL(params)
        .catch((thrown) => thrown);
      expect(error).toBeInstanceOf(NetworkError);
      expect(error.message).toMatch(message);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  test.each<[what: string, status: number, reason: string, type: abstract new (...args: never[]) => Error]>([
    ["a reason phrase in another script", 502, "B\u0142\u0105d", HttpError],
    ["an invalid status", 999, "Odd", HttpError],
  ])("is not caused by %s", async (_, status, reason, type) => {
    const raw = createRawServer((socket) =>
      socket.end(`HTTP/1.1 ${status} ${reason}\r\nContent-Length: 4\r\nConnection: close\r\n\r\noops`),
    );
    raw.listen(0, "127.0.0.1");
    await once(raw, "listening");
    try {
      const baseUrl = `http://127.0.0.1:${(raw.address() as AddressInfo).port}/`;
      const error = await createClient({ credentials: keys, baseUrl, maxRetries: 0 })
        .describeUMemBackupURL(params)
        .catch((thrown) => thrown);
      expect(error).toBeInstanceOf(type);
      expect(error).toMatchObject({ status });
    } finally {
      raw.close();
    }
  });

  test("a redirect is not followed, so its target never receives the signature", async () => {
    const requests: string[] = [];
    const server = createServer((request, response) => {
      requests.push(request.url ?? "");
      response.writeHead(307, { Location: `/elsewhere${request.url}` }).end();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const error = await createClient({ credentials: keys, baseUrl, maxRetries: 0 })
        .describeUMemBackupURL(params)
        .catch((thrown) => thrown);
      expect(error).toBeInstanceOf(InvalidResponseError);
      expect(error.message).toMatch(
        /HTTP 307 with a redirect to \/elsewhere\/, which is not followed; check baseUrl/,
      );
      expect(requests).toHaveLength(1);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe("an abort ends the call with an error that has the signal's reason as its cause", () => {
  const reason = new Error("changed my mind");
  const never = () => new Promise<never>(() => {});
  test.each<[what: string, options: { fetch?: Fetch; credentials?: () => Promise<never> }]>([
    [
      "while a fetch waits that observes the signal",
      {
        fetch: (_, { signal }) =>
          new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
      },
    ],
    ["while a fetch waits that ignores the signal", { fetch: never }],
    ["while waiting for credentials", { credentials: never }],
  ])("%s", async (_, options) => {
    const controller = new AbortController();
    const client = createClient({ credentials: keys, ...options });
    const call = client.describeUMemBackupURL(params, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 10);
    await expect(call).rejects.toMatchObject({ name: "AbortError", cause: reason });
  });

  test("before anything was sent", async () => {
    const fetch = vi.fn(never);
    const call = createClient({ credentials: keys, fetch }).describeUMemBackupURL(params, {
      signal: AbortSignal.abort(reason),
    });
    await expect(call).rejects.toMatchObject({ name: "AbortError", cause: reason });
    expect(fetch).not.toHaveBeenCalled();
  });
});

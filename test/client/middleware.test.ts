import { createClient, type Middleware } from "@dezai/umem";
import { describe, expect, test, vi } from "vitest";
import { byRequest } from "../support/by-request.js";
import { json, params } from "../support/failure.js";
import { keys } from "../support/signed.js";

/** Makes a call with middleware. @returns the requests that were sent, and the outcome. */
async function call(middleware: Middleware[], respond = async () => json({ RetCode: 0 }), options = {}) {
  const sent: Request[] = [];
  const fetch = byRequest(async (request) => {
    sent.push(request);
    return await respond();
  });
  const client = createClient({ credentials: keys, fetch, middleware, maxRetries: 0, ...options });
  return { sent, outcome: await client.describeUMemBackupURL(params).result() };
}

describe("middleware", () => {
  test("can read the response, and the call reads it too", async () => {
    const seen: unknown[] = [];
    const look: Middleware = async (request, next) => {
      const response = (await next(request)) as Response;
      seen.push(
        response.status,
        response.headers.get("X-Of-Gateway"),
        response.url,
        await response.clone().json(),
      );
      return response;
    };
    const headers = { "X-Of-Gateway": "yes" };
    const { outcome } = await call([look], async () => json({ RetCode: 0, A: 1 }, { status: 201, headers }));
    expect(seen).toEqual([201, "yes", "", { RetCode: 0, A: 1 }]);
    expect(outcome).toMatchObject({ ok: true, data: { RetCode: 0, A: 1 } });
  });

  test("sees a response that must not have a body", async () => {
    const seen: string[] = [];
    const look: Middleware = async (request, next) => {
      const response = await next(request);
      seen.push(await (response as Response).clone().text());
      return response;
    };
    const { outcome } = await call([look], async () => new Response(null, { status: 204 }));
    expect(seen).toEqual([""]);
    expect(outcome.error).toMatchObject({ name: "InvalidResponseError", status: 204 });
  });

  test("can send a request twice, each with its own attempt timeout", async () => {
    const twice: Middleware = async (request, next) => {
      await next(request);
      return await next(request);
    };
    const { sent, outcome } = await call([twice]);
    expect(sent).toHaveLength(2);
    expect(outcome).toMatchObject({ ok: true, attempts: 1 });
  });

  test("can end an attempt with a signal of its own, whose reason is the error", async () => {
    const reason = new Error("too slow for me");
    const hasty: Middleware = (request, next) => next({ ...request, signal: AbortSignal.abort(reason) });
    const respond = vi.fn(async () => json({ RetCode: 0 }));
    await expect(call([hasty], respond)).rejects.toBe(reason);
    expect(respond).not.toHaveBeenCalled();
  });

  test("sees the attempt, the method, the URL, the parameters and the signal of the call", async () => {
    let seen: unknown;
    const look: Middleware = async (request, next) => {
      const { parameters, signal, ...rest } = request;
      seen = { ...rest, parameters: Object.fromEntries(parameters), aborted: signal.aborted };
      return await next(request);
    };
    await call([look], undefined, { headers: { "X-Mine": "a" }, method: "POST" });
    expect(seen).toMatchObject({
      action: "DescribeUMemBackupURL",
      attempt: 1,
      method: "POST",
      url: "https://api.dezai.com/",
      headers: { "x-mine": "a" },
      parameters: { Action: "DescribeUMemBackupURL", ...params },
      aborted: false,
    });
  });
});

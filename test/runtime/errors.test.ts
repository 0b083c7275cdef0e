import { describe, expect, test } from "vitest";
import {
  AbortError,
  ActionError,
  ConfigurationError,
  CredentialsError,
  type ErrorContext,
  HttpError,
  InvalidParameterError,
  InvalidResponseError,
  isUnsent,
  NetworkError,
  RetCodeError,
  type RetCodeInfo,
  TimeoutError,
} from "../../templates/runtime/errors.js";

const info: RetCodeInfo = { name: "Busy", meaning: "It is busy.", remedy: "Wait.", retry: "always" };
const issue = { path: "A", problem: "is required" };
const known: ErrorContext = { action: "Do", requestId: "id-1", attempts: 2 };

test.each<[what: string, error: ActionError, message: string]>([
  [
    "a known RetCode",
    new RetCodeError(9, "no", info, { ...known, errorsUrl: "https://x.test/errors" }),
    'Do: RetCode 9 (Busy): "no". It is busy. Wait. Request id: id-1. See https://x.test/errors#9',
  ],
  [
    "an unknown RetCode, which has no section in the reference",
    new RetCodeError(9, "", undefined, { errorsUrl: "https://x.test/errors" }),
    "RetCode 9.",
  ],
  ["a known RetCode, no reference", new RetCodeError(9, "", info), "RetCode 9 (Busy). It is busy. Wait."],
  ["a status without an error", new InvalidResponseError(200, "no JSON", {}), "HTTP 200 with no JSON."],
  ["an HTTP status", new HttpError(502, "no JSON", known), "Do: HTTP 502 with no JSON. Request id: id-1."],
  [
    "a host that is unknown",
    new NetworkError("ENOTFOUND", "h", {}),
    "no complete response arrived from h (ENOTFOUND); nothing was sent.",
  ],
  [
    "no code",
    new NetworkError("", "h", {}),
    "no complete response arrived from h; the call may have taken effect.",
  ],
  [
    "parameters",
    new InvalidParameterError([
      { path: "A", problem: "is required" },
      { path: "B[0]", problem: "is odd" },
    ]),
    "A is required; B[0] is odd. Nothing was sent.",
  ],
])("the message of an error by %s", (_, error, message) => {
  expect(error.message).toBe(message);
});

test.each<[name: string, error: ActionError, fields: object]>([
  ["RetCodeError", new RetCodeError(9, "no"), { retCode: 9, serverMessage: "no" }],
  ["HttpError", new HttpError(500, "", { retryAfter: 5 }), { status: 500, retryAfter: 5 }],
  ["InvalidResponseError", new InvalidResponseError(200, "", {}), { status: 200, violations: [] }],
  ["NetworkError", new NetworkError("E", "h", {}), { code: "E", host: "h" }],
  ["TimeoutError", new TimeoutError(5, {}), { timeout: 5 }],
  ["AbortError", new AbortError({}), {}],
  ["InvalidParameterError", new InvalidParameterError([issue]), { issues: [issue] }],
  ["CredentialsError", new CredentialsError("no"), {}],
  ["ConfigurationError", new ConfigurationError("no"), {}],
])("%s has its name and its fields", (name, error, fields) => {
  expect(error).toMatchObject({ name, ...fields });
  expect(String(error)).toBe(`${name}: ${error.message}`);
});

describe("an excerpt of the gateway's message", () => {
  test.each<[what: string, given: string, want: string]>([
    ["has at most 500 characters", "x".repeat(501), "x".repeat(500)],
    ["is one line", "a\r\n\u2028\u2029b\u001b[2Jc", "a b [2Jc"],
  ])("%s", (_, given, want) => {
    const error = new RetCodeError(9, given);
    expect(error.message).toBe(`RetCode 9: "${want}".`);
    expect(error.serverMessage).toBe(given);
  });
});

describe("an error without context", () => {
  test("has no action, no request id and no attempts", () => {
    const error = new RetCodeError(9, "");
    expect(error).toMatchObject({ action: "", attempts: 0, meaning: "", codeName: "", retryable: false });
    expect([error.requestId, error.docsUrl, error.retryAfter]).toEqual([undefined, undefined, undefined]);
  });
});

describe("retryable", () => {
  const safe = { retrySafe: true };
  const unsafe = { retrySafe: false };
  const code = (retry: RetCodeInfo["retry"], context: ErrorContext) =>
    new RetCodeError(9, "", { ...info, retry }, context);
  test.each<[what: string, error: ActionError, retryable: boolean]>([
    ["always", code("always", unsafe), true],
    ["throttle", code("throttle", unsafe), true],
    ["credentials", code("credentials", safe), false],
    ["never", code("never", safe), false],
    ["idempotent, safe", code("idempotent", safe), true],
    ["idempotent, not safe", code("idempotent", unsafe), false],
    ["HTTP 429", new HttpError(429, "", unsafe), true],
    ["HTTP 500, safe", new HttpError(500, "", safe), true],
    ["HTTP 500, not safe", new HttpError(500, "", unsafe), false],
    ["HTTP 499, safe", new HttpError(499, "", safe), false],
    ["no JSON, safe", new InvalidResponseError(200, "", safe), true],
    ["no JSON, not safe", new InvalidResponseError(200, "", unsafe), false],
    ["violations", new InvalidResponseError(200, "", safe, [{ path: "A", problem: "b" }]), false],
    ["a reset connection, safe", new NetworkError("ECONNRESET", "h", safe), true],
    ["a reset connection, not safe", new NetworkError("ECONNRESET", "h", unsafe), false],
    ["a refused connection, not safe", new NetworkError("ECONNREFUSED", "h", unsafe), true],
    ["a timeout after a request, safe", new TimeoutError(5, { ...safe, mayHaveEffect: true }), true],
    ["a timeout after a request, not safe", new TimeoutError(5, { ...unsafe, mayHaveEffect: true }), false],
    ["invalid parameters", new InvalidParameterError([], safe), false],
    ["no credentials", new CredentialsError("no", safe), false],
    ["an abort", new AbortError(safe), false],
  ])("%s", (_, error, retryable) => {
    expect(error.retryable).toBe(retryable);
  });
});

describe("an error that ends a call early says what is known of the effect", () => {
  test.each<[what: string, context: ErrorContext, effect: string]>([
    ["before a request", { attempts: 0, mayHaveEffect: false }, "nothing was sent"],
    [
      "after requests without an effect",
      { attempts: 2, mayHaveEffect: false },
      "the call has not taken effect",
    ],
    ["after a request", { attempts: 2, mayHaveEffect: true }, "the call may have taken effect"],
  ])("%s", (_, context, effect) => {
    expect(new AbortError(context).message).toBe(`aborted by its signal; ${effect}.`);
    const timeout = new TimeoutError(5, context, "attemptTimeout");
    expect(timeout.message).toBe(`timed out after 5 ms (attemptTimeout); ${effect}.`);
    expect(timeout).toMatchObject({ timeout: 5, retryable: !context.mayHaveEffect });
    expect(new TimeoutError(5, context).message).toContain("after 5 ms (timeout)");
  });
});

test("the fix of a URL that is too long is POST, and of other statuses it is not", () => {
  const fix = 'With `method: "POST"` the URL is short.';
  for (const status of [414, 431])
    expect(new HttpError(status, "x", {}).message).toBe(`HTTP ${status} with x. ${fix}`);
  expect(new HttpError(413, "x", {}).message).toBe("HTTP 413 with x.");
});

test.each<[code: string | undefined, unsent: boolean]>([
  ["ECONNREFUSED", true],
  ["ConnectionRefused", true],
  ["ENOTFOUND", true],
  ["EAI_AGAIN", true],
  ["UND_ERR_CONNECT_TIMEOUT", true],
  ["ECONNRESET", false],
  ["XECONNREFUSED", false],
  ["ECONNREFUSEDX", false],
  ["", false],
  [undefined, false],
])("after %s nothing was sent: %s", (code, unsent) => {
  expect(isUnsent(code)).toBe(unsent);
});

describe("instanceof", () => {
  const error = new HttpError(500, "", {});
  test("is true for the class and for ActionError, also with an error of another copy of the package", () => {
    const copy = { [Symbol.for("actiongen.error.kind")]: "HttpError" };
    for (const one of [error, copy]) {
      expect(one instanceof HttpError).toBe(true);
      expect(one instanceof ActionError).toBe(true);
      expect(one instanceof NetworkError).toBe(false);
    }
  });

  test.each([null, undefined, "text", {}, new Error("plain")])("is false for %s", (value) => {
    expect((value as unknown) instanceof ActionError).toBe(false);
    expect((value as unknown) instanceof HttpError).toBe(false);
  });

  test("is true for instances of a derived class only", () => {
    class Own extends HttpError {}
    expect(new Own(500, "", {}) instanceof Own).toBe(true);
    expect(new Own(500, "", {}) instanceof HttpError).toBe(true);
    expect(error instanceof Own).toBe(false);
  });
});

test("toJSON() has the name, the message and all fields, and not the cause", () => {
  const error = new NetworkError("ECONNRESET", "h", { ...known, cause: new Error("secret") });
  expect(error.toJSON()).toEqual({
    name: "NetworkError",
    message: error.message,
    action: "Do",
    requestId: "id-1",
    attempts: 2,
    retryable: false,
    code: "ECONNRESET",
    host: "h",
  });
  expect((error.cause as Error).message).toBe("secret");
  expect(Object.keys(error)).not.toContain("name");
});

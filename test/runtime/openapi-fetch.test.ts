import { inspect } from "node:util";
import createOpenApiClient, { type Middleware } from "openapi-fetch";
import { describe, expect, test } from "vitest";
import type { Credentials, CredentialsProvider } from "../../templates/runtime/credentials.js";
import { createOpenApiFetchClient, signingMiddleware } from "../../templates/runtime/openapi-fetch.js";
import { flattenParameters, serializeParameters } from "../../templates/runtime/parameters.js";
import { sign } from "../../templates/runtime/signature.js";
import { expectedSignature, keys, queryOf } from "../support/signed.js";

interface Paths {
  "/": {
    get: {
      parameters: { query: Record<string, unknown> };
      responses: { 200: { content: { "application/json": unknown } } };
    };
    post: {
      requestBody: { content: { "application/json": Record<string, unknown> } };
      responses: { 200: { content: { "application/json": unknown } } };
    };
  };
}

/** An openapi-fetch client with the signing middleware, as a program creates it without the generated client. */
function client(credentials: Credentials | CredentialsProvider, before: Middleware[] = []) {
  const sent: Request[] = [];
  const api = createOpenApiClient<Paths>({
    baseUrl: "https://api.example.com",
    querySerializer: serializeParameters,
    fetch: async (request) => {
      sent.push(request);
      return Response.json({ RetCode: 0 });
    },
  });
  api.use(...before, signingMiddleware(credentials));
  return { api, sent };
}

async function onlyRequest(sent: readonly Request[]): Promise<Request> {
  expect(sent).toHaveLength(1);
  return sent[0] as Request;
}

describe("signingMiddleware, for a GET request", () => {
  test("signs the decoded query and leaves the rest unchanged", async () => {
    const { api, sent } = client(keys);
    const query = { Action: "Do", Name: "a b+c/中&=", Empty: "", Disks: [{ Size: 20 }] };
    await api.GET("/", { params: { query }, headers: { "X-Mine": "1" } });
    const request = await onlyRequest(sent);
    const parameters = queryOf(request);
    expect(Object.fromEntries(parameters)).toEqual({
      Action: "Do",
      Name: "a b+c/中&=",
      Empty: "",
      "Disks.0.Size": "20",
      PublicKey: keys.publicKey,
      Signature: expectedSignature(parameters, keys.privateKey),
    });
    expect(request.headers.get("X-Mine")).toBe("1");
    expect(request.url).not.toContain(keys.privateKey);
  });

  test("replaces an earlier signature", async () => {
    const { api, sent } = client({ ...keys, securityToken: "token" });
    await api.GET("/", {
      params: { query: { Action: "Do", PublicKey: "old", Signature: "old", SecurityToken: "old" } },
    });
    const parameters = queryOf(await onlyRequest(sent));
    expect(parameters.get("PublicKey")).toBe(keys.publicKey);
    expect(parameters.get("SecurityToken")).toBe("token");
    expect(parameters.get("Signature")).toBe(expectedSignature(parameters, keys.privateKey));
  });

  test("rejects a duplicated name, since a signature covers one value", async () => {
    const sent: Request[] = [];
    const api = createOpenApiClient<Paths>({
      baseUrl: "https://api.example.com",
      fetch: async (request) => {
        sent.push(request);
        return Response.json({});
      },
    });
    api.use(signingMiddleware(keys));
    await expect(api.GET("/", { params: { query: { Ids: ["a", "b"] } } })).rejects.toThrow(
      /Ids is duplicated.*serializeParameters/,
    );
    expect(sent).toHaveLength(0);
  });
});

describe("signingMiddleware, for a POST request", () => {
  test("signs a form", async () => {
    const { api, sent } = client(keys);
    await api.POST("/", {
      body: { Action: "Do", Name: "a b" },
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    const request = await onlyRequest(sent);
    const parameters = new Map(new URLSearchParams(await request.text()));
    expect(new URL(request.url).search).toBe("");
    expect(parameters.get("Name")).toBe("a b");
    expect(parameters.get("Signature")).toBe(expectedSignature(parameters, keys.privateKey));
  });

  test.each<[what: string, path: string, headers: Record<string, string>]>([
    ["another body", "https://api.example.com", { "Content-Type": "text/plain" }],
    ["JSON, whose numbers have no unique string to sign", "https://api.example.com", {}],
  ])("rejects %s", async (_, baseUrl, headers) => {
    const { api, sent } = client(keys);
    await expect(api.POST("/", { baseUrl, body: { A: 1 }, headers })).rejects.toThrow(
      /Only a GET with a query, or a POST with a body/,
    );
    expect(sent).toHaveLength(0);
  });

  test("rejects a form with a query, which would not be signed", async () => {
    const { api, sent } = client(keys);
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const call = api.POST("/", { params: { query: { Action: "Do" } } as never, body: { A: 1 }, headers });
    await expect(call).rejects.toThrow(/no query/);
    expect(sent).toHaveLength(0);
  });
});

describe("signingMiddleware, and other middleware", () => {
  const rename: Middleware = {
    onRequest({ request }) {
      const url = new URL(request.url);
      url.searchParams.set("Name", "changed");
      return new Request(url, request);
    },
  };

  test("signs the changes of middleware that is registered before", async () => {
    const { api, sent } = client(keys, [rename]);
    await api.GET("/", { params: { query: { Action: "Do", Name: "first" } } });
    const parameters = queryOf(await onlyRequest(sent));
    expect(parameters.get("Name")).toBe("changed");
    expect(parameters.get("Signature")).toBe(expectedSignature(parameters, keys.privateKey));
  });

  test("cannot sign the changes of middleware of a single request, as its documentation warns", async () => {
    const { api, sent } = client(keys);
    await api.GET("/", { params: { query: { Action: "Do", Name: "first" } }, middleware: [rename] });
    const parameters = queryOf(await onlyRequest(sent));
    expect(parameters.get("Signature")).not.toBe(expectedSignature(parameters, keys.privateKey));
  });
});

describe("signingMiddleware, and credentials", () => {
  test("calls a provider again when its credentials expire", async () => {
    let calls = 0;
    const { api, sent } = client(async () => ({
      ...keys,
      publicKey: `key-${++calls}`,
      expiresAt: calls === 1 ? new Date() : Date.now() + 3_600_000,
    }));
    for (let i = 0; i < 3; i++) await api.GET("/", { params: { query: { Action: "Do" } } });
    expect(sent.map((request) => queryOf(request).get("PublicKey"))).toEqual(["key-1", "key-2", "key-2"]);
  });

  test("rejects an invalid key pair at once", () => {
    expect(() => signingMiddleware({ publicKey: "", privateKey: "key\n" })).toThrow(
      /Invalid credentials: publicKey must be a non-empty string.*; privateKey must be a non-empty string/,
    );
  });

  test("rejects an invalid key pair of a provider before anything is sent", async () => {
    const { api, sent } = client(() => ({ publicKey: "p", privateKey: "" }));
    await expect(api.GET("/", { params: { query: { Action: "Do" } } })).rejects.toThrow(/privateKey/);
    expect(sent).toHaveLength(0);
  });
});

interface ActionPaths {
  "/DescribeDisks": {
    get: {
      parameters: { query: { Region: string; Ids?: string[]; Limit?: number } };
      responses: { 200: { content: { "application/json": { RetCode: number; DataSet?: string[] } } } };
    };
  };
}

describe("createOpenApiFetchClient", () => {
  const settings = { baseUrl: "https://api.example.com/", environmentPrefix: "TEST" };
  const query = { Region: "cn bj&2", Ids: ["a", "b"], Limit: 10 };
  const expected = new Map([
    ["Action", "DescribeDisks"],
    ...flattenParameters(query),
    ["PublicKey", keys.publicKey],
  ]);

  function actionClient(options: Parameters<typeof createOpenApiFetchClient>[0] = {}) {
    const sent: Request[] = [];
    const fetch = async (request: Request) => {
      sent.push(request);
      const response = Response.json({ RetCode: 0, DataSet: ["d"] });
      return Object.defineProperty(response, "url", { value: request.url });
    };
    const api = createOpenApiFetchClient<ActionPaths>({ credentials: keys, fetch, ...options }, settings);
    return { api, sent };
  }

  test("sends the action of the path as a signed query to the base URL", async () => {
    const { api, sent } = actionClient();
    const { data, response } = await api.GET("/DescribeDisks", { params: { query } });
    expect(data).toEqual({ RetCode: 0, DataSet: ["d"] });
    expect(response.url).toBe("");
    const request = await onlyRequest(sent);
    expect(request.url).toMatch(
      /^https:\/\/api\.example\.com\/\?Action=DescribeDisks&.*&Signature=[0-9a-f]{40}$/,
    );
    const signature = sign(expected, keys.privateKey);
    expect([...queryOf(request)]).toEqual([...expected, ["Signature", signature]]);
    expect(signature).toBe(expectedSignature(expected, keys.privateKey));
  });

  test("sends a form with the option method", async () => {
    const { api, sent } = actionClient({ method: "POST", baseUrl: "http://127.0.0.1:8080/api" });
    await api.GET("/DescribeDisks", { params: { query }, headers: { "X-Mine": "1" } });
    const request = await onlyRequest(sent);
    expect([request.method, request.url]).toEqual(["POST", "http://127.0.0.1:8080/api"]);
    expect(request.headers.get("Content-Type")).toBe("application/x-www-form-urlencoded");
    expect(request.headers.get("X-Mine")).toBe("1");
    const form = new Map(new URLSearchParams(await request.text()));
    expect([...form]).toEqual([...expected, ["Signature", sign(expected, keys.privateKey)]]);
  });

  test("signs after all middleware, which sees no signature", async () => {
    const { api, sent } = actionClient();
    const seen: string[] = [];
    const add = (name: string): Middleware => ({
      onRequest({ request }) {
        seen.push(`${name}: ${new URL(request.url).searchParams.get("Limit")}`);
        const url = new URL(request.url);
        url.searchParams.set("Limit", name);
        return new Request(url, request);
      },
      onResponse({ request, response }) {
        seen.push(`${name}: ${request.url} ${response.url}`);
      },
    });
    api.use(add("1"), add("2"));
    await api.GET("/DescribeDisks", { params: { query: { Region: "r" } }, middleware: [add("3")] });
    const parameters = queryOf(await onlyRequest(sent));
    expect(parameters.get("Limit")).toBe("3");
    expect(parameters.get("Signature")).toBe(expectedSignature(parameters, keys.privateKey));
    expect(seen.slice(0, 3)).toEqual(["1: null", "2: 1", "3: 2"]);
    expect(seen.slice(3)).toHaveLength(3);
    expect(seen.join()).not.toMatch(/Signature|PublicKey/);
  });

  test("passes on the signal, and an error without the signed URL", async () => {
    const controller = new AbortController();
    const { api } = actionClient({
      fetch: async ({ url, signal }) => {
        controller.abort();
        throw Object.assign(new TypeError(`cannot fetch ${url}, aborted: ${signal.aborted}`), { url });
      },
    });
    const call = api.GET("/DescribeDisks", { params: { query }, signal: controller.signal });
    const error = await call.catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ name: "TypeError", message: expect.stringMatching(/aborted: true$/) });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/Signature|PublicKey/);
  });

  test("takes key pair and base URL from the environment", async () => {
    const variables = {
      TEST_PUBLIC_KEY: "p",
      TEST_PRIVATE_KEY: "k",
      TEST_SECURITY_TOKEN: "t",
      TEST_BASE_URL: "http://localhost:1",
    };
    Object.assign(process.env, variables);
    try {
      const { api, sent } = actionClient({ credentials: undefined });
      await api.GET("/DescribeDisks", { params: { query } });
      const request = await onlyRequest(sent);
      expect(request.url).toMatch(/^http:\/\/localhost:1\/\?/);
      expect([queryOf(request).get("PublicKey"), queryOf(request).get("SecurityToken")]).toEqual(["p", "t"]);
    } finally {
      for (const name of Object.keys(variables)) delete process.env[name];
    }
  });

  test("rejects invalid options and other methods", async () => {
    expect(() => actionClient({ baseUrl: "nowhere" })).toThrow(/TEST_BASE_URL or baseUrl must be/);
    expect(() => actionClient({ credentials: undefined })).toThrow(
      /set TEST_PUBLIC_KEY and TEST_PRIVATE_KEY/,
    );
    const { api, sent } = actionClient();
    const call = (api as unknown as { POST(path: string): Promise<unknown> }).POST("/DescribeDisks");
    await expect(call).rejects.toThrow(/Call actions with GET/);
    expect(sent).toHaveLength(0);
  });
});

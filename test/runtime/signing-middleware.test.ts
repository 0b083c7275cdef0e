import createOpenApiClient, { type Middleware } from "openapi-fetch";
import { describe, expect, test } from "vitest";
import type { Credentials, CredentialsProvider } from "../../templates/runtime/credentials.js";
import { serializeParameters } from "../../templates/runtime/parameters.js";
import { signingMiddleware } from "../../templates/runtime/signing-middleware.js";
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

/** An openapi-fetch client as somebody would make it who does not use the generated one. */
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

describe("a GET request", () => {
  test("is signed over the decoded query and otherwise left as it was", async () => {
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

  test("that was signed before is signed anew", async () => {
    const { api, sent } = client({ ...keys, securityToken: "token" });
    await api.GET("/", {
      params: { query: { Action: "Do", PublicKey: "old", Signature: "old", SecurityToken: "old" } },
    });
    const parameters = queryOf(await onlyRequest(sent));
    expect(parameters.get("PublicKey")).toBe(keys.publicKey);
    expect(parameters.get("SecurityToken")).toBe("token");
    expect(parameters.get("Signature")).toBe(expectedSignature(parameters, keys.privateKey));
  });

  test("that sends a name twice is refused, since a signature covers one", async () => {
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
      /Ids is sent more than once.*serializeParameters/,
    );
    expect(sent).toHaveLength(0);
  });
});

describe("a POST request", () => {
  test("with a form is signed in the form", async () => {
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
    ["JSON, whose numbers the signature could not cover as they are sent", "https://api.example.com", {}],
  ])("with %s is refused", async (_, baseUrl, headers) => {
    const { api, sent } = client(keys);
    await expect(api.POST("/", { baseUrl, body: { A: 1 }, headers })).rejects.toThrow(
      /Only a GET with a query, or a POST with a body/,
    );
    expect(sent).toHaveLength(0);
  });

  test("with a query beside the form is refused, since it would not be signed", async () => {
    const { api, sent } = client(keys);
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const call = api.POST("/", { params: { query: { Action: "Do" } } as never, body: { A: 1 }, headers });
    await expect(call).rejects.toThrow(/no query/);
    expect(sent).toHaveLength(0);
  });
});

describe("order", () => {
  const rename: Middleware = {
    onRequest({ request }) {
      const url = new URL(request.url);
      url.searchParams.set("Name", "changed");
      return new Request(url, request);
    },
  };

  test("what middleware before it changes is signed", async () => {
    const { api, sent } = client(keys, [rename]);
    await api.GET("/", { params: { query: { Action: "Do", Name: "first" } } });
    const parameters = queryOf(await onlyRequest(sent));
    expect(parameters.get("Name")).toBe("changed");
    expect(parameters.get("Signature")).toBe(expectedSignature(parameters, keys.privateKey));
  });

  test("middleware of a single request runs after it and breaks the signature, as its documentation warns", async () => {
    const { api, sent } = client(keys);
    await api.GET("/", { params: { query: { Action: "Do", Name: "first" } }, middleware: [rename] });
    const parameters = queryOf(await onlyRequest(sent));
    expect(parameters.get("Signature")).not.toBe(expectedSignature(parameters, keys.privateKey));
  });
});

describe("credentials", () => {
  test("a provider is asked again when what it gave ends", async () => {
    let asked = 0;
    const { api, sent } = client(async () => ({
      ...keys,
      publicKey: `key-${++asked}`,
      expiresAt: asked === 1 ? new Date() : Date.now() + 3_600_000,
    }));
    for (let call = 0; call < 3; call++) await api.GET("/", { params: { query: { Action: "Do" } } });
    expect(sent.map((request) => queryOf(request).get("PublicKey"))).toEqual(["key-1", "key-2", "key-2"]);
  });

  test("unusable ones are refused when the middleware is made", () => {
    expect(() => signingMiddleware({ publicKey: "", privateKey: "key\n" })).toThrow(
      /publicKey has to be text without spaces around it; privateKey has to be text without spaces around it/,
    );
  });

  test("unusable ones from a provider are refused before anything is sent", async () => {
    const { api, sent } = client(() => ({ publicKey: "p", privateKey: "" }));
    await expect(api.GET("/", { params: { query: { Action: "Do" } } })).rejects.toThrow(/privateKey/);
    expect(sent).toHaveLength(0);
  });
});

import { inspect } from "node:util";
import { type ConnectionOptions, createClient, createLogger, type Middleware } from "@dezai/umem";
import { openTelemetry } from "@dezai/umem/telemetry";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { describe, expect, test } from "vitest";
import { byRequest } from "../support/by-request.js";
import { encodings, shows } from "../support/secret-forms.js";

const credentials = {
  publicKey: "public-key-of-a-test",
  privateKey: "k7Jq+V/3xTzB9mN4pR8sW2yD5fG6hL0c==",
  securityToken: 'to "ken" & <of>/a te+st=0123456789',
};
const password = "correct horse/battery+staple";

const spans = new InMemorySpanExporter();
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });

/** Everything that a program can show of a value. */
const everything = (value: unknown): string =>
  [
    inspect(value, { depth: 10, showHidden: true }),
    String(value),
    (value as Error | undefined)?.stack,
    JSON.stringify(value),
  ].join("\n");

/**
 * Makes a call with everything on that shows something.
 *
 * @param seen whether what middleware and the caller see counts: neither of them is protected from the caller's own secrets.
 * @returns all that was shown.
 */
async function shownBy(fetch: ConnectionOptions["fetch"], seen = true): Promise<string> {
  const shown: unknown[] = [];
  const log = (message: string, details: unknown) => shown.push(message, details);
  const look: Middleware = async (request, next) => {
    const response = await next(request).catch((error: unknown) => {
      shown.push(error);
      throw error;
    });
    if (seen) shown.push([...response.headers], await response.clone().text());
    return response;
  };
  for (const middleware of [[], [look]]) {
    const client = createClient({
      credentials,
      maxRetries: 0,
      middleware,
      logger: createLogger({ debug: log, warn: log, error: log }, "debug"),
      observe: openTelemetry({ tracerProvider }),
      ...(fetch && { fetch }),
    });
    const call = client.call("DescribeThing", {}, { extraParams: { Password: password } });
    const outcome = await call.withResponse().catch((error: Error) => error);
    shown.push(client, call);
    if (outcome instanceof Error) shown.push(outcome, ...causes(outcome));
    else if (seen) shown.push([...outcome.response.headers]);
  }
  for (const { attributes, events, status } of spans.getFinishedSpans())
    shown.push(attributes, events, status);
  spans.reset();
  return shown.map(everything).join("\n");
}

function causes(error: Error): unknown[] {
  return error.cause instanceof Error ? [error.cause, ...causes(error.cause)] : [];
}

const failing = (create: (quote: string) => unknown) => async (quote: string) =>
  Promise.reject(create(quote));
const ok = (quote: string) => JSON.stringify({ RetCode: 0, Quote: quote });
/** A header accepts these characters only. */
const inHeader = (quote: string) => quote.replace(/[^ -~]/g, "");

/** Where a response, or what `fetch` throws, can quote a string. */
const positions: Readonly<Record<string, (quote: string) => Promise<Response>>> = {
  "the message of an error": failing((quote) => new Error(`failed: key=${quote} (x)`)),
  "the name of an error": failing((quote) => Object.assign(new Error("no"), { name: quote })),
  "the code of an error": failing((quote) => Object.assign(new Error("no"), { code: quote })),
  "the name of a class": failing(
    (quote) => new (({ [quote]: class extends Error {} })[quote] as typeof Error)("no"),
  ),
  "a property of an error": failing((quote) => Object.assign(new Error("no"), { [quote]: quote })),
  "a string that is thrown": failing((quote) => quote),
  "a cause": failing((quote) => new Error("no", { cause: Object.assign(new Error(quote), { code: quote }) })),
  "a cause of a cause": failing((quote) => new Error("no", { cause: new Error("no", { cause: quote }) })),
  "an error of an AggregateError": failing(
    (quote) => new AggregateError([new Error(quote)], `all: ${quote}`),
  ),
  "a page": async (quote) => new Response(`<p title="${quote}">${quote}</p>`, { status: 502 }),
  "a content type": async (quote) => new Response("no", { headers: { "Content-Type": inHeader(quote) } }),
  "a redirect": async (quote) =>
    new Response(null, { status: 302, headers: { Location: `https://example.com/${inHeader(quote)}` } }),
  "a request id": async (quote) =>
    new Response('{"RetCode":230}', { headers: { "X-UCLOUD-REQUEST-UUID": inHeader(quote) } }),
  "a header of a success": async (quote) => new Response(ok(""), { headers: { "X-Echo": inHeader(quote) } }),
  "a message of the gateway": async (quote) => Response.json({ RetCode: 171, Message: `bad: ${quote}` }),
  "a message that is an object": async (quote) =>
    Response.json({ RetCode: 171, Message: { [quote]: [quote] } }),
};

describe.each(Object.entries(positions))("a secret that %s quotes is not shown", (_, respond) => {
  const cases = Object.entries(encodings);

  test.each(cases)("%s", async (_, encode) => {
    for (const secret of [credentials.privateKey, credentials.securityToken, password]) {
      const shown = await shownBy(() => respond(encode(secret)), secret !== password);
      expect(shows(shown, secret)).toBe(false);
    }
    let signature = "";
    const fetch = byRequest(async ({ url }) => {
      signature = new URL(url).searchParams.get("Signature") ?? "";
      return respond(encode(signature));
    });
    expect(shows(await shownBy(fetch), signature)).toBe(false);
  });
});

import { inspect } from "node:util";
import { createClient, createLogger, throwFailedItems } from "@dezai/umem";
import { expect, test } from "vitest";
import { shows } from "../support/secret-forms.js";

const credentials = { publicKey: "public-key-of-a-test", privateKey: "k7Jq+V/3xTzB9mN4pR8sW2yD5fG6hL0c==" };
const { privateKey } = credentials;
const respond = async () => new Response('{"RetCode":0}');
const everything = (value: unknown) =>
  [inspect(value, { depth: 10, showHidden: true }), JSON.stringify(value)].join("\n");
const failing = (error: unknown) => async () => Promise.reject(error);

test("what a provider or a signer says is shown without what is as long as a key", async () => {
  const failure = Object.assign(new TypeError(`vault is sealed for ${privateKey}`), { code: "ESEALED" });
  for (const given of [failing(failure), { publicKey: "public", signer: failing(failure) }]) {
    const { error } = await createClient({ credentials: given }).call("DescribeThing").result();
    expect(error?.cause).toMatchObject({ name: "TypeError", code: "ESEALED" });
    expect(error?.cause).toHaveProperty("message", "vault is sealed for <redacted>");
    expect(shows(everything(error), privateKey)).toBe(false);
  }
});

test.each<[what: string, params: Record<string, unknown>]>([
  ["a name", { [privateKey]: "1" }],
  ["a name of a value that cannot be sent", { [privateKey]: () => 1 }],
  ["a flat name", { [`Labels.0.${privateKey}`]: Number.NaN }],
  ["a key of a map", { Labels: { [privateKey]: Number.NaN, other: 1 } }],
])("a parameter with the private key as %s is not shown", async (_, params) => {
  const shown: unknown[] = [];
  const logger = createLogger(
    { debug: (...line) => shown.push(line), error: (...line) => shown.push(line) },
    "debug",
  );
  const client = createClient({ credentials, fetch: respond, logger });
  const { error } = await client.call("DescribeThing", params).result();
  expect(error?.name).toBe("InvalidParameterError");
  expect(shows(everything([error, error?.message, ...shown]), privateKey)).toBe(false);
});

test("an option with the private key as its name is not shown", () => {
  expect(() => createClient({ credentials, [privateKey]: 1 })).toThrow("<redacted> is unknown");
});

test("an error that middleware throws is logged without secrets", async () => {
  const shown: unknown[] = [];
  const logger = createLogger({ error: (...line) => shown.push(line) });
  const error = Object.assign(new Error(`no ${privateKey}`), { name: privateKey });
  const client = createClient({ credentials, fetch: respond, logger, middleware: [failing(error)] });
  const call = client.call("DescribeThing");
  await expect(call).rejects.toBe(error);
  expect(shown).toHaveLength(1);
  expect(shows(everything([shown, call]), privateKey)).toBe(false);
});

test("a signature in the message of a failed item is not shown", () => {
  const signature = "0123456789abcdef0123456789abcdef01234567";
  const body = { DataSet: [{ RetCode: 1, Message: `bad ${signature}` }] };
  const thrown = (() => {
    try {
      return throwFailedItems(body, {});
    } catch (error) {
      return error;
    }
  })();
  expect(everything(thrown)).not.toContain(signature);
});

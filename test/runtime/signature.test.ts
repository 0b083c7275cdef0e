import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import vectors from "../../templates/docs/signature-vectors.json" with { type: "json" };
import { flattenParameters } from "../../templates/runtime/parameters.js";
import {
  privateKeyPlaceholder,
  sign,
  signParameters,
  stringToSign,
  withCredentials,
} from "../../templates/runtime/signature.js";

test("a parameter named PrivateKey is signed as any other", async () => {
  const flat = flattenParameters({ Action: "AddCertificate", PrivateKey: "pem" });
  const signed = signParameters(flat, { publicKey: "p", privateKey: "k" });
  expect(Object.fromEntries(signed)).toEqual({
    Action: "AddCertificate",
    PrivateKey: "pem",
    PublicKey: "p",
    Signature: createHash("sha1").update("ActionAddCertificatePrivateKeypemPublicKeypk").digest("hex"),
  });
});

describe("published signatures", () => {
  test.each(vectors)("$name", async (vector) => {
    const { parameters, publicKey, privateKey, securityToken } = vector;
    const flat = flattenParameters(parameters);
    const covered =
      publicKey === null
        ? flat
        : withCredentials(flat, {
            publicKey,
            privateKey,
            ...(securityToken === undefined ? {} : { securityToken }),
          });
    expect(stringToSign(covered, privateKey)).toBe(vector.stringToSign);
    expect(sign(covered, privateKey)).toBe(vector.signature);
  });
});

describe("the string to sign", () => {
  test.each<[what: string, given: Record<string, string>, want: string]>([
    ["is the key if there are no parameters", {}, "key"],
    ["sorts by name, not by name and value", { A: "zz", AB: "a" }, "AzzABakey"],
    ["sorts in byte order, capitals first", { b: "1", B: "2", a: "3" }, "B2a3b1key"],
    [
      "sorts characters beyond the basic plane last",
      { "\u{1F600}": "1", "\uFF5E": "2" },
      "\uFF5E2\u{1F600}1key",
    ],
    [
      "sorts Backends.10 before Backends.2",
      { "Backends.2": "b", "Backends.10": "a" },
      "Backends.10aBackends.2bkey",
    ],
    ["sorts a name before those that begin with it", { "A\u0000": "1", A: "2", AB: "3" }, "A2A\u00001AB3key"],
    ["leaves Signature out", { Signature: "old", A: "1" }, "A1key"],
    ["does not encode values", { A: "x y/中&=" }, "Ax y/中&=key"],
    ["keeps an empty value as its name", { A: "", B: "1" }, "AB1key"],
  ])("%s", (_, given, want) => {
    expect(stringToSign(new Map(Object.entries(given)), "key")).toBe(want);
  });
});

test("the string to sign can be shown without the private key", () => {
  expect(stringToSign(new Map([["A", "1"]]), privateKeyPlaceholder)).toBe("A1<private key>");
});

test("signing adds the credentials and replaces those of an earlier signature", async () => {
  const old = new Map([
    ["A", "1"],
    ["PublicKey", "old"],
    ["SecurityToken", "old"],
    ["Signature", "old"],
  ]);
  const signed = signParameters(old, { publicKey: "public", privateKey: "private" });
  expect(Object.fromEntries(signed)).toEqual({
    A: "1",
    PublicKey: "public",
    Signature: createHash("sha1").update("A1PublicKeypublicprivate").digest("hex"),
  });
  expect([...old.values()]).toEqual(["1", "old", "old", "old"]);
});

test("a token is signed and sent", async () => {
  const signed = signParameters(new Map(), { publicKey: "p", privateKey: "k", securityToken: "t" });
  expect(Object.fromEntries(signed)).toEqual({
    PublicKey: "p",
    SecurityToken: "t",
    Signature: createHash("sha1").update("PublicKeypSecurityTokentk").digest("hex"),
  });
});

test("names and values in any script are signed by their UTF-8 bytes, as Node's hash does", async () => {
  const text = fc.string({ unit: "binary" });
  await fc.assert(
    fc.asyncProperty(fc.dictionary(text, text), text, async (parameters, key) => {
      const byBytes = Object.entries(parameters)
        .filter(([name]) => name !== "Signature")
        .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      const expected = createHash("sha1")
        .update(byBytes.flat().join("") + key)
        .digest("hex");
      expect(sign(new Map(Object.entries(parameters)), key)).toBe(expected);
    }),
  );
});

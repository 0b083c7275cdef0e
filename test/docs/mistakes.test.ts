import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { findMistakes, type Mistake } from "../../templates/docs/script/calculator/mistakes.js";
import { keys } from "../support/signed.js";

const sent = new Map([
  ["Action", "CreateBackends"],
  ["name", "two words/+"],
  ["Zone", "cn-bj2-04"],
  ...Array.from({ length: 11 }, (_, index) => [`Backends.${index}`, `b${index}`] as const),
  ["PublicKey", keys.publicKey],
]);
const inByteOrder = [...sent.keys()].sort();

/** The string of the correct order, names and values. */
function joined(names: readonly string[], write = (name: string, value: string) => name + value): string {
  return names.map((name) => write(name, sent.get(name) ?? "")).join("");
}

async function mistakesOf(string: string, rest: object = {}): Promise<Mistake[] | undefined> {
  const signature = createHash("sha1").update(string).digest("hex");
  return await findMistakes({ parameters: sent, ...keys, signature, ...rest });
}

test("a correct signature has no mistake", async () => {
  expect(await mistakesOf(joined(inByteOrder) + keys.privateKey)).toEqual([]);
});

describe("the mistake behind a signature is found", () => {
  test.each<[what: string, string: string, section: Mistake["section"], about: RegExp]>([
    [
      "values encoded as in a URL",
      joined(inByteOrder, (name, value) => name + encodeURIComponent(value)) + keys.privateKey,
      "encoding",
      /URL-encoded/,
    ],
    [
      "values encoded as in a form",
      joined(inByteOrder, (name, value) => name + encodeURIComponent(value).replaceAll("%20", "+")) +
        keys.privateKey,
      "encoding",
      /URL-encoded/,
    ],
    [
      "the query instead of names and values",
      inByteOrder.map((name) => `${name}=${sent.get(name)}`).join("&") + keys.privateKey,
      "encoding",
      /query/,
    ],
    ["no order", joined([...sent.keys()]) + keys.privateKey, "order", /not sorted/],
    [
      "indices as numbers, in the order of a dictionary",
      joined([
        "Action",
        ...Array.from({ length: 11 }, (_, index) => `Backends.${index}`),
        "name",
        "PublicKey",
        "Zone",
      ]) + keys.privateKey,
      "order",
      /as numbers/,
    ],
    [
      "the order of a dictionary",
      joined([...sent.keys()].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))) + keys.privateKey,
      "order",
      /dictionary/,
    ],
    [
      "a missing public key",
      joined(inByteOrder.filter((name) => name !== "PublicKey")) + keys.privateKey,
      "count",
      /not signed/,
    ],
    [
      "indices from 1",
      [...sent]
        .map(([name, value]) => [name.replace(/\d+$/, (index) => String(Number(index) + 1)), value] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flat()
        .join("") + keys.privateKey,
      "indices",
      /started at 1/,
    ],
    ["the public key for the private one", joined(inByteOrder) + keys.publicKey, "key", /public key/],
    ["no private key", joined(inByteOrder), "key", /left out/],
    ["the private key first", keys.privateKey + joined(inByteOrder), "key", /put first/],
    ["a line break after the key", `${joined(inByteOrder)}${keys.privateKey}\n`, "key", /line break/],
  ])("%s", async (_, string, section, about) => {
    const [mistake, ...others] = (await mistakesOf(string)) ?? [];
    expect(others).toEqual([]);
    expect(mistake?.section).toBe(section);
    expect(mistake?.message).toMatch(about);
  });

  test("and the parameter that was not signed is named", async () => {
    const names = inByteOrder.filter((name) => name !== "Zone");
    const found = await mistakesOf(joined(names) + keys.privateKey);
    expect(found?.map(({ subject }) => subject)).toEqual(["Zone"]);
  });

  test("two at a time", async () => {
    const names = inByteOrder.filter((name) => name !== "PublicKey");
    const encoded = joined(names, (name, value) => name + encodeURIComponent(value));
    const found = await mistakesOf(encoded + keys.privateKey);
    expect(found?.map(({ section }) => section).sort()).toEqual(["count", "encoding"]);
  });

  test("in the request: digits in capitals, and the key of another pair", async () => {
    const string = joined(inByteOrder) + keys.privateKey;
    const signature = createHash("sha1").update(string).digest("hex").toUpperCase();
    expect((await mistakesOf(string, { signature }))?.map(({ message }) => message)).toEqual([
      "The signature must be in lower case.",
    ]);
    const parameters = new Map([...sent, ["PublicKey", "of-another-pair"]]);
    expect((await mistakesOf(string, { parameters }))?.map(({ section }) => section)).toEqual(["key"]);
  });
});

test("another private key explains nothing", async () => {
  expect(await mistakesOf(`${joined(inByteOrder)}another`)).toBeUndefined();
});

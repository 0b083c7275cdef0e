import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flattenParameters, queryOf } from "../../templates/runtime/parameters.js";
import { signParameters } from "../../templates/runtime/signature.js";
import { python } from "../support/python.js";

const count = 1_000;

/** Output of the Python program for one case. */
interface Output {
  readonly signed: readonly (readonly [name: string, value: string])[];
  readonly sameAfterDecoding: boolean;
  readonly sameEncoding: boolean;
}

interface Case {
  readonly parameters: Record<string, unknown>;
  readonly publicKey: string;
  readonly privateKey: string;
  readonly securityToken: string | undefined;
}

/** Strings with characters of every plane, control characters and delimiters of a query. */
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.constantFrom(
    "",
    " ",
    "a b",
    "+",
    "%",
    "%20",
    "a=b&c=d",
    "é",
    "日本",
    "🙂",
    "~!*'()",
    "\u0000",
    "\r\n",
    "/?#",
    "-0",
  ),
);
const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(
    0,
    -0,
    42.0,
    1e-7,
    1.5e-10,
    5e-324,
    1e21,
    1.7976931348623157e308,
    0.1 + 0.2,
    1 / 3,
    -1e-7,
    2 ** 53 - 1,
  ),
);
const scalar = fc.oneof(anyText, number, fc.boolean(), fc.bigInt(), fc.constantFrom(null, undefined));
/** Names such as products use, names in other scripts, and prefixes of one another. */
const name = fc.oneof(
  fc.constantFrom(
    "A",
    "AA",
    "a",
    "Disks",
    "Disk",
    "Size",
    "_",
    "é",
    "日本",
    "\uffee",
    "🙂",
    "a b",
    "x=y",
    "constructor",
  ),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }).map((text) => text.replaceAll(".", "_")),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof({ depthSize: "small", withCrossShrink: true }, scalar, tie("list"), tie("object")),
  list: fc.array(tie("any"), { maxLength: 12 }),
  object: fc.dictionary(name, tie("any"), { maxKeys: 4, noNullPrototype: true }),
})).any;
const key = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
const cases: fc.Arbitrary<Case> = fc.record({
  parameters: fc.dictionary(name, value, { maxKeys: 6, noNullPrototype: true }),
  publicKey: key,
  privateKey: key,
  securityToken: fc.option(key, { nil: undefined }),
});

const signAll = (lines: readonly string[]) => python<Output>("sign.py", lines);

/** JSON in which a bigint is `{"$integer": …}` and `undefined` is null, neither of which is sent. */
const jsonOf = (given: unknown) =>
  JSON.stringify(given, (_, one) =>
    typeof one === "bigint"
      ? { $integer: String(one) }
      : one === undefined
        ? null
        : Object.is(one, -0)
          ? 0
          : one,
  );

function flattened(parameters: object): Map<string, string> | undefined {
  try {
    return flattenParameters(parameters);
  } catch {
    return undefined;
  }
}

describe("compared with a Python program that shares no code with the runtime", () => {
  test(`${count} random sets of parameters are flattened, signed and encoded in the same way`, async () => {
    const sent: Map<string, string>[] = [];
    const lines: string[] = [];
    for (const given of fc.sample(cases, { seed: 20_240_607, numRuns: count * 2 })) {
      // Integers that lost digits and duplicated names are rejected; other tests cover that.
      const flat = flattened(given.parameters);
      if (flat === undefined || sent.length === count) continue;
      const signed = signParameters(flat, given);
      const query = Buffer.from(queryOf(signed)).toString("base64");
      sent.push(signed);
      lines.push(jsonOf({ ...given, query }));
    }
    expect(sent).toHaveLength(count);
    const outputs = await signAll(lines);
    expect(outputs).toHaveLength(count);
    for (const [index, signed] of sent.entries()) {
      const output = outputs[index] as Output;
      const shown = lines[index];
      expect(new Map(output.signed), shown).toEqual(signed);
      expect(output.signed, shown).toHaveLength(signed.size);
      expect(output.sameAfterDecoding, shown).toBe(true);
      expect(output.sameEncoding, shown).toBe(true);
    }
  }, 60_000);

  test("20,000 strings of different lengths have the same signature", async () => {
    const texts = fc.sample(fc.string({ unit: "binary", maxLength: 150 }), { seed: 3, numRuns: 20_000 });
    const pairs = texts.map((text) => ({
      parameters: { A: text },
      publicKey: "p",
      privateKey: `${text.length}`,
    }));
    const outputs = await signAll(pairs.map((given) => jsonOf({ ...given, query: "" })));
    expect(outputs).toHaveLength(20_000);
    for (const [index, given] of pairs.entries()) {
      const signed = signParameters(new Map(Object.entries(given.parameters)), given);
      expect(outputs[index]?.signed.at(-1), texts[index]).toEqual(["Signature", signed.get("Signature")]);
    }
  }, 60_000);

  test("the worked example of the reference has the published signature", async () => {
    const [output] = await signAll([
      jsonOf({
        parameters: { Action: "DescribeUHostInstance", Region: "cn-bj2", Limit: 10 },
        publicKey: "ucloudsomeone@example.com1296235120854146120",
        privateKey: "46f09bb9fab4f12dfc160dae12273d5332b5debe",
        query: Buffer.from("a=b").toString("base64"),
      }),
    ]);
    expect(output?.signed.at(-1)).toEqual(["Signature", "cba5cf5ec4d4233d206b1b54951e3787350a642f"]);
    // A query of other parameters is reported as different.
    expect([output?.sameAfterDecoding, output?.sameEncoding]).toEqual([false, false]);
  });
});

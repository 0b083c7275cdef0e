import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Action } from "../../scripts/model/api-model.js";
import { load } from "../../scripts/load.js";
import {
  array,
  type Check,
  date,
  dateTime,
  email,
  integer,
  ipv4,
  ipv6,
  object,
  string,
  uri,
  uuid,
  type ValidationOptions,
  type Validator,
  violationsOf,
} from "../../templates/runtime/validation.js";
import { actionDocument } from "../support/action-document.js";
import { folderOf } from "../support/bundled.js";
import { generated } from "../support/generated.js";
import { loadValidator, oracle } from "../support/validator.js";

/** Every shape that an answer may have. */
const document = actionDocument("Everything", {
  response: {
    Text: { type: "string" },
    Count: { type: "integer" },
    Ratio: { type: "number" },
    Flag: { type: "boolean" },
    Link: { type: "string", format: "uri" },
    Maybe: { type: ["string", "null"], format: "uuid" },
    Either: { type: ["string", "integer"] },
    Any: {},
    Map: { type: "object" },
    Loose: { type: "array" },
    State: { type: "string", enum: ["on", "off"] },
    Level: { enum: [1, 2] },
    Mixed: { enum: ["a", 1, null] },
    Fixed: { const: "as it is" },
    Grid: { type: "array", items: { type: "array", items: { type: ["integer", "null"] } } },
    Tree: { $ref: "#/components/schemas/Node" },
    Inline: {
      type: "array",
      items: { type: "object", required: ["Id"], properties: { Id: { type: "string" } } },
    },
    constructor: { type: "string" },
    "odd name": { type: "string" },
  },
  schemas: {
    Node: {
      type: ["object", "null"],
      required: ["Name", "Unlisted"],
      properties: {
        Name: { type: "string" },
        Children: { type: "array", items: { $ref: "#/components/schemas/Node" } },
        Next: { $ref: "#/components/schemas/Node" },
      },
    },
  },
});

async function made(): Promise<{ action: Action; validate: Validator }> {
  const folder = await folderOf("test/golden/shapes/spec", { "store/Everything.openapi.yaml": document });
  const { products } = await load(folder);
  const source = (await generated(folder)).get("packages/store/src/validate/Everything.ts") ?? "";
  return {
    action: products[0]?.actions[0] as Action,
    validate: await loadValidator(source, "validateEverything"),
  };
}

const node = { Name: "n", Unlisted: 1, Children: [{ Name: "c", Unlisted: null }, null], Next: null };
const sound = {
  RetCode: 0,
  Text: "t",
  Count: 1,
  Ratio: 0.5,
  Flag: true,
  Link: "https://a.example/b?c#d",
  Maybe: null,
  Either: 7,
  Any: [{}],
  Map: { a: 1 },
  Loose: [1, "a"],
  State: "on",
  Level: 2,
  Mixed: null,
  Fixed: "as it is",
  Grid: [[1, null], []],
  Tree: node,
  Inline: [{ Id: "i" }],
  constructor: "c",
  "odd name": "o",
};

/** Puts something else somewhere into a copy of a value, or takes it away. */
function mutate(value: unknown, picks: readonly number[], replacement: unknown): unknown {
  if (typeof value !== "object" || value === null) return replacement;
  const [pick = 0, ...rest] = picks;
  const entries = Object.entries(value);
  const index = pick % (entries.length + 1);
  if (picks.length === 0 || entries.length === 0) return replacement;
  const changed = entries.map(
    ([key, item], at) => [key, at === index ? mutate(item, rest, replacement) : item] as const,
  );
  const all = index === entries.length ? [...entries, ["New", replacement] as const] : changed;
  const kept = all.filter(([, item]) => item !== undefined);
  if (Array.isArray(value)) return kept.map(([, item]) => item);
  const copy: Record<string, unknown> = {};
  for (const [key, item] of kept)
    Object.defineProperty(copy, key, { value: item, enumerable: true, configurable: true, writable: true });
  return copy;
}

const replacement = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    true,
    0,
    1,
    1.5,
    1e300,
    "",
    "on",
    "else",
    2,
    [],
    {},
    [null],
    node,
  ),
  fc.jsonValue({ maxDepth: 2 }),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.uuid(),
);
const mutations = fc.array(fc.tuple(fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }), replacement), {
  maxLength: 3,
});

describe("a generated validator", () => {
  test.each<[what: string, options: ValidationOptions]>([
    ["as it is", {}],
    ["without formats", { formats: false }],
    ["with unknown fields", { unknownFields: true }],
    ["with unlisted values", { unlistedValues: true }],
    ["with everything", { unknownFields: true, unlistedValues: true }],
  ])("comes to the verdict of ajv: %s", async (_, options) => {
    const { action, validate } = await made();
    const isValid = oracle(action, options);
    let refused = 0;
    fc.assert(
      fc.property(mutations, (changes) => {
        const body = changes.reduce<unknown>((value, [picks, other]) => mutate(value, picks, other), sound);
        const verdict = validate(body as object, options);
        if (verdict.length > 0) refused += 1;
        expect({ body, sound: verdict.length === 0, verdict }).toMatchObject({ body, sound: isValid(body) });
      }),
      { numRuns: 2_000 },
    );
    expect(refused).toBeGreaterThan(300);
    expect(validate(sound)).toEqual([]);
  });

  test("says where what is wrong, and never the value", async () => {
    const { validate } = await made();
    const secret = "secret-value";
    const body = {
      RetCode: 0,
      Count: 1.5,
      Ratio: null,
      Link: secret,
      Maybe: [secret],
      Either: { secret },
      State: secret,
      Fixed: secret,
      Grid: [[1], [1, secret]],
      Tree: { Name: 1, Children: [{ Name: "n" }] },
      Inline: [{ Id: "i" }, { Id: null, New: secret }],
      "odd name": 0,
      "new\nname": secret,
    };
    expect(validate(body, { unknownFields: true, unlistedValues: true })).toEqual([
      { path: "Count", problem: "has to be of type integer, and is of type number" },
      { path: "Ratio", problem: "has to be of type number, and is of type null" },
      { path: "Link", problem: "has to be a URI" },
      { path: "Maybe", problem: "has to be of type string, and is of type array" },
      { path: "Either", problem: "has to be of type string or integer, and is of type object" },
      { path: "State", problem: 'is none of the values that are listed: "on", "off"' },
      { path: "Fixed", problem: 'has to be "as it is"' },
      { path: "Grid[1][1]", problem: "has to be of type integer, and is of type string" },
      { path: "Tree.Unlisted", problem: "is required" },
      { path: "Tree.Name", problem: "has to be of type string, and is of type integer" },
      { path: "Tree.Children[0].Unlisted", problem: "is required" },
      { path: "Inline[1].Id", problem: "has to be of type string, and is of type null" },
      { path: "Inline[1].New", problem: "is no field of the specification" },
      { path: '["odd name"]', problem: "has to be of type string, and is of type integer" },
      { path: '["new\\nname"]', problem: "is no field of the specification" },
    ]);
  });

  test("lets new fields and new values pass unless it is asked for them", async () => {
    const { validate } = await made();
    expect(validate({ RetCode: 0, New: 1, State: "between" })).toEqual([]);
    expect(validate({ RetCode: 0, Link: "not a link" }, { formats: false })).toEqual([]);
  });
});

describe("an answer that is out of bounds", () => {
  test("is not followed into any depth", () => {
    const model: Check = object([], () => ({ Next: model, List: array(model) }));
    let body: object = {};
    for (let depth = 0; depth < 100_000; depth++) body = { Next: body };
    const found = violationsOf(model, body);
    expect(found).toHaveLength(1);
    expect(found[0]?.problem).toBe("is nested too deeply to be looked at");
  });

  test("is not listed fault by fault", () => {
    const found = violationsOf(array(string), Array(5_000).fill(0));
    expect(found).toHaveLength(101);
    expect(found[1]).toEqual({ path: "[1]", problem: "has to be of type string, and is of type integer" });
    expect(found[100]).toEqual({ path: "the whole", problem: "has 4900 more faults" });
  });

  test("is no object at all", () => {
    const model = object(["A"], () => ({ A: integer }));
    expect(violationsOf(model, [])).toEqual([
      { path: "the whole", problem: "has to be of type object, and is of type array" },
    ]);
  });
});

describe("a format", () => {
  const address = fc.oneof(fc.ipV6(), fc.ipV4());
  test.each<[name: string, check: Check, texts: fc.Arbitrary<string>, known: readonly string[]]>([
    [
      "uri",
      uri,
      fc.oneof(
        fc.webUrl({ withFragments: true, withQueryParameters: true }),
        fc
          .tuple(
            fc.constantFrom("http://[", "x:", "http://u@[", "a://b:"),
            fc.oneof(address, fc.string({ maxLength: 6 })),
            fc.constantFrom("]", "]:80/a", "", "/%2f?#"),
          )
          .map((parts) => parts.join("")),
      ),
      [
        "a:",
        "a:b",
        "http://a.example:80/%20",
        "http://a.example/%2",
        "/a",
        "http://[::1]/",
        "http://[::z]/",
        "http://a b/",
        "urn:a:b",
        "http://a/ä",
        "http://u:p@h/",
        "http://a#b#c",
        "http://[v1.a]/",
      ],
    ],
    ["uuid", uuid, fc.uuid(), ["urn:uuid:00000000-0000-0000-0000-000000000000", "00000000-0000"]],
    ["ipv4", ipv4, fc.ipV4(), ["1.2.3", "1.2.3.4.", "256.1.1.1", "01.1.1.1", "1.2.3.4.5"]],
    [
      "ipv6",
      ipv6,
      fc.ipV6(),
      [
        "::",
        "1::",
        "::1",
        ":::",
        "1:2:3:4:5:6:7",
        "::ffff:1.2.3.4",
        "1::2::3",
        "1.2.3.4",
        "1:2:3:4:5:6:7:8:9",
      ],
    ],
    ["email", email, fc.emailAddress(), ["a@b", "a@b.c", ".a@b.c", "a@b..c", "a@@b.c", "a b@c.d"]],
    [
      "date",
      date,
      fc
        .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
        .map((day) => day.toISOString().slice(0, 10)),
      [
        "2024-02-29",
        "2023-02-29",
        "1900-02-29",
        "2000-02-29",
        "2024-13-01",
        "2024-00-10",
        "2024-04-31",
        "0000-02-29",
      ],
    ],
    [
      "date-time",
      dateTime,
      fc
        .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
        .map((day) => day.toISOString()),
      [
        "2024-02-29T23:59:60Z",
        "2024-02-29T12:59:60Z",
        "2024-02-29T15:59:60-08:00",
        "2024-03-01T07:59:60+08:00",
        "2024-02-29T24:00:00Z",
        "2024-02-29 12:00:00Z",
        "2024-02-29T12:00:00",
        "2024-02-29T12:00:00+25:00",
        "2024-02-29T12:00:00.5+0800",
      ],
    ],
  ])("%s is told as ajv tells it", (format, check, texts, known) => {
    const schema = { Response: { type: "string", format } };
    const action = { document: { components: { schemas: schema } }, responseSchema: "Response" };
    const isValid = oracle(action as unknown as Action);
    const is = (text: string) => violationsOf(check, text as never).length === 0;
    const agree = (text: string) => {
      // ajv takes a host that is none for a path. So they agree on all but the host, and ajv takes what is taken here.
      const hostless = format === "uri" ? text.replace(/^([^:]*:\/\/?)[^/?#]*/, "$1h") : text;
      expect({ text, is: is(hostless) }).toEqual({ text, is: isValid(hostless) });
      if (is(text)) expect([text, isValid(text)]).toEqual([text, true]);
    };
    for (const text of known) agree(text);
    const broken = fc
      .tuple(texts, fc.nat(80), fc.nat(2), fc.string({ maxLength: 2 }))
      .map(([text, at, length, other]) => text.slice(0, at) + other + text.slice(at + length));
    fc.assert(fc.property(fc.oneof(texts, broken), agree), { numRuns: 3_000 });
  });

  test.each([
    ["https://a.example:8443/b", true],
    ["https://user:word@[fe80::1]:8443/b", true],
    ["https://[v1.a:b]/", true],
    ["https://a.example:port/b", false],
    ["https://a@b@c/", false],
    ["https://[fe80::g]/", false],
    ["https://[fe80::1/", false],
    ["https://a.exa mple/", false],
    ["a.example/b", false],
    ["//a.example/b", false],
    ["", false],
  ])("uri, %s: %s", (text, isOne) => {
    expect(violationsOf(uri, text as never).length === 0).toBe(isOne);
  });
});

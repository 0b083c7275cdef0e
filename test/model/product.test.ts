import { expect, test } from "vitest";
import type { RetCode } from "../../scripts/model/api-model.js";
import { builtProduct, retCode } from "../support/built-product.js";

/** An action with a RetCode table, or several. */
const table = (...tables: readonly unknown[]) => ({ operation: { "x-actiongen-retcodes": tables } });

test("actions and RetCodes are sorted, and the RetCodes are those of all actions", () => {
  const { product, action, problems } = builtProduct(
    { StirPot: table([retCode(9), retCode(3)], [retCode(4)]), BakePot: table([retCode(7)]), bakePan: {} },
    [retCode(5), retCode(4, "Code4", { meaning: "The gateway slept." })],
  );
  expect(problems).toEqual([]);
  expect(product.actions.map(({ name }) => name)).toEqual(["BakePot", "StirPot", "bakePan"]);
  expect(product.retCodes.map(({ code }) => code)).toEqual([3, 4, 5, 7, 9]);
  const codes = (list: readonly RetCode[]) => list.map(({ code, meaning }) => [code, meaning]);
  expect(codes(action("StirPot").retCodes)).toEqual([
    [3, "It slept."],
    [4, "It slept."],
    [5, "It slept."],
    [9, "It slept."],
  ]);
  expect(codes(action("bakePan").retCodes)).toEqual([
    [4, "The gateway slept."],
    [5, "It slept."],
  ]);
});

test.each<[what: string, tables: readonly unknown[], problems: readonly string[]]>([
  ["no table", [], []],
  [
    "a code twice",
    [[retCode(3), retCode(4)], [retCode(3)]],
    ["retcode-twice: paths / get x-actiongen-retcodes: RetCode 3 is listed twice (Remove one.)"],
  ],
  [
    "something else than a table",
    [{}],
    [
      "retcode-form: paths / get x-actiongen-retcodes 0: is not a list of RetCodes (Write a list of code, name, meaning, remedy and retry.)",
    ],
  ],
  [
    "an entry with problems",
    [[retCode(1)], [retCode(3), null, { ...retCode(4), meaning: "", retry: "often" }]],
    [
      ...[
        ["code", "an integer above 0"],
        ["name", "an identifier"],
        ["meaning", "a sentence"],
        ["remedy", "a sentence"],
        ["retry", "always, throttle, credentials, idempotent or never"],
      ].map(
        ([key, expected]) =>
          `retcode-form: paths / get x-actiongen-retcodes 1 1 ${key}: ${key} of entry 2 in the RetCode table is missing (Use ${expected}.)`,
      ),
      'retcode-form: paths / get x-actiongen-retcodes 1 2 meaning: meaning of entry 3 in the RetCode table is "" (Use a sentence.)',
      'retcode-form: paths / get x-actiongen-retcodes 1 2 retry: retry of entry 3 in the RetCode table is "often" (Use always, throttle, credentials, idempotent or never.)',
    ],
  ],
])("RetCode tables with %s", (_, tables, problems) => {
  expect(builtProduct({ BakePot: table(...tables) }).problems).toEqual(problems);
});

test.each<[entry: object, key: string, expected: string]>([
  [{ code: 0 }, "code", "an integer above 0"],
  [{ code: -1 }, "code", "an integer above 0"],
  [{ code: 1.5 }, "code", "an integer above 0"],
  [{ code: "20104" }, "code", "an integer above 0"],
  [{ causes: "It was not renewed." }, "causes", "a list of sentences, the most likely cause first"],
  [{ causes: ["A cause.", ""] }, "causes", "a list of sentences, the most likely cause first"],
  [{ actions: "BakePot" }, "actions", "a list of names of actions"],
  [{ actions: ["Bake pot"] }, "actions", "a list of names of actions"],
])("an entry with %j is not one of a RetCode table", (entry, key, expected) => {
  const seen = JSON.stringify(Object.values(entry)[0]);
  expect(builtProduct({ BakePot: table([{ ...retCode(1), ...entry }]) }).problems).toEqual([
    `retcode-form: paths / get x-actiongen-retcodes 0 0 ${key}: ${key} of entry 1 in the RetCode table is ${seen} (Use ${expected}.)`,
  ]);
});

test("an entry of a RetCode table can leave out causes and actions", () => {
  const { causes, actions, ...entry } = retCode(1);
  expect(builtProduct({ BakePot: table([entry]) }).action("BakePot").retCodes).toEqual([
    { ...entry, causes, actions },
  ]);
});

test.each(["always", "throttle", "credentials", "idempotent", "never"] as const)(
  "a RetCode can be retried: %s",
  (retry) => {
    const { problems, action } = builtProduct({ BakePot: table([retCode(1, "A", { retry })]) });
    expect(problems).toEqual([]);
    expect(action("BakePot").retCodes).toEqual([retCode(1, "A", { retry })]);
  },
);

test.each([
  [
    "name",
    retCode(3, "Other"),
    "RetCode 3 is Other with retry: never here, and Code3 with retry: never in another action of pots",
  ],
  [
    "retry",
    retCode(3, "Code3", { retry: "always" }),
    "RetCode 3 is Code3 with retry: always here, and Code3 with retry: never in another action of pots",
  ],
  ["meaning", retCode(3, "Code3", { meaning: "It woke." }), undefined],
])("a RetCode with another %s in another action", (_, other, problem) => {
  const { problems } = builtProduct({ BakePot: table([retCode(3)]), StirPot: table([other]) });
  expect(problems).toEqual(
    problem === undefined
      ? []
      : [`retcode-conflict: spec/pots/StirPot.openapi.yaml: ${problem} (Let both refer to one table.)`],
  );
});

test("actions of a RetCode must be actions of the product, unless some of these have problems", () => {
  const own = table([retCode(2), retCode(3, "A", { actions: ["BakePot", "FryPot", "BoilPot"] })]);
  expect(builtProduct({ AddPot: table([retCode(2)]), BakePot: own }).problems).toEqual([
    "retcode-actions: spec/pots/BakePot.openapi.yaml: RetCode 3 lists FryPot, BoilPot, which pots does not have (Correct actions in the RetCode table that x-actiongen-retcodes of the documents refers to, such as pots/retcodes.yaml.)",
  ]);
  const broken = { operation: { "x-actiongen-sample": { A: 1 } } };
  expect(builtProduct({ FryPot: broken, BakePot: own }).problems).toHaveLength(1);
});

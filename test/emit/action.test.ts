import { expect, test } from "vitest";
import { actionView, emitAction, successExample } from "../../scripts/emit/action.js";
import { operationOf } from "../../scripts/emit/operation-fields.js";
import { createTemplates } from "../../scripts/emit/templates.js";
import { waitView } from "../../scripts/emit/wait.js";
import { readTree } from "../../scripts/files.js";
import type { Brand } from "../../scripts/model/api-model.js";
import { type ActionParts, responses } from "../support/action-document.js";
import { builtProduct, retCode } from "../support/built-product.js";

const brand = { locationOptions: {}, package: { scope: "@kitchen" } } as unknown as Brand;
const query = (name: string, more: object = {}) => ({
  name,
  in: "query",
  schema: { type: "string" },
  ...more,
});
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const built = (parts: ActionParts) => builtProduct({ ListPots: parts }).action("ListPots");
const wait = {
  function: "waitUntilHot",
  items: "Pots",
  id: "PotId",
  state: "State",
  done: ["Hot", 'a"b'],
  failed: [],
};
const paging = { offset: "Offset", limit: "Limit", total: "Total", items: "Pots" };
const string = { type: "string" };

/** An action that lists pots, with extensions. */
function lists(extensions: object, parameters: readonly Record<string, unknown>[] = []): ActionParts {
  const integer = { schema: { type: "integer" } };
  return {
    operation: extensions as Record<string, unknown>,
    parameters: [query("Offset", integer), query("Limit", integer), ...parameters],
    response: { Total: { type: "integer" }, Pots: { type: "array", items: ref("Pot") } },
    schemas: { Pot: { type: "object", properties: { PotId: string, State: string } } },
  };
}

test("the functions of an action are documented", () => {
  const { methodDoc, functionDoc } = actionView(
    built({
      operation: {
        summary: "Lists pots",
        description: "All of them.",
        deprecated: true,
        externalDocs: { url: "https://a.example/" },
      },
    }),
    brand,
  );
  const text = (...lines: string[]) => lines.map((line) => ` * ${line}`.trimEnd()).join("\n");
  const tags = [
    "@returns a promise that rejects with a `CallError`.",
    "@see https://a.example/",
    "@deprecated",
  ];
  const connection = "@param connection a client, or the result of `connect`.";
  const prose = ["Lists pots", "", "All of them.", ""];
  expect(functionDoc.source).toBe(`/**\n${text(...prose, connection, ...tags)}\n */\n`);
  expect(methodDoc.source).toBe(`/**\n  ${text(...prose, ...tags).replaceAll("\n", "\n  ")}\n   */\n  `);
});

test("an action without a summary, with pages", () => {
  const { methodDoc, paging: found } = actionView(built(lists({ "x-actiongen-paging": paging })), brand);
  expect(methodDoc.source).toBe(
    "/**\n   * Calls the action ListPots.\n   *\n   * @returns a promise of one page; iterate over it for the items of all pages. It rejects with a `CallError`.\n   */\n  ",
  );
  expect(found).toEqual(paging);
  expect(actionView(built({}), brand)).toMatchObject({
    paging: null,
    item: null,
    wait: null,
    hasRequired: false,
  });
});

test.each<[what: string, parts: ActionParts, base: string]>([
  ["without its ID among the parameters", lists({ "x-actiongen-wait": wait }), "ListPotsParams"],
  [
    "with its ID among the parameters",
    lists({ "x-actiongen-wait": wait }, [query("PotId")]),
    'Omit<ListPotsParams, "PotId">',
  ],
  [
    "with pages",
    lists({ "x-actiongen-wait": wait, "x-actiongen-paging": paging }, [query("PotId")]),
    'Omit<ListPotsParams, "Offset" | "PotId">',
  ],
])("a function that waits, %s", (_, parts, base) => {
  const view = waitView(built(parts));
  expect(view).toMatchObject({ name: "waitUntilHot", params: "WaitUntilHotParams", hasBase: true });
  expect(view?.base.source).toBe(base);
  expect(view?.done.source).toBe('"Hot", "a\\"b"');
  expect(view?.failed.source).toBe("");
});

test("a function that waits is documented, with the states that end it", () => {
  const text = (failed: readonly string[]) =>
    waitView(built(lists({ "x-actiongen-wait": { ...wait, failed } })))?.functionDoc.source.split("\n");
  const start =
    ' * Calls `listPots` until the `State` of every item with the `PotId` is `"Hot"` or `"a\\"b"`';
  expect(text([])).toEqual([
    "/**",
    `${start}.`,
    " *",
    " * While no item has the ID, the wait goes on, since a list may lack what has just been created.",
    " *",
    " * @param connection a client, or the result of `connect`.",
    " * @returns the items of `Pots` with the `PotId`.",
    " * @throws WaitError if the time is up, or if an item has failed; `AbortError`; a `CallError` that is not `retryable`.",
    " */",
    "",
  ]);
  expect(text(["Broken"])?.[1]).toBe(`${start}, or fails because it is \`"Broken"\`.`);
});

test("the record of an action has its models, secrets and RetCodes", () => {
  const secret = { ...string, "x-actiongen-sensitive": true };
  const action = built({
    operation: { "x-actiongen-retcodes": [[retCode(3, "Asleep", { causes: ["A cause."] })]] },
    parameters: [query("Pot", { required: true, schema: ref("Pot") }), query("Password")],
    response: { Link: secret },
    schemas: {
      Pot: { type: "object", required: ["Id"], properties: { Id: string, Key: secret, Password: secret } },
    },
  });
  expect(operationOf(action)).toEqual({
    action: "ListPots",
    retrySafe: true,
    parameters: { Pot: "#Pot!", Password: "string" },
    models: { Pot: { Id: "string!", Key: "string", Password: "string" } },
    secrets: ["Key", "Link", "Password"],
    retCodes: { 3: { name: "Asleep", meaning: "It slept.", remedy: "Wake it.", retry: "never" } },
  });
});

test("the modules of an action contain its function, checks, and its example if it succeeds", async () => {
  const templates = createTemplates(await readTree("templates"));
  const modules = (example: unknown) => {
    const { product } = builtProduct({
      ListPots: {
        parameters: [query("A", { example: "a" })],
        operation: { responses: responses("Response", example) },
      },
    });
    return product.actions.flatMap((action) => emitAction(brand, product, action, templates));
  };
  const [module, example] = modules({ RetCode: 0, Name: "b" });
  expect([module?.path, example?.path]).toEqual([
    "packages/pots/src/actions/ListPots.ts",
    "packages/pots/src/testing/ListPots.ts",
  ]);
  for (const part of [
    "// Generated by actiongen from pots/ListPots.openapi.yaml. Do not edit.",
    'from "@kitchen/core"',
    "/** Runtime description of the action ListPots. */",
    "Validates a success body of ListPots.",
    "@returns violations of the specification; empty if there are none.",
    "  retrySafe: true,",
    '  parameters: {\n    A: "string",\n  },',
    "  models: {},",
    "  secrets: [],",
  ])
    expect(module?.content).toContain(part);
  expect(example?.content).toContain("/** Documented call of ListPots, and its response. */");
  expect(example?.content).toContain('{\n    A: "a",\n  }');
  expect(example?.content).toContain('{\n    RetCode: 0,\n    Name: "b",\n  }');
  expect(modules({ RetCode: 5 })).toHaveLength(1);
  expect(modules(undefined)).toHaveLength(1);
});

test("the example of an action is its first call that succeeds", () => {
  const call = (response: unknown) => ({ parameters: {}, response });
  const examples = [
    call(null),
    call(undefined),
    call({ RetCode: 1 }),
    call({ RetCode: 0, A: 1 }),
    call({ RetCode: 0 }),
  ];
  expect(successExample({ ...built({}), examples })).toBe(examples[3]);
  expect(successExample({ ...built({}), examples: examples.slice(0, 3) })).toBeUndefined();
});

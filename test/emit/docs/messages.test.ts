import ts from "typescript";
import { expect, test } from "vitest";
import { emitProductDocs, emitSharedDocs } from "../../../scripts/emit/docs/site.js";
import { createTemplates } from "../../../scripts/emit/templates.js";
import { readTree } from "../../../scripts/files.js";
import { load } from "../../../scripts/load.js";
import type { Brand, Product } from "../../../scripts/model/api-model.js";
import { summarize } from "../../../scripts/model/summary.js";
import { tryFlatten } from "../../../templates/runtime/parameters.js";
import type { ActionParts } from "../../support/action-document.js";
import { madeUpProduct } from "../../support/made-up-product.js";

const files = await readTree("templates");
const translations: Readonly<Record<string, string>> = JSON.parse(files.get("docs/messages/zh.json") ?? "");

/** An action with facts and parts that the specifications of other tests lack. */
const rare: ActionParts = {
  parameters: [
    { type: "array", minItems: 1, items: { type: "string", minLength: 2, pattern: "^a" } },
    { type: "integer", multipleOf: 5 },
    ...Array.from({ length: 12 }, () => ({ type: "string" })),
  ].map((schema, index) => ({
    name: `Name${index}`,
    in: "query",
    schema,
    ...(schema.type === "array" && { "x-actiongen-style": "indexed" }),
  })),
  response: { Pot: { $ref: "#/components/schemas/Pot" } },
  schemas: { Pot: { type: "object", properties: { Size: { type: "integer" }, Kind: { const: "pot" } } } },
};

/** Messages that pages print: of specifications that together show each message of a view. */
async function messagesOfPages(): Promise<Set<string>> {
  const found = new Set<string>();
  const templates = createTemplates(files, (message) => {
    found.add(message);
    return message;
  });
  const emit = (loaded: Brand, products: readonly Product[]): void => {
    const docs = { ...loaded.docs, consoleUrl: "https://console.example.com/" };
    const retCodes = loaded.retCodes.map((retCode, index) => ({
      ...retCode,
      retry: retries[index % 5] ?? "never",
    }));
    const brand = { ...loaded, docs, retCodes };
    const summaries = products.map((product) => summarize(product, brand));
    for (const product of products) emitProductDocs(brand, product, summaries, templates);
    for (const history of [{}, { core: releases }]) emitSharedDocs(brand, summaries, templates, history);
  };
  for (const folder of ["spec", ...golden.map((name) => `test/golden/${name}/spec`)]) {
    const { brand, products } = await load(folder);
    emit(brand, products);
  }
  const { brand, product } = await madeUpProduct({ ListPots: rare, GetShelf: rare });
  for (const products of [
    [
      { ...product, history: releases },
      { ...product, name: "other" },
    ],
    [],
  ])
    emit(brand, products);
  return found;
}

const golden = ["deprecated", "name-collisions", "no-parameters", "paging", "shapes"];
const retries = ["always", "throttle", "credentials", "idempotent", "never"] as const;
const changed = { action: "", path: "", before: "", after: "", message: "a change" };
const changes = [
  { ...changed, rule: "base-url", bump: "major", review: true },
  { ...changed, rule: "retry-safe-on", bump: "minor", review: true },
  { ...changed, rule: "param-default-added", bump: "minor", review: false },
  { ...changed, rule: "action-added", bump: "minor", review: false, action: "ListPots" },
  { ...changed, rule: "param-format", bump: "minor", review: false, action: "ListPots", path: "Name0" },
  { ...changed, rule: "action-docs", bump: "patch", review: false },
] as const;
/** Releases of every kind, and with every mark. */
const releases = [changes, [], changes, []].map((all, index) => {
  return { version: `1.0.${index}`, date: "2026-11-27", core: "", changes: all };
});

/** The parameter of each function that is a message. */
const messageParameters: Readonly<Record<string, number>> = {
  t: 0,
  button: 0,
  copyButton: 0,
  hint: 0,
  labelled: 0,
  message: 1,
  say: 1,
  setMessage: 1,
  step: 0,
  tabs: 0,
};

/** String literals of the scripts, and those of them that are passed as messages. */
function stringsOfScripts(): { passed: Set<string>; all: Set<string> } {
  const [passed, all] = [new Set<string>(), new Set<string>()];
  const literalsOf = (node: ts.Node): string[] => {
    if (ts.isStringLiteralLike(node)) return [node.text];
    return ts.isConditionalExpression(node) ? [node.whenTrue, node.whenFalse].flatMap(literalsOf) : [];
  };
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) all.add(node.text);
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const argument = node.arguments[messageParameters[node.expression.text] ?? -1];
      for (const text of argument ? literalsOf(argument) : []) if (text !== "") passed.add(text);
    }
    ts.forEachChild(node, visit);
  };
  for (const [path, source] of files) {
    if (path.startsWith("docs/script/")) visit(ts.createSourceFile(path, source, ts.ScriptTarget.Latest));
  }
  return { passed, all };
}

/** Problems of values that the client reports, as the forms show them. */
function problemsOfValues(): string[] {
  const kinds = ["string", "enum", "integer", "number", "boolean", "base64", "#Model", "string[]"];
  const fields = Object.fromEntries(kinds.map((kind) => [kind, kind]));
  const wrong = Object.fromEntries(kinds.map((kind) => [kind, kind === "#Model" ? [1] : { Size: true }]));
  const loop: Record<string, unknown> = {};
  loop.Loop = loop;
  const types = { action: "Any", parameters: { ...fields, Needed: "string!" }, models: { Model: {} } };
  const values = { ...wrong, "\ud800": "", Digits: 2 ** 60, Loop: loop, Signature: "set" };
  return tryFlatten(values, types).issues.map(({ problem }) => problem.replace(/^\(.*?\) /, ""));
}

const scripts = stringsOfScripts();
const problems = problemsOfValues();

test("everything that pages and their scripts show is translated", async () => {
  const sentences = [...scripts.all].filter((text) => /^[A-Z][^=/]* [^=/]*[.:]$/.test(text));
  const missing = [...(await messagesOfPages()), ...scripts.passed, ...sentences, ...problems].filter(
    (message) => translations[message] === undefined,
  );
  expect(missing).toEqual([]);
});

test("every translation is of a message that is shown", async () => {
  const shown = new Set([...(await messagesOfPages()), ...scripts.all, ...problems]);
  expect(Object.keys(translations).filter((message) => !shown.has(message))).toEqual([]);
});

test("a translation leads back to its message, or to the plural of it", () => {
  const messages = new Map(Object.entries(translations).map(([message, text]) => [text, message]));
  const ambiguous = Object.entries(translations).filter(
    ([message, text]) => ![message, `${message}s`].includes(messages.get(text) ?? ""),
  );
  expect(ambiguous).toEqual([]);
});

import { readFile } from "node:fs/promises";
import { createConfig, lint } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import type { Field, TypeRef } from "../../scripts/model/api-model.js";
import { load } from "../../scripts/model/load.js";
import page from "../data/describe-umem-backup-url.page.json" with { type: "json" };

const api = await load("spec");
const action = api.products
  .find(({ name }) => name === "umem")
  ?.actions.find(({ name }) => name === "DescribeUMemBackupURL");
if (action === undefined) throw new Error("the document is missing");

/** A type as the vendor's pages write it. */
function pageType(type: TypeRef): string {
  if (type.kind === "array") return `array[${pageType(type.items)}]`;
  return type.kind === "integer" ? "int" : type.kind;
}

const rows = (fields: readonly Field[]) =>
  fields.map(({ name, type, required }) => [name, pageType(type), required]);

test("names, types and required flags are those of the vendor's page, in its order", () => {
  expect(rows(action.publicParameters)).toEqual(page.publicParameters);
  expect(rows(action.parameters)).toEqual(page.requestParameters);
  expect(rows(action.response)).toEqual(page.responseFields);
});

test("the examples are those of the page", () => {
  expect(action.examples).toEqual([{ parameters: page.requestExample, response: page.responseExample }]);
});

test("every field is described", () => {
  const fields = [...action.publicParameters, ...action.parameters, ...action.response];
  expect(fields.filter(({ description }) => description === "").map(({ name }) => name)).toEqual([]);
});

test("Redocly's recommended rules find no error", async () => {
  const config = await createConfig({ extends: ["recommended"] });
  const problems = await lint({ ref: action.source.file, config });
  expect(problems.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
});

test("a field knows its line", async () => {
  const lines = (await readFile(action.source.file, "utf8")).split("\n");
  const lineOf = ({ source }: Field) => lines[source.line - 1]?.trim();
  expect(action.parameters.map(lineOf)).toEqual(action.parameters.map(({ name }) => `- name: ${name}`));
  expect(action.response.map(lineOf)).toEqual(action.response.map(({ name }) => `${name}:`));
});

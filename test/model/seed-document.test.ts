import { readFile } from "node:fs/promises";
import { createConfig, lint } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import { load } from "../../scripts/load.js";
import type { Field, Type } from "../../scripts/model/api-model.js";
import { responseFields } from "../../scripts/model/fields.js";
import page from "../data/describe-umem-backup-url.page.json" with { type: "json" };

const api = await load("spec");
const action = api.products
  .find(({ name }) => name === "umem")
  ?.actions.find(({ name }) => name === "DescribeUMemBackupURL");
if (action === undefined) throw new Error("the document is missing");

/** A type as the vendor's pages write it. */
function pageType(type: Type): string {
  if (type.kind === "array") return `array[${pageType(type.items)}]`;
  if (type.kind === "const") return Number.isInteger(type.value) ? "int" : typeof type.value;
  return type.kind === "integer" ? "int" : type.kind;
}

const rows = (fields: readonly Field[]) =>
  fields.map(({ name, type, required }) => [name, pageType(type), required]);

test("names, types and required flags are those of the vendor's page, in its order", () => {
  expect(rows(action.publicParameters)).toEqual(page.publicParameters);
  expect(rows(action.parameters)).toEqual(page.requestParameters);
  expect(rows(responseFields(action))).toEqual(page.responseFields);
});

test("the example is the call of the vendor's page, with a response of the same form", () => {
  expect(action.examples.map(({ parameters }) => parameters)).toEqual([page.requestExample]);
  expect(action.examples[0]?.response).toEqual({
    ...page.responseExample,
    BackupURL: [expect.stringMatching(/^https:\/\/backup\.example\.com\//)],
  });
});

test("every field has a description", () => {
  const fields = [...action.publicParameters, ...action.parameters, ...responseFields(action)];
  expect(fields.filter(({ description }) => description === "").map(({ name }) => name)).toEqual([]);
});

test("Redocly's recommended rules find no error", async () => {
  const config = await createConfig({ extends: ["recommended"] });
  const problems = await lint({ ref: `spec/${action.documentPath}`, config });
  expect(problems.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
});

test("its problems are reported at the title of its page", async () => {
  const lines = (await readFile(action.source.file, "utf8")).split("\n");
  expect(action.source.file).toBe("spec/pages/umem/describe_umem_backup_url.md");
  expect(lines[action.source.line - 1]).toContain("- DescribeUMemBackupURL");
});

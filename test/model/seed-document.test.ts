import { readFile } from "node:fs/promises";
import { createConfig, lint } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import type { Field, TypeRef } from "../../scripts/model/api-model.js";
import { load } from "../../scripts/load.js";
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

test("the example calls what the vendor's page calls, and is answered in the same form", () => {
  expect(action.examples.map(({ parameters }) => parameters)).toEqual([page.requestExample]);
  expect(action.examples[0]?.response).toEqual({
    ...page.responseExample,
    BackupURL: [expect.stringMatching(/^https:\/\/backup\.example\.com\//)],
  });
});

test("every field is described", () => {
  const fields = [...action.publicParameters, ...action.parameters, ...action.response];
  expect(fields.filter(({ description }) => description === "").map(({ name }) => name)).toEqual([]);
});

test("Redocly's recommended rules find no error", async () => {
  const config = await createConfig({ extends: ["recommended"] });
  const problems = await lint({ ref: `spec/${action.documentPath}`, config });
  expect(problems.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
});

test("a fault of it would name the title of its page", async () => {
  const lines = (await readFile(action.source.file, "utf8")).split("\n");
  expect(action.source.file).toBe("spec/pages/umem/describe_umem_backup_url.md");
  expect(lines[action.source.line - 1]).toContain("- DescribeUMemBackupURL");
});

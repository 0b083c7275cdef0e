import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { actionDocument, manyActions, responses } from "../support/action-document.js";
import { folderOf } from "../support/bundled.js";
import { document, errorsOf, expectError } from "../support/errors.js";
import { documentPath, type Edit, specFolder } from "../support/spec-folder.js";

const shapes = "test/golden/shapes/spec";
const path = "store/A.openapi.yaml";
type Case = [what: string, edits: Edit[], at: string, message: string];

describe("reports with file, line, value and help", () => {
  test.each<Case>([
    [
      "a reference to a missing value",
      [document("#/components/schemas/ErrorResponse", "#/components/schemas/Nowhere")],
      '- $ref: "#/components/schemas/Nowhere"',
      '$ref is "#/components/schemas/Nowhere", and there is no such value',
    ],
    [
      "a reference to a missing file",
      [document("- $ref: retcodes.yaml", "- $ref: codes.yaml")],
      "- $ref: codes.yaml",
      '$ref is "codes.yaml", and that file does not exist',
    ],
    [
      "a reference out of the folder",
      [document("- $ref: retcodes.yaml", "- $ref: ../../../../../../etc/passwd")],
      "- $ref: ../../../../../../etc/passwd",
      '$ref is "../../../../../../etc/passwd", which is outside the specification folder',
    ],
    [
      "a reference to itself",
      [document("components:\n", "components:\n  examples:\n    A: {$ref: '#/components/examples/A'}\n")],
      "A: {$ref: '#/components/examples/A'}",
      '$ref is "#/components/examples/A", which refers to itself',
    ],
    [
      "a mapping to another host",
      [
        document(
          "                oneOf:",
          "                discriminator: {propertyName: Action, mapping: {a: http://127.0.0.1:9/x}}\n                oneOf:",
        ),
      ],
      "discriminator: {propertyName: Action, mapping: {a: http://127.0.0.1:9/x}}",
      'a is "http://127.0.0.1:9/x", which is outside the document',
    ],
    [
      "an external value",
      [
        document(
          "          example: NBaSDZeI",
          "          examples: {a: {externalValue: http://127.0.0.1:9/x}}",
        ),
      ],
      "examples: {a: {externalValue: http://127.0.0.1:9/x}}",
      'externalValue is "http://127.0.0.1:9/x", and external values are not read',
    ],
    [
      "a reference to the network",
      [document("- $ref: retcodes.yaml", "- $ref: http://127.0.0.1:9/x.yaml")],
      "- $ref: http://127.0.0.1:9/x.yaml",
      '$ref is "http://127.0.0.1:9/x.yaml", which is outside the specification folder',
    ],
  ])("%s", async (_, edits, at, message) => {
    await expectError(await specFolder(...edits), documentPath, at, message);
  });

  test.each<[what: string, value: object, at: string, message: string]>([
    [
      "a pointer through a missing value",
      { X: { $ref: "#/components/schemas/Response/properties/RetCode/items" } },
      '$ref: "#/components/schemas/Response/properties/RetCode/items"',
      '$ref is "#/components/schemas/Response/properties/RetCode/items", and there is no such value',
    ],
    [
      "an anchor",
      { X: { $ref: "#somewhere" } },
      '$ref: "#somewhere"',
      '$ref is "#somewhere", which cannot be a component',
    ],
    ["the whole document", { X: { $ref: "#" } }, '$ref: "#"', '$ref is "#", which cannot be a component'],
    [
      "references that refer to each other",
      {
        X: { $ref: "#/components/schemas/Response/properties/Y" },
        Y: { $ref: "#/components/schemas/Response/properties/X" },
      },
      '$ref: "#/components/schemas/Response/properties/Y"',
      '$ref is "#/components/schemas/Response/properties/Y", which refers to itself',
    ],
    [
      "a missing value in another file",
      { X: { $ref: "common.yaml#/Nothing" } },
      "$ref: common.yaml#/Nothing",
      '$ref is "common.yaml#/Nothing", and there is no such value',
    ],
    [
      "files that refer to each other, without a schema",
      { X: { $ref: "common.yaml#/Circle" } },
      "$ref: common.yaml#/Circle",
      '$ref is "common.yaml#/Circle", which refers to itself',
    ],
  ])("%s", async (_, response, at, message) => {
    const folder = await folderOf(shapes, {
      [path]: actionDocument("A", { response: response as Record<string, unknown> }),
      "store/common.yaml": { Circle: { $ref: "other.yaml#/Circle" } },
      "store/other.yaml": { Circle: { $ref: "common.yaml#/Circle" } },
    });
    await expectError(folder, path, at, message);
  });
});

test("reports a reference of an extension that no component can replace", async () => {
  const folder = await folderOf(shapes, {
    [path]: actionDocument("A", { operation: { "x-other": { $ref: "#/info" } } }),
  });
  await expectError(folder, path, '$ref: "#/info"', '$ref is "#/info", which cannot be a component');
});

test("reports a value of an extension that contains itself", async () => {
  const folder = await folderOf(shapes, {
    [path]: actionDocument("A", { operation: { "x-other": { a: { $ref: "#/paths/~1/get/x-other" } } } }),
  });
  const message = '$ref is "#/paths/~1/get/x-other", which contains itself';
  await expectError(folder, path, '$ref: "#/paths/~1/get/x-other"', message);
});

test("reads no file outside the folder through a file in the folder", async () => {
  const folder = await folderOf(shapes, {
    [path]: actionDocument("A", { response: { X: { $ref: "common.yaml" } } }),
    "store/common.yaml": { $ref: "../../../../../../../etc/passwd" },
  });
  expect(await errorsOf(folder)).toMatch(/store\/A\.openapi\.yaml:1: .*etc\/passwd/);
});

test("reports errors in a value of another file at the reference to it", async () => {
  const document = manyActions({
    "/A": { get: { parameters: [{ $ref: "common.yaml#/Region" }], responses: responses("Response") } },
    "/B": { get: { responses: responses("Response") } },
  });
  const folder = await folderOf(shapes, {
    "store/many.openapi.yaml": document,
    "store/common.yaml": { Region: { name: "Re-gion", in: "query", schema: { type: "text" } } },
  });
  const at = "- $ref: common.yaml#/Region";
  await expectError(folder, "store/many.openapi.yaml", at, 'parameter "Re-gion" is not a valid identifier');
  await expectError(
    folder,
    "store/many.openapi.yaml",
    at,
    "components › parameters › Region › schema › type",
  );
});

test("reports an unreadable file", async () => {
  const folder = await folderOf(shapes, {
    [path]: actionDocument("A", { response: { X: { $ref: "common.yaml" } } }),
  });
  await writeFile(join(folder, "store/common.yaml"), "a: [");
  expect(await errorsOf(folder)).toMatch(/^store\/common\.yaml:1: .*\n {2}help: Fix the YAML/);
});

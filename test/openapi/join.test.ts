import SwaggerParser from "@apidevtools/swagger-parser";
import { describe, expect, test } from "vitest";
import { load } from "../../scripts/load.js";
import type { OpenApiDocument } from "../../scripts/model/api-model.js";
import { type BundleForm, bundle, bundleForms, productDocument } from "../../scripts/openapi/join/join.js";
import {
  type ActionParts,
  actionDocument,
  errorResponse,
  securitySchemes,
} from "../support/action-document.js";
import { bundledFolder, folderOf, generatedWithoutSources, sameModel } from "../support/bundled.js";
import { once } from "../support/once.js";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const shapes = "test/golden/shapes/spec";

/** A folder with these actions by `<product>/<name>`; the product is `store` if it is left out. */
function actions(parts: Readonly<Record<string, ActionParts>>): Promise<string> {
  const documents = Object.entries(parts).map(([path, part]) => {
    const [name = "", product = "store"] = path.split("/").reverse();
    return [`${product}/${name}.openapi.yaml`, actionDocument(name, part)];
  });
  return folderOf(shapes, Object.fromEntries(documents));
}

/** @returns the folder with the bundle. */
async function expectSame(spec: string, form: BundleForm): Promise<string> {
  const folder = await bundledFolder(spec, form);
  expect(sameModel(await load(folder))).toEqual(sameModel(await load(spec)));
  return folder;
}

const outputs = ["spec", "test/data/spec", shapes].map(
  (spec) => [spec, once(() => generatedWithoutSources(spec))] as const,
);

describe.each(bundleForms)("a bundle in the %s form", (form) => {
  test.each(outputs)("of %s gives the same model and output", async (spec, output) => {
    const folder = await expectSame(spec, form);
    expect(await generatedWithoutSources(folder)).toEqual(await output());
  });

  const item = (type: string) => ({ type: "object", properties: { Value: { type } } });
  const list = { type: "array", items: ref("Item") };
  test.each<[what: string, parts: Record<string, ActionParts>]>([
    [
      "different components with one name",
      {
        A: { response: { Items: list }, schemas: { Item: item("string") } },
        B: { response: { Items: list }, schemas: { Item: item("integer") } },
        C: { response: { Items: list }, schemas: { Item: item("string") } },
      },
    ],
    [
      "equal components that refer to different ones",
      {
        A: { response: { Page: ref("Page") }, schemas: { Page: list, Item: item("string") } },
        B: { response: { Page: ref("Page") }, schemas: { Page: list, Item: item("integer") } },
      },
    ],
    [
      "components that contain themselves and each other",
      {
        A: {
          response: { Tree: ref("Tree") },
          schemas: {
            Tree: { type: "object", properties: { Leaves: { type: "array", items: ref("Leaf") } } },
            Leaf: { type: "object", properties: { Of: ref("Tree") } },
          },
        },
        B: {
          response: { Tree: ref("Tree") },
          schemas: {
            Tree: { type: "object", properties: { Leaves: { type: "array", items: ref("Leaf") } } },
            Leaf: { type: "object", properties: { Of: ref("Tree"), Size: { type: "integer" } } },
          },
        },
        C: {
          response: { Tree: ref("Tree") },
          schemas: { Tree: { type: "array", items: ref("Tree") } },
        },
      },
    ],
    [
      "unused components, and components in another order",
      {
        A: { schemas: { Unused: item("string"), Other: ref("Unused") } },
        B: {
          response: { Last: ref("Last"), First: ref("First") },
          schemas: { First: list, Last: list, Item: {} },
        },
      },
    ],
    [
      "a name that renaming would choose",
      {
        A: { response: { X: ref("X"), Y: ref("X_B") }, schemas: { X: item("string"), X_B: item("number") } },
        B: { response: { X: ref("X") }, schemas: { X: item("integer") } },
      },
    ],
    [
      "security schemes with two descriptions, and security of the whole document",
      {
        A: {
          components: {
            securitySchemes: {
              ...securitySchemes,
              PublicKey: { ...securitySchemes.PublicKey, description: "Mine." },
            },
          },
        },
        B: { operation: { security: undefined }, root: { security: [{ PublicKey: [], Signature: [] }] } },
        C: {},
      },
    ],
    [
      "parameters that are components, and references into the operation",
      {
        A: {
          parameters: [
            { $ref: "#/components/parameters/Region" },
            { name: "Zone", in: "query", schema: { type: "string", enum: ["a", "b"] } },
            { name: "Other", in: "query", schema: { $ref: "#/paths/~1/get/parameters/2/schema" } },
          ],
          response: { Zone: { $ref: "#/paths/~1/get/parameters/2/schema" } },
          components: {
            parameters: {
              Region: { name: "Region", in: "query", required: true, schema: { type: "string" } },
            },
          },
        },
        B: {
          parameters: [{ $ref: "#/components/parameters/Region" }],
          components: {
            parameters: { Region: { name: "Region", in: "query", schema: { type: "integer" } } },
          },
        },
      },
    ],
    [
      "all that an operation and a parameter can have",
      {
        "umem/A": {
          operation: {
            tags: ["Backups", "umem"],
            summary: "A: *b* # c",
            description: "- \u2028 \u0085 `{{x}}` */ $y\n\n  indented\ttab\u0007\n",
            deprecated: true,
            externalDocs: { url: "https://example.com/a?b=c#d" },
            "x-actiongen-retry-safe": true,
            "x-actiongen-retcodes": [
              [{ code: 1, name: "One", meaning: "no", remedy: "2026-01-31", retry: "always" }],
              [{ code: 2, name: "Two", meaning: "1_000", remedy: "0x1F", retry: "never" }],
            ],
            "x-other": { any: ["thing", null, 1e21, 0.1] },
          },
          parameters: [
            {
              name: "Disks",
              in: "query",
              deprecated: true,
              "x-actiongen-style": "indexed",
              "x-actiongen-sensitive": true,
              schema: {
                type: "array",
                items: {
                  type: "object",
                  properties: { Labels: { type: "array", items: { type: "string" } } },
                },
              },
              examples: { one: { value: [{ Labels: ["~", "yes", "null", ""] }] } },
            },
          ],
          root: {
            "x-actiongen-source": {
              page: "a.md",
              line: 1,
              parameters: { Disks: 7 },
              schemas: { Response: { RetCode: 9 } },
            },
            tags: [
              { name: "Backups", description: "Of backups." },
              { name: "umem", description: "Memory." },
            ],
          },
        },
        "store/B": {
          operation: {
            "x-actiongen-retcodes": [
              [{ code: 1, name: "One", meaning: "no", remedy: "2026-01-31", retry: "always" }],
            ],
          },
        },
      },
    ],
  ])("with %s gives the same model", async (_, parts) => {
    await expectSame(await actions({ Z: {}, "store/Y": {}, ...parts }), form);
  });

  test("is the same when it is bundled again", async () => {
    const once = bundle(await load(shapes), form);
    const folder = await folderOf(shapes, { "all.openapi.json": JSON.stringify(once) });
    expect(JSON.stringify(bundle(await load(folder), form))).toBe(JSON.stringify(once));
  });
});

test("shares equal components and renames different ones", async () => {
  const table = [{ code: 1, name: "One", meaning: "m", remedy: "r", retry: "never" }];
  const operation = { "x-actiongen-retcodes": [table] };
  const spec = await actions({
    A: { operation },
    B: { operation, schemas: { ErrorResponse: { ...errorResponse, description: "Another." } } },
    C: { operation },
  });
  const { components, paths } = bundle(await load(spec), "virtual") as OpenApiDocument &
    Record<string, Record<string, object>>;
  expect(components?.schemas).toEqual({
    Response: expect.anything(),
    ErrorResponse: errorResponse,
    ErrorResponse_B: { ...errorResponse, description: "Another." },
  });
  expect(components?.["x-actiongen-retcode-tables"]).toEqual({ RetCodes: table });
  const tables = Object.values(paths ?? {}).map((item) => Object.values(item)[0]["x-actiongen-components"]);
  expect(tables).toEqual([
    undefined,
    { schemas: { Response: "Response", ErrorResponse: "ErrorResponse_B" } },
    undefined,
  ]);
});

test("describes a product for tools that generate types: a path for each action, without Action", async () => {
  const spec = await actions({
    A: { parameters: [{ name: "Region", in: "query", schema: { type: "string" } }] },
    B: { schemas: { ErrorResponse: { ...errorResponse, description: "Another." } } },
    "umem/C": {},
  });
  const [store] = (await load(spec)).products;
  if (store === undefined) expect.fail("no product");
  const document = productDocument(store) as OpenApiDocument & { paths: object };
  expect(document).toMatchObject({
    openapi: "3.1.0",
    paths: { "/A": { get: { parameters: [{ name: "Region" }] } }, "/B": { get: { parameters: [] } } },
    components: { schemas: { ErrorResponse: errorResponse, ErrorResponse_B: { description: "Another." } } },
  });
  expect(Object.keys(document.paths)).toEqual(["/A", "/B"]);
  expect(JSON.stringify(document)).not.toContain("x-actiongen-components");
  await SwaggerParser.validate(structuredClone<object>(document) as never);
});

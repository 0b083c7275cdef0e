import fc from "fast-check";
import { expect, test } from "vitest";
import { InputError } from "../../scripts/diagnostic.js";
import { load } from "../../scripts/load.js";
import { type BundleForm, bundle, bundleForms } from "../../scripts/openapi/join/join.js";
import { actionDocument, manyActions, responses } from "../support/action-document.js";
import { bundledFolder, folderOf, sameModel } from "../support/bundled.js";
import { pathsOf, replaceAt, someValues } from "../support/mutation.js";

const shapes = "test/golden/shapes/spec";
const models = ["Disk", "Label", "Disk_A", "Response_B"];
const prose = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("no", "1_000", "2026-01-31", "~", "- a\n\n# b"),
);
const noted = fc.record({ description: prose, deprecated: fc.boolean() }, { requiredKeys: [] });

/** Schemas that refer to few names, so that they conflict, contain each other, and contain themselves. */
const { schema, leaf, array, object } = fc.letrec<{
  schema: object;
  leaf: object;
  array: object;
  object: object;
  ref: object;
}>((tie) => ({
  schema: fc.oneof({ maxDepth: 2 }, tie("leaf"), tie("ref"), tie("array"), tie("object")),
  leaf: fc.oneof(
    fc.record({ type: fc.constantFrom("string", "integer", "boolean", "number"), description: prose }),
    fc.record({ type: fc.constant("string"), enum: fc.uniqueArray(prose, { minLength: 1, maxLength: 3 }) }),
  ),
  ref: fc.constantFrom(...models).map((name) => ({ $ref: `#/components/schemas/${name}` })),
  array: tie("schema").map((items) => ({ type: "array", items })),
  object: fc
    .dictionary(fc.constantFrom("A", "B", "odd-name", "$ref!"), tie("schema"), { maxKeys: 3 })
    .map((properties) => ({ type: "object", properties })),
}));
// A component that is only a reference could refer to itself, which is rejected.
const own = fc.record(Object.fromEntries(models.map((name) => [name, fc.oneof(leaf, array, object)])));

const parameter = fc.tuple(noted, schema, fc.boolean()).map(([notes, value, sensitive]) => ({
  ...notes,
  in: "query",
  schema: value,
  "x-actiongen-style": "indexed",
  "x-actiongen-sensitive": sensitive,
}));

const parts = fc
  .record({
    parameters: fc.dictionary(fc.constantFrom("Region", "Zone", "Disks"), parameter),
    response: fc.dictionary(fc.constantFrom("Items", "Total"), schema),
    schemas: own,
    operation: fc.record(
      {
        summary: prose,
        description: prose,
        deprecated: fc.boolean(),
        "x-actiongen-retry-safe": fc.boolean(),
        "x-actiongen-retcodes": fc
          .constantFrom(1, 2)
          .map((code) => [[{ code, name: "N", meaning: "m", remedy: "r", retry: "never" }]]),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ parameters, ...rest }) => ({
    ...rest,
    parameters: Object.entries(parameters).map(([name, value]) => ({ name, ...value })),
  }));

/** Documents by path. Names of actions differ from names of models. */
const documents = fc.tuple(parts, parts, parts).map(([a, b, c]) => ({
  "store/A.openapi.yaml": actionDocument("A", a),
  "store/B.openapi.yaml": actionDocument("B", b),
  "umem/C.openapi.yaml": actionDocument("C", c),
}));

const form = fc.constantFrom<BundleForm>(...bundleForms);

test("gives the same model after bundling, for any actions", async () => {
  await fc.assert(
    fc.asyncProperty(documents, form, async (files, chosen) => {
      const spec = await folderOf(shapes, files);
      expect(sameModel(await load(await bundledFolder(spec, chosen)))).toEqual(sameModel(await load(spec)));
    }),
    { numRuns: 60 },
  );
}, 120_000);

test("reads any document with many actions, or reports its errors", async () => {
  const bundled = bundle(await load(shapes), "query");
  const schemaOfBody = {
    type: "object",
    required: ["Zone"],
    properties: { Action: { const: "Post" }, Zone: { type: "string" } },
  };
  const requestBody = { content: { "application/json": { schema: schemaOfBody, example: { Zone: "z" } } } };
  const other = manyActions({
    "/Post": {
      parameters: [{ name: "Region", in: "query", schema: {} }],
      post: { requestBody, responses: responses("Response") },
    },
  });
  const whole = JSON.parse(JSON.stringify(bundled)) as { paths: object };
  Object.assign(whole.paths, (other as { paths: object }).paths);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...pathsOf(whole)), someValues, async (path, value) => {
      const root = structuredClone(whole);
      replaceAt(root, path, value);
      const error = await load(await folderOf(shapes, { "store/all.openapi.yaml": root })).catch(
        (thrown) => thrown,
      );
      if (!(error instanceof Error)) return;
      if (!(error instanceof InputError)) throw error;
      for (const { file, message, help } of error.diagnostics) {
        expect([file, message, help].every((text) => text !== "")).toBe(true);
      }
    }),
    { numRuns: 80 },
  );
}, 120_000);

import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { checkOpenApi, checkSchemas } from "../../scripts/openapi/schema-checks.js";
import { explain } from "../../scripts/openapi/schema-error.js";

/** The descriptions of a value's errors, at the path `Size`. */
function errorsOf(schema: object, value: unknown): string[] {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false });
  const validate = ajv.compile(schema);
  validate(value);
  return (validate.errors ?? []).map((error) => explain(error, ["Size"]));
}

const properties = { Region: {}, Zone: {} };

test.each<[schema: object, value: unknown, message: string]>([
  [{ type: "integer" }, "3", 'Size must be of type integer, but is "3"'],
  [{ type: ["object", "null"] }, [1], "Size must be of type object or null, but is of type array"],
  [{ required: ["Region"] }, {}, 'Size lacks the required key "Region"'],
  [
    { properties, additionalProperties: false },
    { Regoin: 1 },
    'Size has the unknown key "Regoin" (did you mean Region?)',
  ],
  [{ properties, additionalProperties: false }, { Colour: 1 }, 'Size has the unknown key "Colour"'],
  [
    { unevaluatedProperties: false, properties },
    { Zonne: 1 },
    'Size has the unknown key "Zonne" (did you mean Zone?)',
  ],
  [{ dependentRequired: { a: ["b"] } }, { a: 1 }, 'Size lacks the key "b", which "a" requires'],
  [{ enum: ["a", "b", 3] }, "c", 'Size must be "a", "b" or 3, but is "c"'],
  [{ const: 0 }, 1, "Size must be 0, but is 1"],
  [
    { pattern: "^v", description: "a version such as v1" },
    "1",
    'Size must be a version such as v1, but is "1"',
  ],
  [{ pattern: "^v\\d+$" }, "1", 'Size must have a form that is allowed here, but is "1"'],
  [
    { propertyNames: { pattern: "^x", description: "names that begin with x" } },
    { y: 1 },
    'Size must have names that begin with x, but has "y"',
  ],
  [{ minItems: 1 }, [], "Size must have at least 1 item"],
  [{ maxItems: 2 }, [1, 2, 3], "Size must have at most 2 items"],
  [{ minLength: 2 }, "a", 'Size must have at least 2 characters, but is "a"'],
  [{ minProperties: 1 }, {}, "Size must have at least 1 key"],
  [{ minimum: 1 }, 0, "Size must be at least 1, but is 0"],
  [{ exclusiveMaximum: 5 }, 5, "Size must be less than 5, but is 5"],
  [{ multipleOf: 2 }, 3, "Size must be a multiple of 2, but is 3"],
  [{ uniqueItems: true }, [1, 2, 1], "Size must not have the same item twice (items 0 and 2)"],
  [{ not: {} }, 1, "Size must have a form that is allowed here"],
])("describes the error of %j", (schema, value, message) => {
  expect(errorsOf(schema, value)[0]).toBe(message);
});

test("shortens long values", () => {
  expect(errorsOf({ type: "integer" }, "x".repeat(5000))[0]?.length).toBeLessThan(200);
});

test.each<[what: string, document: object, message: string]>([
  [
    "a name of a component",
    { components: { schemas: { "a b": {} } } },
    'components › schemas must have names of letters, digits, dots, - and _, but has "a b"',
  ],
  [
    "a reference of a schema",
    { components: { schemas: { A: { $id: "a#b" } } } },
    'components › schemas › A › $id must be a URI without a fragment, but is "a#b"',
  ],
])("describes the patterns of OpenAPI and JSON Schema in words: %s", (_, parts, message) => {
  const found: string[] = [];
  const document = { openapi: "3.1.0", info: { title: "x", version: "1" }, paths: {}, ...parts };
  checkOpenApi(document, (_code, _path, text) => found.push(text));
  checkSchemas(document, (_code, _path, text) => found.push(text));
  expect(found).toEqual([message]);
});

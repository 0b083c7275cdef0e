import { isDeepStrictEqual } from "node:util";
import { type AddDiagnostic, nestedKind, type Raw, raw } from "../checks.js";
import { followReferences, type Path } from "../pointer.js";
import type { FoundOperation, PlacedValue } from "./operations.js";

const mediaTypes = ["application/x-www-form-urlencoded", "application/json"];

/** The parameters that a POST sends in its body, as those of a query. A body that has none goes to `addDiagnostic`. */
export function bodyParameters(
  document: object,
  { method, operation, place }: FoundOperation,
  addDiagnostic: AddDiagnostic,
): PlacedValue[] {
  const path = [...place, "requestBody"];
  if (operation.requestBody === undefined) return [];
  if (method === "get") {
    addDiagnostic("body-form", path, "a GET has a body", "Write a POST, or parameters that are `in: query`.");
    return [];
  }
  const body = followReferences(document, operation.requestBody, path);
  const content = raw(raw(body.value).content);
  const readings = Object.keys(content).flatMap((type) => {
    const at = [...body.path, "content", type];
    if (mediaTypes.includes(type.split(";", 1)[0]?.trim().toLowerCase() ?? "")) {
      return [readProperties(document, raw(content[type]), at, addDiagnostic)];
    }
    const message = `the body is ${JSON.stringify(type)}, which the gateway does not take`;
    addDiagnostic("body-form", at, message, `Send it as ${mediaTypes.join(" or ")}.`);
    return [];
  });
  if (Object.keys(content).length === 0) {
    addDiagnostic(
      "body-form",
      path,
      "the body does not say what it is",
      `Send it as ${mediaTypes.join(" or ")}.`,
    );
  }
  const [first = [], second = first] = readings;
  const values = (list: readonly PlacedValue[]) => list.map(({ value }) => value);
  if (!isDeepStrictEqual(values(first), values(second))) {
    const message = "the form and the JSON body have different parameters";
    addDiagnostic("body-form", [...body.path, "content"], message, "Let both refer to one schema.");
  }
  return first;
}

function readProperties(document: object, media: Raw, at: Path, addDiagnostic: AddDiagnostic): PlacedValue[] {
  const { value, path } = followReferences(document, media.schema, [...at, "schema"]);
  const schema = raw(value);
  if (schema.type !== "object" || typeof schema.properties !== "object") {
    const help = "Write `type: object` with a property for each parameter, in this document.";
    addDiagnostic("body-form", path, "the schema of the body is no object with properties", help);
    return [];
  }
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const properties = raw(schema.properties);
  for (const [index, name] of required.entries()) {
    if (typeof name !== "string" || Object.hasOwn(properties, name)) continue;
    const message = `the body requires ${JSON.stringify(name)}, which is none of its properties`;
    addDiagnostic(
      "body-form",
      [...path, "required", index],
      message,
      "Describe it, or remove it from the list.",
    );
  }
  const example = exampleOf(document, media);
  return Object.entries(properties).map(([name, property]) => ({
    value: toParameter(document, name, raw(property), required.includes(name), example),
    origin: [...path, "properties", name],
    isProperty: true,
  }));
}

function exampleOf(document: object, media: Raw): Raw {
  if (media.example !== undefined) return raw(media.example);
  const [first] = Object.values(raw(media.examples));
  return raw(raw(followReferences(document, first, []).value).value);
}

/** A property keeps its whole schema; what a reader of parameters looks for outside it is repeated there. */
function toParameter(document: object, name: string, schema: Raw, required: boolean, example: Raw): Raw {
  const isExampleOwn = schema.example !== undefined || schema.examples !== undefined;
  return {
    name,
    in: "query",
    required,
    ...(schema.description === undefined ? {} : { description: schema.description }),
    ...(schema.deprecated === true ? { deprecated: true } : {}),
    // A body of the gateway has no nesting: what is nested is sent as Key.0, Key.0.Sub there too.
    ...(nestedKind(document, schema) === undefined ? {} : { "x-actiongen-style": "indexed" }),
    schema,
    ...(isExampleOwn || example[name] === undefined ? {} : { example: example[name] }),
  };
}

import { isDeepStrictEqual } from "node:util";
import { type AddDiagnostic, nestedKind } from "../checks.js";
import { followReferences, type Path, type Raw, raw } from "../pointer.js";
import type { FoundOperation, FoundParameter } from "./operations.js";

const mediaTypes = ["application/x-www-form-urlencoded", "application/json"];

/**
 * The parameters that a POST sends in its body, as query parameters.
 *
 * @returns `undefined` for a body that cannot be read, which is reported once.
 */
export function bodyParameters(
  document: object,
  { method, operation, origin }: FoundOperation,
  addDiagnostic: AddDiagnostic,
): FoundParameter[] | undefined {
  const path = [...origin, "requestBody"];
  if (operation.requestBody === undefined) return [];
  const fail = (at: Path, message: string, help: string) => {
    addDiagnostic("body-form", at, message, help);
    return undefined;
  };
  if (method === "get")
    return fail(path, "a GET has a body", "Write a POST, or parameters that are `in: query`.");
  const body = followReferences(document, operation.requestBody, path);
  const content = raw(raw(body.value).content);
  const types = Object.keys(content);
  const readable = types.filter((type) =>
    mediaTypes.includes(type.split(";", 1)[0]?.trim().toLowerCase() ?? ""),
  );
  const help = `Send it as ${mediaTypes.join(" or ")}.`;
  if (types[0] === undefined) return fail(path, "the body has no media type", help);
  if (readable.length === 0) {
    const message = `the body is ${JSON.stringify(types[0])}, which the gateway does not accept`;
    return fail([...body.path, "content", types[0]], message, help);
  }
  const readings = readable.map((type) =>
    readProperties(document, raw(content[type]), [...body.path, "content", type], addDiagnostic),
  );
  const [first, second = first] = readings.map((list) => list?.map(({ value }) => value));
  if (!isDeepStrictEqual(first, second)) {
    const message = "the form and the JSON body have different parameters";
    return fail([...body.path, "content"], message, "Refer to one schema in both.");
  }
  return readings[0];
}

function readProperties(
  document: object,
  media: Raw,
  at: Path,
  addDiagnostic: AddDiagnostic,
): FoundParameter[] | undefined {
  const { value, path } = followReferences(document, media.schema, [...at, "schema"]);
  const schema = raw(value);
  if (schema.type !== "object" || typeof schema.properties !== "object") {
    const help = "Write `type: object` with a property for each parameter, in this document.";
    addDiagnostic("body-form", path, "the schema of the body is not an object with properties", help);
    return undefined;
  }
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const properties = raw(schema.properties);
  for (const [index, name] of required.entries()) {
    if (typeof name !== "string" || Object.hasOwn(properties, name)) continue;
    const message = `the body requires ${JSON.stringify(name)}, which is not one of its properties`;
    const help = "Describe it, or remove it from the list.";
    addDiagnostic("body-form", [...path, "required", index], message, help);
  }
  const example = exampleOf(document, media);
  return Object.entries(properties).map(([name, property]) => {
    const value = toParameter(document, name, raw(property), required.includes(name), example);
    return { listed: value, value, origin: [...path, "properties", name], isProperty: true };
  });
}

function exampleOf(document: object, media: Raw): Raw {
  if (media.example !== undefined) return raw(media.example);
  const [first] = Object.values(raw(media.examples));
  return raw(raw(followReferences(document, first, []).value).value);
}

/** The property keeps its whole schema; annotations that a parameter has itself are repeated on the parameter. */
function toParameter(document: object, name: string, schema: Raw, required: boolean, example: Raw): Raw {
  const hasExample = schema.example !== undefined || schema.examples !== undefined;
  return {
    name,
    in: "query",
    required,
    ...(schema.description === undefined ? {} : { description: schema.description }),
    ...(schema.deprecated === true ? { deprecated: true } : {}),
    // The gateway's bodies have no nesting: nested values are sent as Key.0, Key.0.Sub there too.
    ...(nestedKind(document, schema) === undefined ? {} : { "x-actiongen-style": "indexed" }),
    schema,
    ...(hasExample || example[name] === undefined ? {} : { example: example[name] }),
  };
}

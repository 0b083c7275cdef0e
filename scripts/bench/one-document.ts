import { parse } from "yaml";
import { readFolder } from "../files.js";

type Json = Record<string, unknown>;

/**
 * All documents of a specification as one, which tools that know nothing of many documents can read: each action has
 * a path of its own name, and its components are named after it.
 *
 * @returns the document, and the number of actions in it.
 */
export async function oneDocument(spec: string): Promise<{ document: Json; actions: number }> {
  const paths: Json = {};
  const schemas: Json = {};
  let securitySchemes: unknown;
  for (const { text } of await readFolder(spec, ".openapi.yaml")) {
    const document = parse(text) as { paths: { "/": { get: { operationId: string } } }; components: Json };
    const action = document.paths["/"].get.operationId;
    const own = prefixed(document, action) as typeof document;
    paths[`/${action}`] = own.paths["/"];
    for (const [name, schema] of Object.entries(own.components.schemas as Json))
      schemas[`${action}.${name}`] = schema;
    securitySchemes = own.components.securitySchemes;
  }
  const info = { title: "Every action", version: "1.0.0" };
  const document = { openapi: "3.1.0", info, paths, components: { securitySchemes, schemas } };
  return { document, actions: Object.keys(paths).length };
}

const schemaReference = "#/components/schemas/";

/** A copy whose references to schemas lead to those that are named after the action. */
function prefixed(value: unknown, action: string): unknown {
  return JSON.parse(JSON.stringify(value), (key, member) =>
    key === "$ref" && typeof member === "string" && member.startsWith(schemaReference)
      ? `${schemaReference}${action}.${member.slice(schemaReference.length)}`
      : member,
  );
}

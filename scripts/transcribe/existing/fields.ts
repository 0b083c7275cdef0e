import { isObject, localTarget, operationPath, type Raw, raw, valueAt } from "../../openapi/pointer.js";
import type { Json } from "../schema.js";

/** Parameters and response fields of a document, nested ones as `DataSet.Name`, whatever their models are called. */
export interface DocumentFields {
  readonly parameters: ReadonlySet<string>;
  readonly response: ReadonlySet<string>;
  /** Those of both that are inside a data model. */
  readonly inModels: ReadonlySet<string>;
  readonly hasExample: boolean;
}

// Models can refer to each other in so many ways that their fields cannot be counted.
const maxFields = 20_000;
const maxDepth = 30;

/** Every action has these, whether its page has them or not. */
const ownNames = new Set(["Action", "RetCode", "Message"]);

/** Reads the fields of a document, which may be invalid. */
export function fieldsOf(document: Json): DocumentFields {
  const operation = raw(valueAt(document, operationPath));
  const list = Array.isArray(operation.parameters) ? operation.parameters.filter(isObject) : [];
  const [parameters, response, inModels] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const properties = Object.fromEntries(list.map(({ name, schema }) => [String(name), schema]));
  const walk = (schema: unknown, into: Set<string>) => {
    const visit = (value: unknown, path: string, models: readonly string[], depth: number): void => {
      const node = raw(value);
      if (depth > maxDepth || into.size > maxFields) return;
      if (node.items !== undefined) visit(node.items, path, models, depth + 1);
      const target = localTarget(node.$ref);
      const model = target?.join("/");
      if (target !== undefined && model !== undefined && !models.includes(model))
        visit(valueAt(document, target), path, [...models, model], depth + 1);
      for (const [name, property] of Object.entries(raw(node.properties))) {
        if (path === "" && ownNames.has(name)) continue;
        const at = path === "" ? name : `${path}.${name}`;
        into.add(at);
        if (models.length > 0) inModels.add(at);
        visit(property, at, models, depth + 1);
      }
    };
    visit(schema, "", [], 0);
  };
  walk({ properties }, parameters);
  walk(valueAt(document, ["components", "schemas", `${operation.operationId}Response`]), response);
  return { parameters, response, inModels, hasExample: exampleOf(operation) !== undefined };
}

function exampleOf(operation: Raw): unknown {
  return valueAt(operation, ["responses", "200", "content", "application/json", "example"]);
}

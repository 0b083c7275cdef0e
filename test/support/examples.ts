import { modelSchema } from "../../scripts/contract/model-schema.js";
import { schemaValidator } from "../../scripts/contract/schema-validator.js";
import type { Action, Field } from "../../scripts/model/api-model.js";
import { requirement } from "../../scripts/openapi/schema-error.js";

const validator = schemaValidator();

/** The problems of a value for a model of an action, by the schema of the contract tests. */
function problemsOf(value: unknown, action: Pick<Action, "models">, model: string): string[] {
  validator.validate(modelSchema(action, model), value);
  return (validator.errors ?? []).map((error) => `${error.instancePath} ${requirement(error)}`.trim());
}

/** The problems of a success body that a document or a page shows. */
export function responseProblems(action: Action, body: unknown): string[] {
  return problemsOf(body, action, action.responseModel).map((problem) => `the response: ${problem}`);
}

/** The problems of the parameters of a call: those that are undocumented, mistyped or missing. */
export function callProblems(action: Action, params: object): string[] {
  return valuesProblems(action, action.parameters, params).map((problem) => `the request: ${problem}`);
}

/** The problems of everything that the document of an action shows as an example, and of its defaults. */
export function exampleProblems(action: Action): string[] {
  const { parameters, models, responseExample } = action;
  const response = responseExample === undefined ? [] : responseProblems(action, responseExample);
  const shown = [{ name: action.name, fields: parameters }, ...models].flatMap(({ name, fields }) =>
    (["example", "default"] as const).flatMap((kind) => {
      const optional = fields.map((field) => ({ ...field, required: false }));
      const present = fields.filter((field) => field[kind] !== undefined);
      const values = Object.fromEntries(present.map((field) => [field.name, field[kind]]));
      return valuesProblems(action, optional, values).map((problem) => `${kind} of ${name}: ${problem}`);
    }),
  );
  return [...response, ...shown];
}

function valuesProblems({ models }: Action, fields: readonly Field[], values: object): string[] {
  // No component has this name.
  const model = { name: "the values", typeName: "", description: "", fields, additional: undefined };
  return problemsOf(values, { models: [...models, model] }, model.name);
}

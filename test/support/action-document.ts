import type { OpenApiDocument } from "../../scripts/model/api-model.js";

type Values = Readonly<Record<string, unknown>>;

/** Parts of an action that a test sets; the rest of its document is minimal. */
export interface ActionParts {
  readonly operation?: Values;
  /** Parameters without `Action`. */
  readonly parameters?: readonly Values[];
  /** Properties of the success body without `RetCode`. */
  readonly response?: Values;
  readonly schemas?: Values;
  readonly components?: Values;
  readonly root?: Values;
}

const signature = { PublicKey: [], Signature: [] };

export const securitySchemes = {
  PublicKey: { type: "apiKey", in: "query", name: "PublicKey" },
  Signature: { type: "apiKey", in: "query", name: "Signature" },
};

export const errorResponse = {
  type: "object",
  required: ["RetCode", "Message"],
  properties: { RetCode: { type: "integer", not: { const: 0 } }, Message: { type: "string" } },
};

/** Responses of an action: the success schema with this name, or the error schema. */
export function responses(success: string, example?: unknown): Values {
  const oneOf = [success, "ErrorResponse"].map((name) => ({ $ref: `#/components/schemas/${name}` }));
  const media = example === undefined ? { schema: { oneOf } } : { schema: { oneOf }, example };
  return { 200: { description: "The response.", content: { "application/json": media } } };
}

export function successResponse(properties: Values = {}): Values {
  return {
    type: "object",
    required: ["RetCode"],
    properties: { RetCode: { type: "integer", const: 0 }, ...properties },
  };
}

export function actionParameter(name: string): Values {
  return { name: "Action", in: "query", required: true, schema: { type: "string", const: name } };
}

/** A document with one action. */
export function actionDocument(name: string, parts: ActionParts = {}): OpenApiDocument {
  const { operation = {}, parameters = [], response = {}, schemas = {}, components = {}, root = {} } = parts;
  const get = {
    operationId: name,
    security: [signature],
    parameters: [actionParameter(name), ...parameters],
    responses: responses("Response"),
    ...operation,
  };
  return {
    openapi: "3.1.0",
    info: { title: name, version: "1.0.0" },
    ...root,
    paths: { "/": { get } },
    components: {
      securitySchemes,
      schemas: { Response: successResponse(response), ErrorResponse: errorResponse, ...schemas },
      ...components,
    },
  };
}

/** A document with these paths and the components that signed operations refer to. */
export function manyActions(paths: object, rest: object = {}): object {
  return {
    openapi: "3.1.0",
    info: { title: "Many", version: "1.0.0" },
    security: [signature],
    ...rest,
    paths,
    components: {
      securitySchemes,
      schemas: { Response: successResponse(), ErrorResponse: errorResponse },
      ...("components" in rest ? (rest.components as object) : {}),
    },
  };
}

import { cellDescription } from "./description.js";
import type { FieldNode } from "./fields.js";
import type { Page } from "./page.js";
import { describeField, type Json, type SchemaContext } from "./schema.js";

/** Parameters that the client adds to a request, so that an action cannot have its own. */
export const reservedParameters: readonly string[] = ["Action", "PublicKey", "Signature", "SecurityToken"];

function publicDescription({ publicParameters, request }: Page, name: string, context: SchemaContext): Json {
  const row = [...publicParameters, ...request].find((one) => one.name === name);
  const description = cellDescription(row?.description ?? "", context.linkTo);
  return description === "" ? {} : { description };
}

/** The parameter with the name of the action. */
export function actionParameter(page: Page, context: SchemaContext): Json {
  return {
    name: "Action",
    in: "query",
    required: true,
    ...publicDescription(page, "Action", context),
    schema: { type: "string", const: page.action },
    example: page.action,
  };
}

/** A parameter of the action. */
export function parameter(field: FieldNode, example: unknown, context: SchemaContext): Json {
  const { name, required, type } = field;
  const { schema, annotations } = describeField(field, context);
  const isNested = type.kind === "array" || type.kind === "model" || type.kind === "object";
  return {
    name,
    in: "query",
    required,
    ...annotations,
    ...(isNested ? { "x-actiongen-style": "indexed" } : {}),
    schema,
    ...(example === undefined ? {} : { example }),
  };
}

export function securityScheme(page: Page, name: string, context: SchemaContext): Json {
  return { type: "apiKey", in: "query", name, ...publicDescription(page, name, context) };
}

/** Name of the error schema. The success schema of an action `Error` has the usual name. */
export function errorName(action: string): string {
  return action === "Error" ? "ErrorResponse2" : "ErrorResponse";
}

/** The 200 response. Every response has this status; RetCode distinguishes success and failure. */
export function responseOf(action: string, example: unknown): Json {
  const schemas = [`${action}Response`, errorName(action)];
  return {
    description: "Success or failure, as RetCode tells.",
    content: {
      "application/json": {
        schema: { oneOf: schemas.map((name) => ({ $ref: `#/components/schemas/${name}` })) },
        ...(example === undefined ? {} : { example }),
      },
    },
  };
}

/** The success schema: the response fields of the page, with a required RetCode of 0. */
export function successSchema(response: Json): Json {
  const { required = [], properties } = response as { required?: string[]; properties: Json };
  const { RetCode, ...others } = properties;
  return {
    type: "object",
    required: ["RetCode", ...required.filter((name) => name !== "RetCode")],
    properties: { RetCode: { type: "integer", const: 0, ...descriptionOf(RetCode) }, ...others },
  };
}

/** The error schema: any other RetCode, and its message. */
export function errorSchema(response: Json): Json {
  const { properties } = response as { properties: Json };
  return {
    type: "object",
    required: ["RetCode", "Message"],
    properties: {
      RetCode: { type: "integer", not: { const: 0 }, ...descriptionOf(properties.RetCode) },
      Action: { type: "string", ...descriptionOf(properties.Action) },
      Message: { type: "string", ...descriptionOf(properties.Message) },
    },
  };
}

function descriptionOf(schema: unknown): Json {
  const description = (schema as Json | undefined)?.description;
  return typeof description === "string" ? { description } : {};
}

import { cellDescription } from "./description.js";
import type { FieldNode, FieldType } from "./fields.js";
import type { Page } from "./page.js";
import { describeField, type Json, type SchemaContext } from "./schema.js";

const publicNames = ["Action", "PublicKey", "Signature"];

/** Whether a parameter belongs to every call, and is written apart from the action's own. */
export function isPublic(name: string): boolean {
  return publicNames.includes(name);
}

function publicDescription({ publicParameters, request }: Page, name: string, context: SchemaContext): Json {
  const row = [...publicParameters, ...request].find((one) => one.name === name);
  const description = cellDescription(row?.description ?? "", context.linkTo);
  return description === "" ? {} : { description };
}

/** The parameter that names the action. */
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
export function parameter(
  field: FieldNode,
  values: ReadonlyMap<string, unknown>,
  context: SchemaContext,
): Json {
  const { schema, description, deprecated } = describeField(field, context);
  return {
    name: field.name,
    in: "query",
    required: field.required,
    ...(description === "" ? {} : { description }),
    ...(deprecated ? { deprecated } : {}),
    ...(isNested(field.type) ? { "x-actiongen-style": "indexed" } : {}),
    schema,
    ...(values.has(field.name) ? { example: values.get(field.name) } : {}),
  };
}

function isNested({ kind }: FieldType): boolean {
  return kind === "array" || kind === "model" || kind === "object";
}

export function securityScheme(page: Page, name: string, context: SchemaContext): Json {
  return { type: "apiKey", in: "query", name, ...publicDescription(page, name, context) };
}

/** Name of the error schema: the success schema of an action Error is called ErrorResponse already. */
export function errorName(action: string): string {
  return action === "Error" ? "ErrorResponse2" : "ErrorResponse";
}

/** The 200 response: every answer has this status, and RetCode tells success and failure apart. */
export function answerOf(action: string, example: unknown): Json {
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

/** The success schema: the response fields of the page, with a RetCode of 0, which every answer has. */
export function successSchema(response: Json): Json {
  const { required = [], properties } = response as { required?: string[]; properties: Json };
  const { RetCode, ...others } = properties;
  return {
    type: "object",
    required: ["RetCode", ...required.filter((name) => name !== "RetCode")],
    properties: { RetCode: { type: "integer", const: 0, ...descriptionOf(RetCode) }, ...others },
  };
}

/** The error schema: any other RetCode, and the message that goes with it. */
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

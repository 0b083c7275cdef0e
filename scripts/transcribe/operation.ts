import { cellDescription } from "./description.js";
import type { FieldNode } from "./fields.js";
import type { Page } from "./page.js";
import { defined, describeField, type Json, type SchemaContext } from "./schema.js";

/** Parameters that the client adds to a request, so that an action cannot have its own. */
export const reservedParameters: readonly string[] = ["Action", "PublicKey", "Signature", "SecurityToken"];

/** Description of a reserved parameter, in either table. */
function reservedDescription({ publicParameters, request }: Page, name: string, { linkTo }: SchemaContext) {
  const row = [...publicParameters, ...request].find((one) => one.name === name);
  return cellDescription(row?.description ?? "", linkTo) || undefined;
}

/** The parameter with the name of the action. */
export function actionParameter(page: Page, context: SchemaContext): Json {
  return defined({
    name: "Action",
    in: "query",
    required: true,
    description: reservedDescription(page, "Action", context),
    schema: { type: "string", const: page.action },
    example: page.action,
  });
}

/** A parameter of the action. */
export function parameter(field: FieldNode, example: unknown, context: SchemaContext): Json {
  const { name, required, type } = field;
  const { schema, annotations } = describeField(field, context);
  const isNested = type.kind === "array" || type.kind === "model" || type.kind === "object";
  const style = isNested ? "indexed" : undefined;
  return defined({
    name,
    in: "query",
    required,
    ...annotations,
    "x-actiongen-style": style,
    schema,
    example,
  });
}

export function securitySchemes(page: Page, context: SchemaContext): Json {
  const scheme = (name: string) =>
    defined({ type: "apiKey", in: "query", name, description: reservedDescription(page, name, context) });
  return { PublicKey: scheme("PublicKey"), Signature: scheme("Signature") };
}

/** Name of the error schema. The success schema of an action `Error` has the usual name. */
export function errorName(action: string): string {
  return action === "Error" ? "ErrorResponse2" : "ErrorResponse";
}

/** The 200 response. Every response has this status; RetCode distinguishes success and failure. */
export function responseOf(action: string, example: unknown): Json {
  const names = [`${action}Response`, errorName(action)];
  const schema = { oneOf: names.map((name) => ({ $ref: `#/components/schemas/${name}` })) };
  return {
    description: "Success or error, depending on RetCode.",
    content: { "application/json": defined({ schema, example }) },
  };
}

/**
 * The success schema, which has the response fields of the page and a RetCode of 0, and the error schema, which has any
 * other RetCode and its message.
 */
export function responseSchemas(action: string, response: Json): Json {
  const { required = [], properties } = response as { required?: string[]; properties: Record<string, Json> };
  const { RetCode, ...others } = properties;
  const field = (name: string, schema: Json) =>
    defined({ ...schema, description: properties[name]?.description });
  return {
    [`${action}Response`]: {
      type: "object",
      required: ["RetCode", ...required.filter((name) => name !== "RetCode")],
      properties: { RetCode: field("RetCode", { type: "integer", const: 0 }), ...others },
    },
    [errorName(action)]: {
      type: "object",
      required: ["RetCode", "Message"],
      properties: {
        RetCode: field("RetCode", { type: "integer", not: { const: 0 } }),
        Action: field("Action", { type: "string" }),
        Message: field("Message", { type: "string" }),
      },
    },
  };
}

import type { ObjectModel, Type } from "../../model/api-model.js";

/**
 * Copies a valid value of a type, with each string in base64 replaced by what `change` returns for it.
 *
 * @returns `undefined` if `change` returns `undefined` for any of them.
 */
export function changeEncoded(
  value: unknown,
  type: Type,
  models: readonly ObjectModel[],
  change: (encoded: string) => string | undefined,
): unknown {
  const inside = (item: unknown, itemType: Type) => changeEncoded(item, itemType, models, change);
  if (type.kind === "string") return type.encoding === "base64" ? change(String(value)) : value;
  if (type.kind === "array" && Array.isArray(value)) {
    const items = value.map((item) => inside(item, type.items));
    return items.includes(undefined) ? undefined : items;
  }
  if (type.kind !== "object" || typeof value !== "object" || value === null) return value;
  const fields = models.find(({ name }) => name === type.model)?.fields ?? [];
  const items = Object.entries(value).map(([name, item]) => {
    const field = fields.find((one) => one.name === name);
    return [name, field === undefined ? item : inside(item, field.type)] as const;
  });
  return items.some(([, item]) => item === undefined) ? undefined : Object.fromEntries(items);
}

/** The argument if it is base64; otherwise `undefined`. */
export function ifBase64(text: string): string | undefined {
  return Buffer.from(text, "base64").toString("base64") === text ? text : undefined;
}

/** The text that a string encodes in base64; `undefined` if it does not encode any. */
export function decodedText(encoded: string): string | undefined {
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const isText =
    Buffer.from(text).toString("base64") === encoded && !/(?![\t\n\r])[\p{Cc}\uFFFD]/u.test(text);
  return isText ? text : undefined;
}

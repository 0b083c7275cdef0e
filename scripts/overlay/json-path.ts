/** An action of an OpenAPI Overlay. */
export type OverlayFix =
  | { readonly target: string; readonly update: unknown }
  | { readonly target: string; readonly remove: true };

/** A segment of a JSONPath: `.name`, `['a name']` or `[0]`. */
export function segment(key: string | number): string {
  if (typeof key === "number") return `[${key}]`;
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${literal(key)}]`;
}

/** A string of JSONPath. It has the escapes of JSON, except that of the quotation mark. */
export function literal(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped}'`;
}

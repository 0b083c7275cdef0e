import type { Overlay } from "../../scripts/overlay/overlay.js";
import type { Json } from "../../scripts/transcribe/schema.js";
import { transcribe } from "../../scripts/transcribe/transcribe.js";
import { parseYamlValue } from "../../scripts/transcribe/yaml-document.js";
import { settings } from "./transcribed.js";
import { type PageField, type PageType, renderPage, type VendorPage } from "./vendor-page.js";

/** A page about books; parts replace its own. */
export function bookPage(parts: Partial<VendorPage>): VendorPage {
  return {
    action: "ListBooks",
    summary: "See what is on a shelf",
    overview: "Books, in their order on the shelf.",
    parameters: [],
    response: [],
    models: [{ name: "Book", fields: [row("BookId", "string", "Which book")] }],
    requestExample: [],
    responseExample: { RetCode: 0, Action: "ListBooksResponse" },
    ...parts,
  };
}

/** A row of a table. */
export function row(name: string, type: PageType, description: string, required = false): PageField {
  return { name, type, description, required };
}

/** The parts of a document that facts are inferred into, and the notes about them as `line: code: message`. */
export async function inferred(page: VendorPage, ...overlays: readonly Overlay[]) {
  const text = renderPage(page, "en");
  const source = { path: "shelf-api/page.md", text };
  const { documents, findings } = await transcribe([source], overlays, settings, () => {});
  const { paths, components } = parseYamlValue(documents[0]?.content ?? "") as {
    paths: { "/": { get: Json & { parameters: (Json & { name: string })[] } } };
    components: { schemas: Record<string, { properties: Record<string, Json> }> };
  };
  const operation = paths["/"].get;
  const notes = findings.filter(({ code }) => /^inferred|^(?:paging|retry)-/.test(code));
  return {
    operation,
    schemas: components.schemas,
    response: components.schemas[`${page.action}Response`]?.properties ?? {},
    parameter: (name: string): Json => operation.parameters.find((one) => one.name === name) ?? {},
    codes: notes.map(({ code }) => code),
    notes: notes.map(({ code, line, message }) => `${code}: ${text.split("\n")[line - 1]} → ${message}`),
    problems: findings.filter(({ severity }) => severity === "error"),
  };
}

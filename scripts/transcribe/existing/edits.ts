import { stringify } from "yaml";
import { Diagnostics } from "../../diagnostic.js";
import type { SourceFile } from "../../files.js";
import { parseYaml } from "../../openapi/yaml.js";
import type { OverlayFix } from "../../overlay/json-path.js";
import type { Findings } from "../findings.js";
import type { Json } from "../schema.js";
import { type Difference, differences } from "./differences.js";
import { sourceKey } from "./hash.js";

/** A document whose values were edited by hand and differ from those of its page. */
export interface EditedDocument {
  /** Relative to the specification folder, with forward slashes. */
  readonly path: string;
  /** An OpenAPI Overlay, for `<specification folder>/overlays`, that keeps every value of the document. */
  readonly overlay: string;
}

/**
 * Reports every value of an edited document that the transcription of its page would change.
 *
 * @param path path of the document in the specification folder.
 * @param ours the document as it is, without the values that a parser adds.
 * @param theirs the document that the page results in.
 */
export function reportEdits(
  path: string,
  file: SourceFile,
  ours: Json,
  theirs: Json,
  findings: Findings,
): EditedDocument {
  const yaml = parseYaml(file, new Diagnostics());
  const found = differences(withoutSource(ours), withoutSource(theirs));
  for (const difference of found) {
    const help =
      "The document was not changed. Keep the value with the overlay that `transcribe` prints, or delete the document to have that of the page.";
    findings.error("document-edited", yaml?.lineOf(difference.path) ?? 1, describe(difference), help);
  }
  return { path, overlay: overlayOf(path, ours, found) };
}

function withoutSource({ [sourceKey]: _, ...data }: Json): Json {
  return data;
}

function describe({ label, ours, theirs }: Difference): string {
  if (ours === undefined) return `${label} was removed by hand, but is ${shown(theirs)} on the page`;
  const value = `${label} was edited by hand: it is ${shown(ours)}`;
  return theirs === undefined
    ? `${value}, but is not on the page`
    : `${value}, but ${shown(theirs)} on the page`;
}

/** A value on one line, shortened. */
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

function overlayOf(path: string, { info }: Json, found: readonly Difference[]): string {
  const { title = path } = (info ?? {}) as { title?: string };
  const actions: OverlayFix[] = found.flatMap((difference) => difference.actions);
  return printable({
    overlay: "1.0.0",
    info: { title: `Corrections of ${title}`, version: "1.0.0" },
    extends: encodeURI(`../${path}`),
    actions,
  });
}

// What a terminal acts on, or does not show.
const unprintable = /(?!\n)[\p{Cc}\p{Bidi_Control}\u2028\u2029\uFEFF]/gu;

/** YAML that can be printed to a terminal, and copied from there. */
function printable(value: unknown): string {
  const options = { lineWidth: 0, aliasDuplicateObjects: false, compat: "yaml-1.1" } as const;
  const text = stringify(value, options);
  if (text.search(unprintable) < 0) return text;
  const quoted = stringify(value, {
    ...options,
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "QUOTE_DOUBLE",
    doubleQuotedAsJSON: true,
  });
  const escaped = (found: string) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return quoted.replace(unprintable, escaped);
}

import type { Diagnostic } from "../diagnostic.js";
import type { Action, Field, SourceRef, Type } from "../model/api-model.js";
import { isSecretByName } from "../model/names.js";
import type { Path } from "../openapi/pointer.js";
import type { OverlayFix } from "../overlay/json-path.js";
import { isFieldName } from "../record/public-values.js";
import type { DocumentFix } from "./document-fix.js";
import type { Recording } from "./recording.js";

/** Disagreement of a recording with a document or a client. */
export interface Finding extends Diagnostic {
  /** JSONPath of the value in the response body, name of the request parameter, or `""`. */
  readonly at: string;
  /** The document, relative to the specification folder; `""` if no document describes the action. */
  readonly document: string;
  /** Where the vendor's page, or a document that was not transcribed, describes it; `undefined` if nothing does. */
  readonly source: SourceRef | undefined;
  /** Actions of an OpenAPI Overlay with which the document would agree, in their order; empty if there are none. */
  readonly overlay: readonly OverlayFix[];
}

/** Finding of a check. */
export interface Found {
  /** Stable name of its kind. */
  readonly code: string;
  /** Path in the entry of the recording, for its line. */
  readonly path: Path;
  readonly at?: string;
  readonly message: string;
  readonly fix?: DocumentFix | undefined;
}

/** Path in an entry of the response body. */
export const bodyPath: Path = ["response", "content", "text"];

/** @param action `undefined` if no document describes it. */
export function toFinding(recording: Recording, action: Action | undefined, found: Found): Finding {
  const { code, path, at = "", message, fix } = found;
  const help =
    fix === undefined
      ? "Correct whichever is wrong: the recording, or the document and then generate again."
      : "Correct whichever is wrong: the recording, or the document with an overlay, and then generate again.";
  return {
    code,
    file: recording.file,
    line: recording.lineOf(path),
    message,
    help,
    at,
    document: action?.documentPath ?? "",
    source: fix?.source ?? action?.source,
    overlay: fix?.overlay ?? [],
  };
}

/** A value in a message; only its type if it can be a secret, and no digits that it never had. */
export function show(value: unknown, isSecret: boolean): string {
  if (value === undefined) return "absent";
  if (isSecret) return `of type ${typeNameOf(value)} (hidden)`;
  return hasLostDigits(value) ? beyondSafe : JSON.stringify(value, withoutLostDigits);
}

const beyondSafe = "a number beyond 2^53";

/** Whether parsing may have rounded a number. */
function hasLostDigits(value: unknown): boolean {
  if (typeof value !== "number") return false;
  return !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value));
}

function withoutLostDigits(_key: string, value: unknown): unknown {
  return hasLostDigits(value) ? beyondSafe : value;
}

/** Whether a value that no document describes can be a secret: any string of a call at the real API can. */
export function isSecretValue({ origin }: Recording, name: string, value: unknown): boolean {
  if (isSecretByName(name, { kind: "json", nullable: false })) return true;
  return origin === "captured" && !["number", "boolean"].includes(typeof value) && value !== null;
}

/**
 * Keys of a path as findings name them. A key of a captured call can be a value, such as the ID of a resource, unless the
 * document lists it or it is written as a name: it is `<key>`.
 */
export function shownKeys({ origin }: Recording, keys: Path, isListed: (path: Path) => boolean): Path {
  const isShown = (key: string | number, index: number) =>
    /^\d{1,4}$/.test(String(key)) || isFieldName(String(key)) || isListed(keys.slice(0, index + 1));
  return origin === "captured" ? keys.map((key, index) => (isShown(key, index) ? key : "<key>")) : keys;
}

/** Fields of the objects that a value of a type can be or contain. */
export function fieldsOf(type: Type, models: Action["models"]): readonly Field[] {
  if (type.kind === "array") return fieldsOf(type.items, models);
  if (type.kind === "map") return fieldsOf(type.values, models);
  if (type.kind === "union") return type.members.flatMap((member) => fieldsOf(member, models));
  return type.kind === "object" ? (models.find(({ name }) => name === type.model)?.fields ?? []) : [];
}

/** Schema of a value that was recorded, as far as one value shows it. */
export function inferredSchema(value: unknown): Readonly<Record<string, unknown>> {
  if (Array.isArray(value)) return { type: "array", items: value.length === 0 ? {} : unionOf(value) };
  if (typeof value !== "object" || value === null) return value === null ? {} : { type: typeNameOf(value) };
  // Keys that are no names can be values, which differ.
  if (!Object.keys(value).every(isFieldName))
    return { type: "object", additionalProperties: unionOf(Object.values(value)) };
  const properties = Object.entries(value).map(([name, item]) => [name, inferredSchema(item)]);
  return { type: "object", properties: Object.fromEntries(properties) };
}

function unionOf(values: readonly unknown[]): Readonly<Record<string, unknown>> {
  const schemas = new Map(
    values.map(inferredSchema).map((schema) => [JSON.stringify(schema), schema] as const),
  );
  const all = [...schemas.values()];
  return all.length === 1 ? (all[0] ?? {}) : { anyOf: all };
}

function typeNameOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

import type { RetCodeTable } from "./errors.js";
import type { OldNames } from "./old-names.js";

/**
 * The type of a parameter, abbreviated: a kind, or `#` and the name of a model; then `[]` for each array around it; then `!`
 * if it is required. For example, `#Disk[]!` is a required array of disks.
 *
 * Kinds: `string`, `enum`, `integer`, `number`, `boolean`, `json` (any value) and `base64` (a string or bytes that are
 * encoded before they are sent).
 */
export type TypeText = string;

/** The fields of an object, by name. */
export type Fields = Readonly<Record<string, TypeText>>;

/** Names of the parameters and response fields that page through a list. */
export interface Paging {
  readonly offset: string;
  readonly limit: string;
  readonly total: string;
  readonly items: string;
}

/** Description of an action: everything that a call needs besides its parameters. */
export interface Operation<Params extends object, Body extends object> {
  readonly action: string;
  /** Whether the action can be called again although an earlier call may have taken effect. */
  readonly retrySafe: boolean;
  readonly parameters: Fields;
  /** Object types that the parameters refer to. */
  readonly models: Readonly<Record<string, Fields>>;
  /** Names of parameters and response fields, at any depth, whose values are secrets. */
  readonly secrets: readonly string[];
  readonly retCodes: RetCodeTable;
  /** Names that parameters and response fields had in earlier versions, if there are any. */
  readonly old?: OldNames;
  /** Carries the types of the parameters and of the success body; never set. */
  readonly types?: (params: Params) => Body;
}

/** Description of an action that returns a list page by page. */
export interface PagedOperation<Params extends object, Body extends object> extends Operation<Params, Body> {
  readonly paging: Paging;
}

/** Description of any action. */
export type AnyOperation = Omit<Operation<object, object>, "types">;

/** Whether an action only reads, by its name: the rule for an action whose description does not say whether it is retry-safe. */
export function isReadOnly(action: string): boolean {
  return /^(?:Describe|Get|List|Check|Query)(?![a-z])/.test(action);
}

/** The kind of value of a type without its `!`: `array` if it ends in `[]`, `object` for a model. */
export function kindOf(type: TypeText): string {
  if (type.endsWith("[]")) return "array";
  return type.startsWith("#") ? "object" : type || "json";
}

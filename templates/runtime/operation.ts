import type { RetCodeTable } from "./errors.js";

/**
 * The type of a parameter in short: a kind, or `#` and the name of a model; then `[]` for each array around it; then `!`
 * where it is required. So `#Disk[]!` is a list of disks that has to be there.
 *
 * Kinds: `string`, `enum`, `integer`, `number`, `boolean`, `json` (anything) and `base64` (text or bytes that are
 * encoded before they are sent).
 */
export type TypeText = string;

/** The fields of an object, by name. */
export type Fields = Readonly<Record<string, TypeText>>;

/** Where a paged action takes and gives the parts of its list: names of parameters and fields. */
export interface Paging {
  readonly offset: string;
  readonly limit: string;
  readonly total: string;
  readonly items: string;
}

/** What the generator knows about one action: all that a call needs besides its parameters. */
export interface Operation<Params extends object, Body extends object> {
  readonly action: string;
  /** Whether a call may be repeated where nobody knows if it took effect. */
  readonly retrySafe: boolean;
  readonly parameters: Fields;
  /** Object types that the parameters name. */
  readonly models: Readonly<Record<string, Fields>>;
  /** Names of parameters and of fields of the answer, wherever they stand, whose values are secrets. */
  readonly secrets: readonly string[];
  readonly retCodes: RetCodeTable;
  /** Carry the types of the parameters and of the success body; never set. */
  readonly types?: (params: Params) => Body;
}

/** An action that gives a list in parts. */
export interface PagedOperation<Params extends object, Body extends object> extends Operation<Params, Body> {
  readonly paging: Paging;
}

/** What the calls of any action have in common. */
export type AnyOperation = Omit<Operation<object, object>, "types">;

/** The kind of value that a type without its `!` is: `array` where there is one around it, `object` for a model. */
export function kindOf(type: TypeText): string {
  if (type.endsWith("[]")) return "array";
  return type.startsWith("#") ? "object" : type || "json";
}

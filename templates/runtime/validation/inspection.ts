import type { Violation } from "../errors.js";

/** Problems that a validator reports besides missing fields and values of a wrong type. */
export interface ValidationOptions {
  /** Strings that do not have the specified format, such as a URI. Default: `true`. */
  readonly formats?: boolean | undefined;
  /** Fields that the specification does not list. Default: `false`, since the vendor adds fields at any time. */
  readonly unknownFields?: boolean | undefined;
  /** Values that an enumeration does not list. Default: `false`, since the vendor adds values at any time. */
  readonly unlistedValues?: boolean | undefined;
}

/** Checks one value, and reports its problems. */
export type Check = (value: unknown, at: Inspection) => void;

/** Validates a success body of one action. @returns its violations of the specification. */
export type Validator = (body: object, options?: ValidationOptions) => readonly Violation[];

/** Option `validate` of a client. */
export type Validate = (action: string, body: object) => readonly Violation[];

/**
 * Combines validators, by the names of their actions, into a client's `validate`. Responses of other actions are not validated.
 *
 * @param options problems to report, in the responses of every action.
 */
export function validateOnly(
  validators: Readonly<Record<string, Validator>>,
  options?: ValidationOptions,
): Validate {
  const all = new Map(Object.entries(validators));
  return (action, body) => all.get(action)?.(body, options) ?? [];
}

/** State of the validation of a response body. */
export interface Inspection {
  readonly options: ValidationOptions;
  /** Keys and indices of the current value. */
  readonly path: (string | number)[];
  /** Number of unions around the current value. */
  readonly unions: number;
  /** Reports a problem of the current value, which it must not quote. */
  readonly report: (problem: string) => void;
}

/** Runs the check of a body. @returns its violations, in the order of the body; empty if it is valid. */
export function violationsOf(check: Check, value: unknown, options: ValidationOptions = {}): Violation[] {
  const path: (string | number)[] = [];
  const found: Violation[] = [];
  let more = 0;
  const report = (problem: string) => {
    // A body with more violations is something else altogether.
    if (found.length < 100) found.push({ path: formatPath(path), problem });
    else more += 1;
  };
  check(value, { options, path, unions: 0, report });
  if (more > 0) found.push({ path: root, problem: `has ${more} more violations` });
  return found;
}

const root = "the body";

/** Formats a path such as `DataSet[1].BackupId`. An unusual name comes from the response, so it is quoted and shortened. */
function formatPath(path: readonly (string | number)[]): string {
  const keys = path.map((key) => {
    if (typeof key === "number") return `[${key}]`;
    return /^[\w-]{1,100}$/.test(key) ? `.${key}` : `[${JSON.stringify(key.slice(0, 100))}]`;
  });
  return keys.join("").replace(/^\./, "") || root;
}

import type { Violation } from "../errors.js";
import { type Check, inspect, type ValidationOptions } from "./inspection.js";

/** Holds a success body against the specification of its action. @returns what is not as it promises. */
export type Validator = (body: object, options?: ValidationOptions) => readonly Violation[];

/** What a client takes as `validate`. */
export type Validate = (action: string, body: object) => readonly Violation[];

/**
 * Makes a client's `validate` of validators by the names of their actions. Answers of other actions pass as they are.
 *
 * @param options what to look for, in all of them.
 */
export function validateOnly(
  validators: Readonly<Record<string, Validator>>,
  options?: ValidationOptions,
): Validate {
  return (action, body) => {
    const validator = Object.hasOwn(validators, action) ? validators[action] : undefined;
    return validator?.(body, options) ?? [];
  };
}

/** Carries out the check of a body. @returns what it found; empty where all is as it should be. */
export function violationsOf(check: Check, body: object, options: ValidationOptions = {}): Violation[] {
  return inspect(check, body, options);
}

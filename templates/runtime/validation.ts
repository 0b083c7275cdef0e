/** Holds success bodies against the specification: what the generated validators are made of. */

export type { Violation } from "./errors.js";
export {
  anything,
  array,
  boolean,
  integer,
  listed,
  literal,
  nullable,
  number,
  object,
  string,
  typed,
} from "./validation/checks.js";
export { date, dateTime, email, ipv4, ipv6, uri, uuid } from "./validation/formats.js";
export type { Check, Inspection, ValidationOptions } from "./validation/inspection.js";
export { type Validate, type Validator, validateOnly, violationsOf } from "./validation/validate.js";

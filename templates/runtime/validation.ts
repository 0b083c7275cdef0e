/** Validation of success bodies: the checks that generated validators consist of. */

export type { Violation } from "./errors.js";
export {
  anyOf,
  anything,
  array,
  boolean,
  integer,
  listed,
  literal,
  map,
  nullable,
  number,
  object,
  string,
} from "./validation/checks.js";
export { date, dateTime, email, ipv4, ipv6, uri, uuid } from "./validation/formats.js";
export {
  type Check,
  type Inspection,
  type Validate,
  type ValidationOptions,
  type Validator,
  validateOnly,
  violationsOf,
} from "./validation/inspection.js";

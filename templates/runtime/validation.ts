/** Validation of success bodies: the checks that generated validators consist of. */
export type { Violation } from "./errors.js";
export * from "./validation/checks.js";
export * from "./validation/formats.js";
export * from "./validation/inspection.js";

import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { isUnique } from "../../templates/runtime/validation/checks.js";

/**
 * An Ajv that validates response bodies, which are hostile, against the schemas of `modelSchema`.
 *
 * @param errors whether it collects all errors of a body, or stops at the first.
 */
export function schemaValidator(errors: "all" | "first" = "all"): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: errors === "all",
    strict: false,
    verbose: true,
    ownProperties: true,
    logger: false,
  });
  addFormats.default(ajv);
  // Ajv's own comparison throws a TypeError where an object has a member such as `toString`.
  ajv.removeKeyword("uniqueItems");
  ajv.addKeyword({
    keyword: "uniqueItems",
    type: "array",
    validate: (isRequired: boolean, items: unknown[]) => !isRequired || isUnique(items),
    error: { message: "must NOT have duplicate items" },
  });
  return ajv;
}

import type { Diagnostics } from "../diagnostic.js";
import type { SourceFile } from "../files.js";
import { isObject, type Raw } from "../openapi/pointer.js";
import { parseJson } from "../openapi/yaml.js";

/** Parameters of a call that a user wrote as JSON. Integers are of the type `bigint`, which keeps every digit. */
export interface WrittenParameters {
  readonly value: Raw;
  /** Line of a parameter; its name can be flat or a path, such as `Disks.0.Size` or `Disks[0].Size`. */
  lineOf(name: string): number;
}

/**
 * Parses parameters, a JSON object. Reports problems and then returns `undefined`.
 *
 * @param example end of the advice for anything else: `such as {…}`.
 */
export function parseParameters(
  source: SourceFile,
  example: string,
  diagnostics: Diagnostics,
): WrittenParameters | undefined {
  const help = `Pass the parameters as a JSON object, ${example}.`;
  const yaml = parseJson(source, help, diagnostics, { intAsBigInt: true });
  if (yaml === undefined) return undefined;
  const { file, value } = yaml;
  if (!isObject(value)) {
    diagnostics.add({ code: "parameters", file, line: 1, message: "is not a JSON object", help });
    return undefined;
  }
  return {
    value,
    lineOf(path) {
      const name = path.replaceAll(/\[(\d+)\]/g, ".$1");
      const nested = name.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
      return Math.max(yaml.lineOf([name]), yaml.lineOf(nested));
    },
  };
}

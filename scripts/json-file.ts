import type { ValidateFunction } from "ajv/dist/2020.js";
import type { Diagnostics } from "./diagnostic.js";
import { linkProblem, readIfThere } from "./files.js";
import { reportErrors } from "./openapi/schema-error.js";
import { parseJson, reporter, type YamlSource } from "./openapi/yaml.js";

/** A JSON file whose form was validated. */
interface JsonFile<Value> extends YamlSource {
  readonly value: Value;
}

/**
 * Reads a JSON file of the specification folder that `actiongen release` writes.
 *
 * @returns `undefined` if it does not exist, or has problems, which are reported.
 */
export async function readJsonFile<Value>(
  folder: string,
  path: string,
  validate: ValidateFunction<Value>,
  diagnostics: Diagnostics,
): Promise<JsonFile<Value> | undefined> {
  const help = "`actiongen release` writes this file: restore it from version control.";
  try {
    const source = await readIfThere(`${folder}/${path}`);
    if (source === undefined) return undefined;
    const link = linkProblem(folder, `${folder}/${path}`);
    if (link !== undefined) return void diagnostics.add(link);
    const json = parseJson(source, help, diagnostics);
    if (json === undefined) return undefined;
    const { value } = json;
    if (validate(value)) return { ...json, value };
    reportErrors(
      validate.errors ?? [],
      { code: "release-file", whole: "the file", help },
      reporter(json, diagnostics),
    );
  } catch (error) {
    diagnostics.addAll(error);
  }
  return undefined;
}

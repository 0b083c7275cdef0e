import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { build } from "esbuild";
import type { Action } from "../../scripts/model/api-model.js";
import type { ValidationOptions, Validator } from "../../templates/runtime/validation.js";

/** Compiles a generated validator and loads it, for a specification that has no package. */
export async function loadValidator(source: string, name: string): Promise<Validator> {
  const { outputFiles } = await build({
    stdin: { contents: source, loader: "ts", resolveDir: process.cwd() },
    bundle: true,
    write: false,
    format: "cjs",
    alias: {
      "@example/core/validation": fileURLToPath(
        new URL("../../templates/runtime/validation.ts", import.meta.url),
      ),
    },
  });
  const module = { exports: {} as Record<string, Validator> };
  const [file] = outputFiles;
  new Function("module", "require", file?.text ?? "")(module, createRequire(import.meta.url));
  const validator = module.exports[name];
  if (validator === undefined) throw new Error(`no ${name} in it`);
  return validator;
}

type Values = Record<string, unknown>;

/** The same verdict by another program: a document's success schema, bent to what the options ask for. */
export function oracle(
  { document, responseSchema }: Action,
  { formats = true, unknownFields = false, unlistedValues = false }: ValidationOptions = {},
): (body: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false, logger: false, ownProperties: true, validateFormats: formats });
  addFormats.default(ajv);
  const bent = structuredClone(document) as unknown as { components: { schemas: Values } };
  const visit = (schema: unknown): void => {
    if (typeof schema !== "object" || schema === null) return;
    const one = schema as Values;
    if (Array.isArray(one.enum) && !unlistedValues) {
      const types = new Set(one.enum.map((value) => typeof value));
      if (types.size === 1) one.type ??= [...types][0];
      delete one.enum;
    }
    if (unknownFields && one.properties !== undefined) one.additionalProperties ??= false;
    for (const item of Object.values(one)) visit(item);
  };
  visit(bent.components.schemas);
  ajv.addSchema(bent, "document");
  const check = ajv.compile({ $ref: `document#/components/schemas/${responseSchema}` });
  return (body) => check(body) as boolean;
}

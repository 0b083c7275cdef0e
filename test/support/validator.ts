import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { build, type Plugin } from "esbuild";
import { checksOf } from "../../scripts/emit/validators.js";
import type { Action } from "../../scripts/model/api-model.js";
import * as validation from "../../templates/runtime/validation.js";

type Schema = Record<string, unknown>;

/** Compiles the generated module of an action, and loads its validator. */
export async function loadValidator(source: string, name: string): Promise<validation.Validator> {
  const runtime = (file: string) =>
    fileURLToPath(new URL(`../../templates/runtime/${file}`, import.meta.url));
  /** Replaces the other modules of the package, which a validator does not use. */
  const withoutSiblings: Plugin = {
    name: "without-siblings",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^\.\.\// }, ({ importer, path }) =>
        importer === "<stdin>" ? { path, namespace: "sibling" } : undefined,
      );
      onLoad({ filter: /./, namespace: "sibling" }, () => ({ contents: "export const retCodes = {};" }));
    },
  };
  const { outputFiles } = await build({
    stdin: { contents: source, loader: "ts", resolveDir: process.cwd() },
    bundle: true,
    write: false,
    format: "cjs",
    plugins: [withoutSiblings],
    alias: { "@example/core/validation": runtime("validation.ts"), "@example/core": runtime("index.ts") },
  });
  const module = { exports: {} as Record<string, validation.Validator> };
  const [file] = outputFiles;
  new Function("module", "require", file?.text ?? "")(module, createRequire(import.meta.url));
  const validator = module.exports[name];
  if (validator === undefined) throw new Error(`the module does not export ${name}`);
  return validator;
}

/** Creates the validator of an action from the view of its template, which is much faster than compiling it. */
export function interpretValidator(action: Action): validation.Validator {
  const { models, root } = checksOf(action);
  const constants = models.map(({ constant, required, fields, additional }) => {
    const checks = fields.map(({ name, check }) => `[${JSON.stringify(name)}]: ${check.source}`);
    const rest = additional === null ? "" : `, () => ${additional.source}`;
    return `const ${constant.source} = $checks.object([${required.source}], () => ({ ${checks.join(", ")} })${rest});`;
  });
  const program = new Function("$checks", `${constants.join("\n")}\nreturn ${root.source};`);
  const check = program(validation) as validation.Check;
  return (body, options) => validation.violationsOf(check, body, options);
}

/** Creates a function that validates a success body with Ajv and the schemas of the document. */
export function ajvVerdict(
  { document, responseModel }: Action,
  { formats = true, unknownFields = false, unlistedValues = false }: validation.ValidationOptions = {},
): (body: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false, logger: false, ownProperties: true, validateFormats: formats });
  addFormats.default(ajv);
  const adapted = structuredClone(document) as unknown as { components: { schemas: Schema } };
  /** Adapts a schema to the options. */
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const schema = value as Schema;
    if (Array.isArray(schema.enum) && !unlistedValues) {
      const types = schema.enum.map((one) => (one === null ? "null" : typeof one));
      schema.type ??= [...new Set(types)];
      delete schema.enum;
    }
    if (schema.properties !== undefined) {
      const undescribed = [schema.required ?? []].flat().map((field) => [field, true]);
      schema.properties = { ...Object.fromEntries(undescribed), ...(schema.properties as Schema) };
      if (unknownFields) schema.additionalProperties ??= false;
    }
    for (const item of Object.values(schema)) visit(item);
  };
  visit(adapted.components.schemas);
  ajv.addSchema(adapted, "document");
  const check = ajv.compile({ $ref: `document#/components/schemas/${responseModel}` });
  return (body) => check(body) as boolean;
}

/** Creates a function that validates a string of a format with Ajv. */
export function ajvFormat(format: string): (value: string) => boolean {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const check = ajv.compile({ type: "string", format });
  return (value) => check(value) as boolean;
}

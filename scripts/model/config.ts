import { Ajv2020, type JSONSchemaType } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Faults } from "../diagnostic.js";
import type { SourceFile } from "../files.js";
import type { Brand } from "./api-model.js";
import { parseYaml, pointerPath } from "./yaml-source.js";

/** Name of the configuration inside the specification folder. */
export const configName = "actiongen.yaml";

/** The configuration as it is written. */
interface ConfigFile {
  brand: string;
  baseUrl: string;
  docsUrl: string;
  requestIdHeader: string;
  environmentPrefix: string;
  package: { scope: string; version: string; license: string; copyright: string };
  products: Record<string, string>;
  defaultableParameters: string[];
  exampleCredentials: { publicKey: string; privateKey: string };
}

export interface Config {
  readonly brand: Brand;
  /** Titles of products by folder name. */
  readonly titles: Readonly<Record<string, string>>;
}

// These values reach package.json, code and pages, so their form is narrow.
const text = { type: "string", minLength: 1, pattern: "^[^\\p{Cc}\\u2028\\u2029]+$" } as const;
const url = { type: "string", format: "uri", pattern: "^https?://[^?#\\s]+/$" } as const;
const identifier = { type: "string", pattern: "^[A-Za-z_][A-Za-z0-9_]*$" } as const;

const schema: JSONSchemaType<ConfigFile> = {
  type: "object",
  additionalProperties: false,
  required: [
    "brand",
    "baseUrl",
    "docsUrl",
    "requestIdHeader",
    "environmentPrefix",
    "package",
    "products",
    "defaultableParameters",
    "exampleCredentials",
  ],
  properties: {
    brand: text,
    baseUrl: url,
    docsUrl: url,
    requestIdHeader: { type: "string", pattern: "^[A-Za-z0-9-]+$" },
    environmentPrefix: { type: "string", pattern: "^[A-Z][A-Z0-9_]*$" },
    package: {
      type: "object",
      additionalProperties: false,
      required: ["scope", "version", "license", "copyright"],
      properties: {
        scope: { type: "string", pattern: "^@[a-z0-9][a-z0-9._-]*$" },
        version: { type: "string", pattern: "^\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?$" },
        license: { type: "string", enum: ["MIT"] },
        copyright: text,
      },
    },
    products: { type: "object", required: [], additionalProperties: text },
    defaultableParameters: { type: "array", uniqueItems: true, items: identifier },
    exampleCredentials: {
      type: "object",
      additionalProperties: false,
      required: ["publicKey", "privateKey"],
      properties: { publicKey: text, privateKey: text },
    },
  },
};

const ajv = new Ajv2020({ allErrors: true, verbose: true });
addFormats.default(ajv);
const validate = ajv.compile(schema);

/** Reads the configuration. Faults go to `faults`; then the result is `undefined`. */
export function loadConfig(source: SourceFile, faults: Faults): Config | undefined {
  const yaml = parseYaml(source, faults);
  if (yaml === undefined) return undefined;
  const value = yaml.value;
  if (!validate(value)) {
    for (const { instancePath, message, data, params } of validate.errors ?? []) {
      const path = pointerPath(instancePath);
      const extra = "additionalProperty" in params ? ` (${params.additionalProperty})` : "";
      const seen = typeof data === "string" ? `, but is ${JSON.stringify(data)}` : "";
      faults.add({
        code: "config-invalid",
        file: source.path,
        line: yaml.lineOf(path),
        message: `${path.join(".") || "the configuration"} ${message}${extra}${seen}`,
        help: "spec/README.md describes each key.",
      });
    }
    return undefined;
  }
  const { brand: name, products, ...rest } = value;
  return { brand: { name, ...rest }, titles: products };
}

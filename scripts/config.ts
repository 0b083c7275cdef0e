import { Ajv2020, type JSONSchemaType } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { type Diagnostics, InputError } from "./diagnostic.js";
import { readSource } from "./files.js";
import type { Brand, RetCode } from "./model/api-model.js";
import { readRetCodes } from "./model/retcodes.js";
import type { AddDiagnostic } from "./openapi/checks.js";
import { pointerPath } from "./openapi/pointer.js";
import { explain } from "./openapi/schema-error.js";
import { parseYaml, type YamlSource } from "./openapi/yaml.js";

/** Content of `actiongen.yaml`. */
interface ConfigFile {
  brand: string;
  baseUrl: string;
  requestIdHeader: string;
  environmentPrefix: string;
  profileFile?: string;
  package: {
    scope: string;
    version: string;
    license: string;
    copyright: string;
    repository?: string;
    homepage?: string;
    keywords?: string[];
  };
  products: Record<string, string>;
  locationOptions: Record<string, string>;
  exampleCredentials: { publicKey: string; privateKey: string };
  retCodes?: RetCode[];
  transcribe?: {
    docsUrl?: string;
    pageUrl?: string;
    products?: Record<string, string>;
    pages?: Record<string, string>;
  };
}

/** Settings of `transcribe`. */
export interface TranscribeConfig {
  /** Base URL of relative links on pages; ends in `/`. `""` if unknown. */
  readonly docsUrl: string;
  /** URL of an action's page, with `{product}` and `{page}`; `""` if unknown. */
  readonly pageUrl: string;
  /** Products by the name of the folder of their pages. */
  readonly products: ReadonlyMap<string, string>;
  /** Page that takes precedence, by action: the end of its path. */
  readonly pages: ReadonlyMap<string, string>;
}

export interface Config {
  readonly yaml: YamlSource;
  readonly brand: Brand;
  /** Titles of products by folder name. */
  readonly titles: ReadonlyMap<string, string>;
  readonly transcribe: TranscribeConfig;
}

// These values end up in package.json, code and pages, so their patterns are narrow.
const text = { type: "string", minLength: 1, pattern: "^[^\\p{Cc}\\u2028\\u2029]+$" } as const;
const url = { type: "string", format: "uri", pattern: "^https?://[^?#@\\\\\\s]+/$" } as const;
const webUrl = { type: "string", pattern: '^https?://[^\\s<>"\\\\]+$' } as const;
const identifier = { type: "string", pattern: "^[A-Za-z_][A-Za-z0-9_]*$" } as const;

// Names of the other options of a client and a call are not available.
const optionName = {
  pattern: `^(?!(?:baseUrl|credentials|fetch|headers|logger|logLevel|maxRetries|method|middleware|observe|onContractViolation|retryDelay|signal|timeout|validate)$)[a-z][A-Za-z0-9]*$`,
} as const;

const schema: JSONSchemaType<ConfigFile> = {
  type: "object",
  additionalProperties: false,
  required: [
    "brand",
    "baseUrl",
    "requestIdHeader",
    "environmentPrefix",
    "package",
    "products",
    "locationOptions",
    "exampleCredentials",
  ],
  properties: {
    brand: text,
    baseUrl: url,
    requestIdHeader: { type: "string", pattern: "^[A-Za-z0-9-]+$" },
    environmentPrefix: { type: "string", pattern: "^[A-Z][A-Z0-9_]*$" },
    profileFile: { type: "string", nullable: true, pattern: "^[\\w.-]*\\w(?:/[\\w.-]*\\w)*$" },
    package: {
      type: "object",
      additionalProperties: false,
      required: ["scope", "version", "license", "copyright"],
      properties: {
        scope: { type: "string", pattern: "^@[a-z0-9][a-z0-9._-]*$" },
        version: { type: "string", pattern: "^\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?$" },
        license: { type: "string", enum: ["MIT"] },
        copyright: text,
        repository: { ...webUrl, nullable: true },
        homepage: { ...webUrl, nullable: true },
        keywords: { type: "array", nullable: true, items: text },
      },
    },
    products: { type: "object", required: [], additionalProperties: text },
    locationOptions: {
      type: "object",
      required: [],
      propertyNames: optionName,
      additionalProperties: identifier,
    },
    exampleCredentials: {
      type: "object",
      additionalProperties: false,
      required: ["publicKey", "privateKey"],
      properties: { publicKey: text, privateKey: text },
    },
    // Checked as every other RetCode table.
    retCodes: { type: "array", nullable: true, items: { type: "object", required: [] } as never },
    transcribe: {
      type: "object",
      nullable: true,
      additionalProperties: false,
      properties: {
        docsUrl: { ...url, nullable: true },
        pageUrl: { ...webUrl, nullable: true },
        products: { type: "object", nullable: true, required: [], additionalProperties: text },
        pages: { type: "object", nullable: true, required: [], additionalProperties: text },
      },
    },
  },
};

// The compiler checks the schema itself; doing it here would take longer than reading the configuration.
const ajv = new Ajv2020({ allErrors: true, verbose: true, meta: false, validateSchema: false });
addFormats.default(ajv);
const validate = ajv.compile(schema);

/**
 * Reads the configuration.
 *
 * @param diagnostics gains its problems; then the result is `undefined`.
 */
export async function loadConfig(path: string, diagnostics: Diagnostics): Promise<Config | undefined> {
  const yaml = await readYaml(path, diagnostics);
  if (yaml === undefined) return undefined;
  const { file, value } = yaml;
  if (!validate(value)) {
    for (const error of validate.errors ?? []) {
      const place = pointerPath(error.instancePath);
      const seen = typeof error.data === "string" ? `, but is ${JSON.stringify(error.data)}` : "";
      const message = `${explain(error, place).replace(/^the document/, "the configuration")}${seen}`;
      diagnostics.add({
        code: "config-invalid",
        file,
        line: yaml.lineOf(place),
        message,
        help: "spec/README.md describes each key.",
      });
    }
    return undefined;
  }
  if (!URL.canParse(value.baseUrl)) {
    const message = `baseUrl is ${JSON.stringify(value.baseUrl)}, which is not a URL`;
    diagnostics.add({
      code: "config-invalid",
      file,
      line: yaml.lineOf(["baseUrl"]),
      message,
      help: "Correct it.",
    });
  }
  const addDiagnostic: AddDiagnostic = (code, place, message, help) =>
    diagnostics.add({ code, file, line: yaml.lineOf(["retCodes", ...place]), message, help });
  const { brand: name, products, transcribe, retCodes = [], ...rest } = value;
  return {
    yaml,
    brand: {
      name,
      ...rest,
      retCodes: readRetCodes([retCodes], [], addDiagnostic),
      package: { repository: "", homepage: "", keywords: [], ...rest.package },
      profileFile: rest.profileFile ?? `.${rest.environmentPrefix.toLowerCase()}/credential.json`,
    },
    titles: new Map(Object.entries(products)),
    transcribe: {
      docsUrl: transcribe?.docsUrl ?? "",
      pageUrl: transcribe?.pageUrl ?? "",
      products: new Map(Object.entries(transcribe?.products ?? {})),
      pages: new Map(Object.entries(transcribe?.pages ?? {})),
    },
  };
}

async function readYaml(path: string, diagnostics: Diagnostics): Promise<YamlSource | undefined> {
  try {
    return parseYaml(await readSource(path), diagnostics);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const diagnostic of error.diagnostics) diagnostics.add(diagnostic);
    return undefined;
  }
}

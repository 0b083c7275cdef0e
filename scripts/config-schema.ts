import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { callOptions, clientOptions } from "../templates/runtime/connection.js";
import { basePathPattern } from "./base-path.js";
import type { IgnoreEntry } from "./config.js";
import type { Brand, DocsSettings, PackageSettings } from "./model/api-model.js";

type Optional<Type, Keys extends keyof Type> = Omit<Type, Keys> & Partial<Pick<Type, Keys>>;

/** Content of `actiongen.yaml`. */
export type ConfigFile = Omit<Brand, "name" | "package" | "profileFile" | "retCodes" | "docs"> & {
  brand: string;
  profileFile?: string;
  package: Optional<
    Omit<PackageSettings, "outputPath" | "versions">,
    "repository" | "homepage" | "bugs" | "keywords"
  >;
  products: Record<string, string>;
  retCodes?: unknown;
  renames?: Record<string, string>;
  docs?: Partial<DocsSettings>;
  transcribe?: {
    docsUrl?: string;
    pageUrl?: string;
    products?: Record<string, string>;
    pages?: Record<string, string>;
    ignore?: Omit<IgnoreEntry, "line">[];
  } | null;
};

// These values end up in package.json, code and pages, so their patterns are narrow.
export const string = (pattern: string, description: string) => ({ type: "string", pattern, description });
const text = string("^[^\\p{Cc}\\u2028\\u2029]+$", "a string without line breaks and control characters");
const texts = { type: "object", additionalProperties: text };
const url = {
  ...string(
    "^https?://[^?#@\\\\\\s]+/$",
    "an http or https URL that ends in /, without query, fragment and user",
  ),
  format: "uri",
};
const color = string("^#[0-9A-Fa-f]{6}$", "a color such as #0b5cad");
// Its origin becomes a part of a content security policy, in which characters such as * and ; have a meaning.
const endpoint = {
  ...string(
    "^https?://(?:[\\w.-]+|\\[[\\dA-Fa-f:]+\\])(?::\\d+)?/(?:[^?#@\\\\\\s]+/)?$",
    "an http or https URL that ends in /, without query, fragment and user",
  ),
  format: "uri",
};
/** A link that is printed, so without a user and a password. */
const webUrl = string(
  '^https?://[^\\s<>"\\\\@/?#]+([/?#][^\\s<>"\\\\]*)?$',
  "an http or https URL without a user",
);

/** Names that an option of a location must not have: those of other options, and of the settings that options are merged with. */
const usedOptions = [
  ...clientOptions,
  ...callOptions,
  ..."budget environmentPrefix errorsUrl limit locations requestIdHeader retCodes userAgent".split(" "),
].join("|");

/** An action, or a parameter or field of one. */
const renamed = string(
  "^[A-Za-z][A-Za-z0-9]*(?:\\.[A-Za-z_*][A-Za-z0-9_-]*)*$",
  "an action such as DescribeServer, or a field such as DescribeServer.Servers.N.Name",
);

const identifier = "(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)";
/** A semantic version without build metadata, which the registry ignores. */
export const version = string(
  `^(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)(?:-${identifier}(?:\\.${identifier})*)?$`,
  "a version such as 1.2.3",
);

/** An object without other properties. */
export function closed(required: Record<string, object>, optional: Record<string, object> = {}): object {
  return {
    type: "object",
    additionalProperties: false,
    required: Object.keys(required),
    properties: { ...required, ...optional },
  };
}

const ignore = { type: "array", items: closed({ reason: text }, { code: text, path: text }) };

const schema = closed(
  {
    brand: text,
    baseUrl: url,
    requestIdHeader: string("^[A-Za-z0-9-]+$", "the name of a header"),
    environmentPrefix: string("^[A-Z][A-Z0-9_]*$", "a prefix such as ACME"),
    package: closed(
      {
        scope: string("^@[a-z0-9][a-z0-9._-]*$", "an npm scope such as @acme"),
        version,
        license: { enum: ["MIT"] },
        copyright: text,
      },
      { repository: webUrl, homepage: webUrl, bugs: webUrl, keywords: { type: "array", items: text } },
    ),
    products: texts,
    locationOptions: {
      type: "object",
      propertyNames: string(
        `^(?!(?:${usedOptions})$)[a-z][A-Za-z0-9]*$`,
        "names of options that clients do not have, such as region",
      ),
      additionalProperties: string("^[A-Za-z_][A-Za-z0-9_]*$", "the name of a parameter, such as Region"),
    },
    exampleCredentials: closed({ publicKey: text, privateKey: text }),
  },
  {
    profileFile: string(
      "^[\\w.-]*\\w(?:/[\\w.-]*\\w)*$",
      "a path in the home folder, such as .acme/config.json",
    ),
    // Checked as every other RetCode table.
    retCodes: {},
    renames: { type: "object", propertyNames: renamed, additionalProperties: renamed },
    docs: closed(
      {},
      {
        url,
        basePath: string(basePathPattern, "a path that starts and ends with /"),
        language: { enum: ["en", "zh"] },
        endpoint,
        consoleUrl: webUrl,
        links: { type: "array", items: closed({ title: text, url: webUrl }) },
        logo: string("^\\s*<svg[\\s>]", "an SVG image"),
        accent: closed({ light: color, dark: color }),
      },
    ),
    transcribe: {
      ...closed({}, { docsUrl: url, pageUrl: webUrl, products: texts, pages: texts, ignore }),
      type: ["object", "null"],
    },
  },
);

// Ajv would take longer to check these schemas than to read the files.
const ajv = new Ajv2020({
  allErrors: true,
  verbose: true,
  allowUnionTypes: true,
  meta: false,
  validateSchema: false,
});
addFormats.default(ajv);
/** Validates the value of a configuration; its errors are those of the last call. */
export const validateConfig = compileSchema<ConfigFile>(schema);

/** Compiles the schema of a file in the specification folder. */
export function compileSchema<Value>(schema: object): ValidateFunction<Value> {
  return ajv.compile<Value>(schema);
}

import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { callOptions, clientOptions } from "../templates/runtime/connection.js";
import { basePathPattern, isBasePath } from "./base-path.js";
import type { Diagnostics } from "./diagnostic.js";
import { fileProblem, readIfThere, type SourceFile } from "./files.js";
import type { Brand, DocsSettings, PackageSettings, RetCode } from "./model/api-model.js";
import { backgrounds, contrast, requiredContrast } from "./model/contrast.js";
import { readRetCodes } from "./model/retcodes.js";
import type { AddDiagnostic } from "./openapi/checks.js";
import { pointerPath } from "./openapi/pointer.js";
import { explain } from "./openapi/schema-error.js";
import { parseYaml, reporter, type YamlSource } from "./openapi/yaml.js";

type Optional<Type, Keys extends keyof Type> = Omit<Type, Keys> & Partial<Pick<Type, Keys>>;

/** Content of `actiongen.yaml`. */
type ConfigFile = Omit<Brand, "name" | "package" | "profileFile" | "retCodes" | "docs"> & {
  brand: string;
  profileFile?: string;
  package: Optional<Omit<PackageSettings, "outputPath">, "repository" | "homepage" | "bugs" | "keywords">;
  products: Record<string, string>;
  retCodes?: unknown;
  docs?: Partial<DocsSettings>;
  transcribe?: {
    docsUrl?: string;
    pageUrl?: string;
    products?: Record<string, string>;
    pages?: Record<string, string>;
    ignore?: Omit<IgnoreEntry, "line">[];
  } | null;
};

/** Findings that `transcribe` does not report: those with the code, of the pages that match the path. */
export interface IgnoreEntry {
  /** Code of the findings. Default: all. */
  readonly code?: string;
  /** Glob of the end of the pages' paths. Default: all pages. */
  readonly path?: string;
  /** Why they need no action. */
  readonly reason: string;
  /** Line of the entry. */
  readonly line: number;
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
  readonly ignore: readonly IgnoreEntry[];
}

export interface Config {
  readonly yaml: YamlSource;
  readonly brand: Brand;
  /** Titles of products by folder name. */
  readonly titles: ReadonlyMap<string, string>;
  readonly transcribe: TranscribeConfig;
}

// These values end up in package.json, code and pages, so their patterns are narrow.
const string = (pattern: string, description: string) => ({ type: "string", pattern, description });
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

/** An object without other properties. */
function closed(required: Record<string, object>, optional: Record<string, object> = {}): object {
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
        version: string("^\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?$", "a version such as 1.2.3"),
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

// Ajv would take longer to check this schema than to read the configuration.
const ajv = new Ajv2020({
  allErrors: true,
  verbose: true,
  allowUnionTypes: true,
  meta: false,
  validateSchema: false,
});
addFormats.default(ajv);
const validate = ajv.compile<ConfigFile>(schema);

/** Reads the configuration. Reports its problems, and then returns `undefined`. */
export async function loadConfig(path: string, diagnostics: Diagnostics): Promise<Config | undefined> {
  const source = await readConfig(path, diagnostics);
  return source && parseConfig(source, diagnostics);
}

/** Parses the text of a configuration. Reports its problems, and then returns `undefined`. */
export function parseConfig(source: SourceFile, diagnostics: Diagnostics): Config | undefined {
  const yaml = parseYaml(source, diagnostics);
  if (yaml === undefined) return undefined;
  const report = reporter(yaml, diagnostics);
  const { value } = yaml;
  if (!validate(value)) {
    for (const error of validate.errors ?? []) {
      // The error of the name itself says more.
      if (error.keyword === "propertyNames") continue;
      const location = pointerPath(error.instancePath);
      const unknown = error.params.additionalProperty ?? [];
      const message = explain(error, location, "the configuration");
      report(
        "config-invalid",
        location.concat(unknown),
        message,
        "spec/README.md of actiongen describes each key.",
      );
    }
    return undefined;
  }
  const { brand: name, products, transcribe, retCodes = [], docs = {}, ...rest } = value;
  for (const [url, ...location] of [
    [value.baseUrl, "baseUrl"],
    [docs.url, "docs", "url"],
    [docs.endpoint, "docs", "endpoint"],
  ] as const) {
    if (url === undefined || URL.canParse(url)) continue;
    const message = `${location.join(" › ")} is ${JSON.stringify(url)}, which is not a URL`;
    report("config-invalid", location, message, "Correct it.");
  }
  checkDocs(docs, report);
  for (const [index, { code, path }] of (transcribe?.ignore ?? []).entries()) {
    if (code !== undefined || path !== undefined) continue;
    const message = `transcribe › ignore › ${index} has neither a code nor a path, so it would ignore everything`;
    report("config-invalid", ["transcribe", "ignore", index], message, "Add code, path or both.");
  }
  return {
    yaml,
    brand: {
      name,
      ...rest,
      retCodes: readGatewayCodes(retCodes, (code, path, ...problem) =>
        report(code, ["retCodes", ...path], ...problem),
      ),
      package: readPackage(rest.package),
      docs: readDocs(docs),
      profileFile: rest.profileFile ?? `.${rest.environmentPrefix.toLowerCase()}/credential.json`,
    },
    titles: new Map(Object.entries(products)),
    transcribe: {
      docsUrl: transcribe?.docsUrl ?? "",
      pageUrl: transcribe?.pageUrl ?? "",
      products: new Map(Object.entries(transcribe?.products ?? {})),
      pages: new Map(Object.entries(transcribe?.pages ?? {})),
      ignore: (transcribe?.ignore ?? []).map((entry, index) => ({
        ...entry,
        line: yaml.lineOf(["transcribe", "ignore", index]),
      })),
    },
  };
}

function checkDocs({ basePath, accent }: Partial<DocsSettings>, report: AddDiagnostic): void {
  if (basePath !== undefined && !isBasePath(basePath)) {
    const message = `docs › basePath is ${JSON.stringify(basePath)}, which contains . or .. as a folder`;
    report("config-invalid", ["docs", "basePath"], message, "Write the path without them.");
  }
  for (const theme of ["light", "dark"] as const) {
    const [color, background] = [accent?.[theme] ?? "", backgrounds[theme]];
    const ratio = contrast(color, background);
    if (accent === undefined || ratio >= requiredContrast) continue;
    // Rounded down: 4.49 must not be reported as 4.5.
    const measured = (Math.floor(ratio * 100) / 100).toFixed(2);
    const problem = `has a contrast of ${measured} with the background ${background}, less than ${requiredContrast}`;
    const message = `docs › accent › ${theme} is ${JSON.stringify(color)}, which ${problem}`;
    const help = `Choose a ${theme === "light" ? "darker" : "lighter"} color: links and buttons could not be read.`;
    report("config-invalid", ["docs", "accent", theme], message, help);
  }
}

function readGatewayCodes(table: unknown, report: AddDiagnostic): RetCode[] {
  const retCodes = readRetCodes([table], [], (code, [, ...path], ...problem) =>
    report(code, path, ...problem),
  );
  for (const { code, actions } of retCodes) {
    if (actions.length === 0) continue;
    const index = (table as RetCode[]).findIndex((entry) => entry.code === code);
    const message = `RetCode ${code} of the gateway lists ${actions.join(", ")}, but any action can return it`;
    report("retcode-actions", [index, "actions"], message, "Remove actions.");
  }
  return retCodes;
}

/** Code hosts whose repositories have a list of issues, below `/issues`. */
const hostsWithIssues = ["github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com"];

function readPackage(settings: ConfigFile["package"]): PackageSettings {
  const { repository = "" } = settings;
  const hasIssues = URL.canParse(repository) && hostsWithIssues.includes(new URL(repository).hostname);
  return {
    repository,
    outputPath: undefined,
    homepage: "",
    bugs: hasIssues ? `${repository.replace(/\/?(?:\.git)?\/?$/, "")}/issues` : "",
    keywords: [],
    ...settings,
  };
}

function readDocs(docs: Partial<DocsSettings>): DocsSettings {
  const { url = "" } = docs;
  return {
    url,
    basePath: URL.canParse(url) ? new URL(url).pathname : "/",
    language: "en",
    endpoint: "",
    consoleUrl: "",
    links: [],
    logo: "",
    accent: { light: "#0b5cad", dark: "#6cb6ff" },
    ...docs,
  };
}

async function readConfig(path: string, diagnostics: Diagnostics): Promise<SourceFile | undefined> {
  try {
    const source = await readIfThere(path);
    const help = "Create it with `actiongen init`, or check --spec.";
    if (source === undefined) diagnostics.add(fileProblem("missing", path, "does not exist", help));
    return source;
  } catch (error) {
    diagnostics.addAll(error);
    return undefined;
  }
}

import { dirname } from "node:path";
import { isBasePath } from "./base-path.js";
import { type ConfigFile, validateConfig } from "./config-schema.js";
import { type Diagnostics, InputError } from "./diagnostic.js";
import { fileProblem, linkProblem, readIfThere, type SourceFile } from "./files.js";
import type { Brand, DocsSettings, PackageSettings, RetCode } from "./model/api-model.js";
import { backgrounds, contrast, requiredContrast } from "./model/contrast.js";
import { readRetCodes } from "./model/retcodes.js";
import type { AddDiagnostic } from "./openapi/checks.js";
import { reportErrors } from "./openapi/schema-error.js";
import { parseYaml, reporter, type YamlSource } from "./openapi/yaml.js";

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
  /** New name by the old one: of an action, or of a field as `Action.Field`. */
  readonly renames: Readonly<Record<string, string>>;
}

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
  if (!validateConfig(value)) {
    const help = "spec/README.md of actiongen describes each key.";
    const kind = { code: "config-invalid", whole: "the configuration", help };
    reportErrors(validateConfig.errors ?? [], kind, report);
    return undefined;
  }
  const { brand: name, products, transcribe, retCodes = [], docs = {}, renames = {}, ...rest } = value;
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
    renames,
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
    versions: {},
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
    const link = linkProblem(dirname(path), path);
    if (link !== undefined) throw new InputError([link]);
    const source = await readIfThere(path);
    const help = "Create it with `actiongen init`, or check --spec.";
    if (source === undefined) diagnostics.add(fileProblem("missing", path, "does not exist", help));
    return source;
  } catch (error) {
    diagnostics.addAll(error);
    return undefined;
  }
}

import { join } from "node:path";
import { serializeParameters } from "../../templates/runtime/parameters.js";
import { signParameters } from "../../templates/runtime/signature.js";
import { parseConfig } from "../config.js";
import { configName } from "../config-name.js";
import { Diagnostics } from "../diagnostic.js";
import { createTemplates } from "../emit/templates.js";
import { displayPath, readTree } from "../files.js";
import type { GeneratedFile } from "../model/api-model.js";
import { toolkitFolder, toolkitPackage } from "../toolkit.js";

/** What is specific to a brand. */
export interface BrandSettings {
  /** Name in texts. */
  readonly brand: string;
  /** URL of the gateway; ends in `/`. */
  readonly baseUrl: string;
  /** npm scope of the packages. */
  readonly scope: string;
  /** Prefix of environment variables. */
  readonly prefix: string;
}

/** Path of the configuration in a repository. */
export const configPath = `spec/${configName}`;

/** The call of the recording, which is the example of the page. */
const exampleCall = { Action: "DescribeServer", Region: "region-1", ServerId: "server-1" };
const exampleResponse = {
  RetCode: 0,
  Action: "DescribeServerResponse",
  Servers: [
    {
      ServerId: "server-1",
      Name: "web",
      State: "Running",
      Memory: 2048,
      Website: "https://web.example.com/",
    },
  ],
};

/**
 * Files of a new repository except package.json: configuration, a page with its overlay and recording, and what a
 * repository needs.
 *
 * @param folder the repository, for the problem report.
 * @throws InputError with every setting that the configuration cannot have.
 */
export async function printFiles(folder: string, settings: BrandSettings): Promise<GeneratedFile[]> {
  const templates = createTemplates(await readTree(join(toolkitFolder, "templates/init")));
  const copyright = `${new Date().getFullYear()} ${settings.brand}`;
  const config = templates.render("actiongen.yaml.hbs", { ...settings, copyright });
  const diagnostics = new Diagnostics();
  const source = { path: displayPath(join(folder, configPath)), text: config };
  const credentials = parseConfig(source, diagnostics)?.brand.exampleCredentials;
  diagnostics.throwIfAny();
  if (credentials === undefined) throw new Error("unreachable: a configuration without problems was read");

  const signed = signParameters(new Map(Object.entries(exampleCall)), credentials);
  const body = JSON.stringify(exampleResponse);
  const queryString = Array.from(signed, ([name, value], index) => ({
    name,
    value,
    isLast: index === signed.size - 1,
  }));
  const recording = {
    version: toolkitPackage.version,
    url: `${settings.baseUrl}?${serializeParameters(Object.fromEntries(signed))}`,
    queryString,
    body,
    size: Buffer.byteLength(body),
  };
  const file = (path: string, template: string, view: object = {}) => ({
    path,
    content: templates.render(template, view),
  });
  return [
    { path: configPath, content: config },
    file("spec/pages/example/describe_server.md", "page.md.hbs", settings),
    file("spec/overlays/example.yaml", "overlay.yaml.hbs"),
    file("test/recordings/example/DescribeServer.success.har", "recording.har.hbs", recording),
    file(".gitignore", "gitignore.hbs"),
    file(".github/workflows/actiongen.yml", "workflow.yml.hbs"),
    file("README.md", "README.md.hbs", settings),
  ];
}

import { basename, relative, resolve } from "node:path";
import type { TranscribeConfig } from "../config.js";
import { toSlashes } from "../files.js";
import { freeName } from "../model/names.js";
import { blockDescription, linkResolver } from "./description.js";
import { compareExample } from "./examples/compare.js";
import { readJson } from "./examples/json.js";
import { hasRandomValues } from "./examples/made-up.js";
import { readRequestExample } from "./examples/request.js";
import { modelFinder, reportUnusedModels } from "./field-types.js";
import { nestRows } from "./fields.js";
import type { Findings } from "./findings.js";
import { addListedValues } from "./metrics.js";
import {
  actionParameter,
  errorName,
  parameter,
  reservedParameters,
  responseOf,
  responseSchemas,
  securitySchemes,
} from "./operation.js";
import type { Page } from "./page.js";
import { isDeprecated } from "./prose/facts.js";
import { plainText } from "./prose/text.js";
import type { PageRow } from "./rows.js";
import { defined, type Json, objectSchema, type SchemaContext } from "./schema.js";

/** Settings shared by the documents of all pages. */
export interface Settings extends TranscribeConfig {
  readonly baseUrl: string;
  /** Titles of products by name. */
  readonly titles: ReadonlyMap<string, string>;
  /** Names of the parameters that locate a call, such as `Region`. */
  readonly locations: ReadonlySet<string>;
  /** The specification folder that documents are written to. */
  readonly out: string;
  /** Folders of pages that are read as a whole: documents whose page there was deleted are removed. Default: none. */
  readonly folders?: readonly string[];
  /** Whether most documents of a folder of pages may be removed. Default: `false`. */
  readonly allowRemoving?: boolean;
}

/** Creates the OpenAPI document of a page, in the form that spec/README.md describes. */
export function createDocument(page: Page, product: string, settings: Settings, findings: Findings): Json {
  const { action } = page;
  const pageUrl = pageUrlOf(page.file, product, settings);
  const models = new Map(page.models.map(({ name, rows }) => [name, rows]));
  const findModel = modelFinder(models.keys());
  const linkTo = linkResolver(settings.docsUrl, pageUrl);
  const components = componentNames(page);
  const context: SchemaContext = { linkTo, components, findings };
  const nest = (rows: readonly PageRow[], isRequest: boolean) =>
    nestRows(rows, { models, findModel, findings, isRequest });
  const request = nest(ownParameters(page, findings), true);
  const response = nest(page.response, false);
  const modelFields = new Map([...models].map(([name, rows]) => [name, nest(rows, false)]));
  reportUnusedModels(page, findings);
  const { requestExample, responseExample } = page;
  const isGenerated = hasRandomValues([requestExample?.text ?? "", responseExample?.text ?? ""]);
  const comparison = (which: "request" | "response") => ({
    models: modelFields,
    findings,
    which,
    tableLine: page[which][0]?.line ?? page.line,
    isGenerated,
    locations: settings.locations,
  });
  const values = requestExample && readRequestExample(requestExample, action, request, comparison("request"));
  const example = responseExample && readJson(responseExample, findings);
  if (example !== undefined) compareExample(example.node, response, comparison("response"));
  const responseSchema = objectSchema(response, context);
  const parameters = request.map((field) => parameter(field, values?.get(field.name), context));
  for (const one of parameters) addListedValues(one, page.listed);
  const modelSchemas = [...modelFields].map(([name, fields]) => [
    components.get(name) ?? name,
    objectSchema(fields, context),
  ]);
  const description = blockDescription(page.overview.text, linkTo);
  const title = settings.titles.get(product) ?? product;
  return {
    openapi: "3.1.0",
    info: { title: `${title}: ${action}`, version: "1.0.0" },
    servers: [{ url: settings.baseUrl.replace(/\/$/, "") }],
    paths: {
      "/": {
        get: defined({
          operationId: action,
          tags: [product],
          summary: page.summary || undefined,
          description: description === page.summary ? undefined : description || undefined,
          deprecated: isActionDeprecated(page) || undefined,
          externalDocs: pageUrl === "" ? undefined : { url: pageUrl },
          security: [{ PublicKey: [], Signature: [] }],
          parameters: [actionParameter(page, context), ...parameters],
          responses: { 200: responseOf(action, example?.value) },
        }),
      },
    },
    components: {
      securitySchemes: securitySchemes(page, context),
      schemas: { ...responseSchemas(action, responseSchema), ...Object.fromEntries(modelSchemas) },
    },
    "x-actiongen-source": sourceLines(page, settings.out, components),
  };
}

/** Parameters of the action itself, in either table. The client adds the reserved ones. */
function ownParameters({ publicParameters, request }: Page, findings: Findings): PageRow[] {
  const known = new Map<string, number>();
  return [...publicParameters, ...request].filter((row) => {
    const { name, line } = row;
    // An action can have a parameter of this name, such as the private key of a certificate.
    const isSigningKey = name === "PrivateKey" && publicParameters.includes(row);
    if (!reservedParameters.includes(name) && !isSigningKey) return true;
    const first = known.get(name);
    known.set(name, first ?? line);
    if (first === undefined && name !== "SecurityToken" && !isSigningKey) return false;
    const reason = first === undefined ? "belongs to the signature" : `is already at line ${first}`;
    const help =
      "No action needed, unless the action has a parameter of its own with this name: rename that one.";
    findings.omitRow(line, name, `is omitted: it ${reason}, and the client adds it`, help);
    return false;
  });
}

function pageUrlOf(file: string, product: string, { pageUrl }: Settings): string {
  const values: Record<string, string> = { product, page: basename(file, ".md") };
  return pageUrl.replace(/\{(product|page)\}/g, (_, key: string) => encodeURIComponent(values[key] ?? ""));
}

function isActionDeprecated({ summary, overview }: Page): boolean {
  const paragraphs = overview.text.split(/\n\s*\n|^[!?]>/m);
  return [summary, ...paragraphs].some((paragraph) => isDeprecated(plainText(paragraph)));
}

/** Component names of the data models: letters, digits and `._-` only, and different from those of the responses. */
function componentNames({ action, models }: Page): Map<string, string> {
  const taken = new Set([`${action}Response`, errorName(action)]);
  return new Map(models.map(({ name }) => [name, freeName(name.replace(/[^A-Za-z0-9._-]+/g, "_"), taken)]));
}

/** Lines of the page that parameters and fields come from, for errors that are found later. */
function sourceLines(page: Page, out: string, components: ReadonlyMap<string, string>): Json {
  // If two rows have one name, the document contains the first.
  const linesOf = (rows: readonly PageRow[]) => {
    const lines: Record<string, number> = Object.create(null);
    for (const { name, line } of rows) lines[name] ??= line;
    return lines;
  };
  return {
    page: toSlashes(relative(resolve(out), resolve(page.file))),
    line: page.line,
    parameters: linesOf([...page.publicParameters, ...page.request]),
    schemas: Object.fromEntries([
      [`${page.action}Response`, linesOf(page.response)],
      ...page.models.map(({ name, rows }) => [components.get(name) ?? name, linesOf(rows)]),
    ]),
  };
}

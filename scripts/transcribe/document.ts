import { basename } from "node:path";
import { blockDescription, linkResolver } from "./description.js";
import { compareExample } from "./examples/compare.js";
import { readJson } from "./examples/json.js";
import { readRequestExample } from "./examples/request.js";
import { nestRows } from "./fields.js";
import type { Findings } from "./findings.js";
import { reportUnusedModels } from "./models.js";
import {
  actionParameter,
  answerOf,
  errorName,
  errorSchema,
  isPublic,
  parameter,
  securityScheme,
  successSchema,
} from "./operation.js";
import type { Page } from "./page.js";
import { isDeprecated } from "./prose/marks.js";
import { plainText } from "./prose/text.js";
import type { PageRow } from "./rows.js";
import { type Json, objectSchema, type SchemaContext } from "./schema.js";

/** What the documents of all pages have in common. */
export interface DocumentSettings {
  readonly baseUrl: string;
  readonly docsUrl: string;
  /** Where the vendor's page of an action is, with `{product}` and `{page}`; `""` where that is not known. */
  readonly pageUrl: string;
  /** Titles of products by name. */
  readonly titles: ReadonlyMap<string, string>;
}

/**
 * Writes the OpenAPI document of a page, in the form that spec/README.md describes.
 *
 * @param sourcePath the page, relative to the specification folder.
 */
export function writeDocument(
  page: Page,
  product: string,
  sourcePath: string,
  settings: DocumentSettings,
  findings: Findings,
): Json {
  const { action } = page;
  const pageUrl = pageAddress(page.file, product, settings);
  const models = new Map(page.models.map(({ name, rows }) => [name, rows]));
  const context: SchemaContext = {
    linkTo: linkResolver(settings.docsUrl, pageUrl),
    components: componentNames(page),
    findings,
  };
  const nest = (rows: readonly PageRow[], isRequest: boolean) =>
    nestRows(rows, { models, findings, isRequest });
  const request = nest(ownParameters(page, findings), true);
  const response = nest(page.response, false);
  const modelFields = new Map([...models].map(([name, rows]) => [name, nest(rows, false)]));
  reportUnusedModels(page, findings);
  const comparison = { fieldsOf: (name: string) => modelFields.get(name) ?? [], findings };
  const values =
    page.requestExample === undefined
      ? new Map<string, unknown>()
      : readRequestExample(page.requestExample, action, request, {
          ...comparison,
          which: "request",
          tableLine: page.request[0]?.line ?? page.line,
        });
  const answer = page.responseExample === undefined ? undefined : readJson(page.responseExample, findings);
  if (answer !== undefined) {
    compareExample(answer.node, response, {
      ...comparison,
      which: "response",
      tableLine: page.response[0]?.line ?? page.line,
    });
  }
  const answerFields = objectSchema(response, context);
  const description = blockDescription(page.overview.text, context.linkTo);
  const title = settings.titles.get(product) ?? product;
  return {
    openapi: "3.1.0",
    info: { title: `${title}: ${action}`, version: "1.0.0" },
    servers: [{ url: settings.baseUrl.replace(/\/$/, "") }],
    paths: {
      "/": {
        get: {
          operationId: action,
          tags: [product],
          ...(page.summary === "" ? {} : { summary: page.summary }),
          ...(description === "" || description === page.summary ? {} : { description }),
          ...(isMarkedDeprecated(page) ? { deprecated: true } : {}),
          ...(pageUrl === "" ? {} : { externalDocs: { url: pageUrl } }),
          security: [{ PublicKey: [], Signature: [] }],
          parameters: [
            actionParameter(page, context),
            ...request.map((field) => parameter(field, values, context)),
          ],
          responses: { 200: answerOf(action, answer?.value) },
        },
      },
    },
    components: {
      securitySchemes: Object.fromEntries(
        ["PublicKey", "Signature"].map((name) => [name, securityScheme(page, name, context)]),
      ),
      schemas: {
        [`${action}Response`]: successSchema(answerFields),
        [errorName(action)]: errorSchema(answerFields),
        ...Object.fromEntries(
          [...modelFields].map(([name, fields]) => [
            context.components.get(name) ?? name,
            objectSchema(fields, context),
          ]),
        ),
      },
    },
    "x-actiongen-source": sourceLines(page, sourcePath, context.components),
  };
}

/** Parameters of the action itself, whichever table they stand in. */
function ownParameters({ publicParameters, request }: Page, findings: Findings): PageRow[] {
  const all = [...publicParameters, ...request];
  const rows = all.filter(({ name }) => !isPublic(name));
  const [secret, own] = [
    rows.filter(({ name }) => isSecret(name)),
    rows.filter(({ name }) => !isSecret(name)),
  ];
  for (const { name, line } of secret) {
    const message = `the row of ${name} is left out: it belongs to the signature, and the client adds it`;
    findings.add("warning", "row-left-out", line, message, "Nothing to do.");
  }
  const known = new Map<string, number>();
  for (const { name, line } of all.filter((row) => isPublic(row.name))) {
    const first = known.get(name);
    known.set(name, first ?? line);
    if (first === undefined) continue;
    const message = `the row of ${name} is left out: it stands at line ${first} already, and the client adds it`;
    const help = "Mend the page: no action can have a parameter of its own with this name.";
    findings.add("warning", "row-left-out", line, message, help);
  }
  return own;
}

function isSecret(name: string): boolean {
  return name === "PrivateKey" || name === "SecurityToken";
}

function pageAddress(file: string, product: string, { pageUrl }: DocumentSettings): string {
  const values: Record<string, string> = { product, page: basename(file, ".md") };
  return pageUrl.replace(/\{(product|page)\}/g, (_, key: string) => encodeURIComponent(values[key] ?? ""));
}

function isMarkedDeprecated({ summary, overview }: Page): boolean {
  const paragraphs = overview.text.split(/\n\s*\n|^[!?]>/m);
  return [summary, ...paragraphs].some((paragraph) => isDeprecated(plainText(paragraph)));
}

/** Names of components, which may hold letters, digits and `._-` only, and none of those that every document has. */
function componentNames({ action, models }: Page): Map<string, string> {
  const taken = new Set([`${action}Response`, errorName(action)]);
  const names = new Map<string, string>();
  for (const { name } of models) {
    const plain = name.replace(/[^A-Za-z0-9._-]+/g, "_");
    let free = plain;
    for (let count = 2; taken.has(free); count++) free = `${plain}${count}`;
    taken.add(free);
    names.set(name, free);
  }
  return names;
}

/** Where the facts of a document stand on the page, for faults that are found later. */
function sourceLines(page: Page, sourcePath: string, components: ReadonlyMap<string, string>): Json {
  const linesOf = (rows: readonly PageRow[]) => {
    const lines = new Map<string, number>();
    // Of two rows with one name, the first is the one in the document.
    for (const { name, line } of rows) if (!lines.has(name)) lines.set(name, line);
    return Object.fromEntries(lines);
  };
  return {
    page: sourcePath,
    line: page.line,
    parameters: linesOf([...page.publicParameters, ...page.request]),
    schemas: Object.fromEntries([
      [`${page.action}Response`, linesOf(page.response)],
      ...page.models.map(({ name, rows }) => [components.get(name) ?? name, linesOf(rows)]),
    ]),
  };
}

import { join } from "node:path";
import { ownParameters } from "../../templates/runtime/testing/har.js";
import { type Diagnostic, Diagnostics } from "../diagnostic.js";
import { readIfThere } from "../files.js";
import type { Action, ApiModel } from "../model/api-model.js";
import { raw } from "../openapi/pointer.js";
import { parseJson } from "../openapi/yaml.js";
import { type DocumentFacts, documentFacts } from "./document-facts.js";
import type { Recording } from "./recording.js";

/** What the recordings show of an action, each list sorted, and everything that its document has. */
export interface ActionCoverage {
  /** Paths of parameters, such as `Disks[].Size`. */
  readonly parameters: readonly string[];
  /** Paths of fields of the success body. */
  readonly fields: readonly string[];
  readonly retCodes: readonly number[];
  readonly documented: DocumentFacts;
}

/** Coverage by `<product>/<Action>`, in the order of the model. */
export type Coverage = ReadonlyMap<string, ActionCoverage>;

export function coverageOf(recordings: readonly Recording[], { products }: ApiModel): Coverage {
  const entries = products.flatMap(({ name, actions }) =>
    actions.map((action) => {
      const own = recordings.filter(({ parameters }) => parameters.get("Action") === action.name);
      return [`${name}/${action.name}`, actionCoverage(action, own)] as const;
    }),
  );
  return new Map(entries);
}

function actionCoverage(action: Action, recordings: readonly Recording[]): ActionCoverage {
  const documented = documentFacts(action);
  const parameters = new Set<string>();
  const fields = new Set<string>();
  const retCodes = new Set<number>();
  for (const recording of recordings) {
    for (const name of Object.keys(ownParameters(recording))) addParameter(name, documented, parameters);
    const body = raw(parse(recording.body));
    const retCode = Number(body.RetCode);
    if (documented.retCodes.includes(retCode)) retCodes.add(retCode);
    if (retCode === 0) addFields(body, "", documented, fields);
  }
  return {
    parameters: [...parameters].sort(),
    fields: [...fields].sort(),
    retCodes: [...retCodes].sort((a, b) => a - b),
    documented,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Adds a parameter, and those around it. @param name flat, such as `Disks.0.Size`. */
function addParameter(name: string, { parameters }: DocumentFacts, shown: Set<string>): void {
  const path = name.replace(/\.\d+(?=\.|$)/g, "[]");
  const parts = path.split(".");
  for (const index of parts.keys()) {
    const outer = parts
      .slice(0, index + 1)
      .join(".")
      .replace(/(?:\[\])+$/, "");
    if (Object.hasOwn(parameters, outer)) shown.add(outer);
  }
}

function addFields(value: unknown, prefix: string, documented: DocumentFacts, shown: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) addFields(item, `${prefix.replace(/\.$/, "")}[].`, documented, shown);
    return;
  }
  for (const [key, item] of Object.entries(raw(value))) {
    const path = prefix + key;
    const isListed = Object.hasOwn(documented.fields, path);
    if (isListed) shown.add(path);
    addFields(item, isListed ? `${path}.` : `${prefix}*.`, documented, shown);
  }
}

/** File with what the recordings of a folder must at least show. */
export function floorFile(folder: string): string {
  return join(folder, "coverage.json");
}

/** Content of the floor: everything that is shown, one entry a line. */
export function floorOf(coverage: Coverage): string {
  const shown = [...coverage].map(([name, { parameters, fields, retCodes }]) => [
    name,
    { parameters, fields, retCodes },
  ]);
  return `${JSON.stringify(Object.fromEntries(shown), null, 2)}\n`;
}

/**
 * Reports what the floor of a folder lists and no recording shows any more; nothing if there is no floor.
 *
 * @throws InputError if the floor cannot be read.
 */
export async function lostCoverage(folder: string, coverage: Coverage): Promise<Diagnostic[]> {
  const source = await readIfThere(floorFile(folder));
  if (source === undefined) return [];
  const diagnostics = new Diagnostics();
  const help = "Write it again with `verify --update-coverage`.";
  const floor = parseJson(source, help, diagnostics);
  diagnostics.throwIfAny();
  const nouns = { parameters: "parameter", fields: "field", retCodes: "RetCode" } as const;
  return Object.entries(raw(floor?.value)).flatMap(([name, lists]) =>
    (["parameters", "fields", "retCodes"] as const).flatMap((kind) => {
      const listed = raw(lists)[kind];
      const shown: readonly unknown[] = coverage.get(name)?.[kind] ?? [];
      return (Array.isArray(listed) ? listed : []).flatMap((item, index) => {
        if (shown.includes(item)) return [];
        const line = floor?.lineOf([name, kind, index]) ?? 1;
        const message = `no recording shows the ${nouns[kind]} ${item} of ${name} any more`;
        const help =
          "Add a recording that does. If it was removed on purpose, run `verify --update-coverage`.";
        return [{ code: "lost-coverage", file: source.path, line, message, help }];
      });
    }),
  );
}

import { join } from "node:path";
import { ownParameters } from "../../templates/runtime/testing/har.js";
import { readParameters } from "../../templates/runtime/testing/typed-parameters.js";
import { type Diagnostic, Diagnostics } from "../diagnostic.js";
import { operationOf } from "../emit/operation-fields.js";
import { readIfThere } from "../files.js";
import type { Action, ApiModel } from "../model/api-model.js";
import { type Path, raw } from "../openapi/pointer.js";
import { parseJson } from "../openapi/yaml.js";
import { type DocumentFacts, documentFacts } from "./document-facts.js";
import type { Recording } from "./recording.js";
import { parseBody } from "./response-body.js";

/** What the recordings show of an action, each list sorted, and everything that its document has. */
export interface ActionCoverage {
  /** Paths of parameters, such as `Disks.N.Size`. */
  readonly parameters: readonly string[];
  /** Paths of fields of the success body. */
  readonly fields: readonly string[];
  readonly retCodes: readonly number[];
  readonly documented: DocumentFacts;
}

/** Coverage by `<product>/<Action>`, in the order of the model. */
export type Coverage = ReadonlyMap<string, ActionCoverage>;

/** Coverage of the actions of a model by recordings. */
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
    const flat = new Map(Object.entries(ownParameters(recording)));
    addPaths(readParameters(flat, operationOf(action)).params, "", documented.parameters, parameters);
    const body = parseBody(recording);
    const retCode = Number(body?.RetCode);
    if (documented.retCodes.includes(retCode)) retCodes.add(retCode);
    if (retCode === 0) addPaths(body, "", documented.fields, fields);
  }
  return {
    parameters: [...parameters].sort(),
    fields: [...fields].sort(),
    retCodes: [...retCodes].sort((a, b) => a - b),
    documented,
  };
}

/** Adds the paths of the values inside a value that are documented. */
function addPaths(
  value: unknown,
  prefix: string,
  documented: Readonly<Record<string, string>>,
  shown: Set<string>,
): void {
  if (Array.isArray(value)) {
    for (const item of value) addPaths(item, `${prefix}N.`, documented, shown);
    return;
  }
  for (const [key, item] of Object.entries(raw(value))) {
    const path = prefix + key;
    const isListed = Object.hasOwn(documented, path);
    if (isListed) shown.add(path);
    addPaths(item, isListed ? `${path}.` : `${prefix}*.`, documented, shown);
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
  return Object.entries(raw(floor?.value)).flatMap(([name, lists]) => {
    const lineOf = (...path: Path) => floor?.lineOf([name, ...path]) ?? 1;
    const lost = (line: number, message: string, help: string) => ({
      code: "lost-coverage",
      file: source.path,
      line,
      message,
      help: `${help} If it was removed on purpose, run \`verify --update-coverage\`.`,
    });
    const own = coverage.get(name);
    if (own === undefined)
      return [lost(lineOf(), `no document describes ${name} any more`, "Restore its document.")];
    return kinds.flatMap(([kind, noun]) => {
      const listed = raw(lists)[kind];
      const shown = new Set<unknown>(own[kind]);
      return (Array.isArray(listed) ? listed : []).flatMap((item, index) => {
        if (shown.has(item)) return [];
        if (typeof item !== "string" && typeof item !== "number") {
          const message = `has a ${noun} of ${name} that is no string or number`;
          return [lost(lineOf(kind, index), message, "Remove it.")];
        }
        const message = `no recording shows the ${noun} ${item} of ${name} any more`;
        return [lost(lineOf(kind, index), message, "Add a recording that does.")];
      });
    });
  });
}

const kinds = [
  ["parameters", "parameter"],
  ["fields", "field"],
  ["retCodes", "RetCode"],
] as const;

import { type Coverage, coverageOf, lostCoverage } from "./contract/coverage.js";
import type { Finding } from "./contract/finding.js";
import { importClients } from "./contract/generated-clients.js";
import {
  type Recording,
  type Recordings,
  readHarFiles,
  readValidRecordings,
  type SkippedEntry,
} from "./contract/recording.js";
import { staleRecordings } from "./contract/staleness.js";
import { unknownAction, verifyRecording } from "./contract/verify.js";
import { type Diagnostic, Diagnostics, InputError } from "./diagnostic.js";
import { fileProblem } from "./files.js";
import { load } from "./load.js";
import type { ApiModel, Product } from "./model/api-model.js";
import { checkFinished } from "./output/journal.js";

/** Options of {@link verify}. */
export interface VerifyOptions {
  /** Folder with `actiongen.yaml` and `<product>/<Action>.openapi.yaml`. */
  readonly spec: string;
  /** Output folder of `generate`, whose clients make the recorded calls. */
  readonly out: string;
  /** Folder of recordings (`*.har`), or files of them. */
  readonly recordings: string | readonly string[];
}

/** Result of {@link verify}. */
export interface VerifyResult {
  /** Files of the recordings that were verified; one with several calls as often. */
  readonly recordings: readonly string[];
  /** Problems of files and entries, which were left out. */
  readonly unreadable: readonly Diagnostic[];
  /** Where recordings, documents and clients disagree. */
  readonly disagreements: readonly Finding[];
  /** Entries of the files that are not calls of an Action API. */
  readonly skipped: readonly SkippedEntry[];
  /** Names of the actions without a recording, sorted. */
  readonly unrecorded: readonly string[];
  /** Warnings about recordings that were made with an older document. */
  readonly stale: readonly Diagnostic[];
  /** What the recordings show of each action. */
  readonly coverage: Coverage;
  /** What `coverage.json` in the folder of recordings lists, and no recording shows any more. */
  readonly lost: readonly Diagnostic[];
}

/**
 * Contract tests of a specification: makes every recorded call with the generated clients, and compares the requests,
 * responses and errors with the recordings and the documents. Sends nothing.
 *
 * @throws InputError with every problem of the specification and of the recordings, if the specification cannot be loaded or
 * no recording can be read.
 */
export async function verify({ spec, out, recordings: source }: VerifyOptions): Promise<VerifyResult> {
  checkFinished(out);
  const [diagnostics, unreadable] = [new Diagnostics(), new Diagnostics()];
  const api = await load(spec).catch((error) => diagnostics.addAll(error));
  const read = await readAll(source, unreadable).catch((error) => unreadable.addAll(error));
  if (api === undefined || read === undefined || read.recordings.length === 0)
    for (const problem of unreadable.list) diagnostics.add(problem);
  diagnostics.throwIfAny();
  if (api === undefined || read === undefined) throw new Error("unreachable: both were read");
  const { recordings, skipped } = read;
  if (recordings.length === 0 && typeof source === "string") {
    const help =
      "Add recordings as test/recordings/README.md of actiongen describes, or choose another folder.";
    throw new InputError([fileProblem("no-recordings", source, "contains no recordings (*.har)", help)]);
  }
  const isComplete = typeof source === "string" && unreadable.list.length === 0;
  const recorded = new Set(recordings.map(({ parameters }) => parameters.get("Action")));
  const actions = api.products.flatMap((product) => product.actions.map(({ name }) => name));
  const coverage = coverageOf(recordings, api);
  return {
    recordings: recordings.map(({ file }) => file),
    unreadable: unreadable.list,
    disagreements: await compare(recordings, api, out),
    skipped,
    unrecorded: [...new Set(actions)].filter((name) => !recorded.has(name)).sort(),
    stale: staleRecordings(recordings, api),
    coverage,
    // Some of the files show less than what all show together.
    lost: isComplete ? await lostCoverage(source, coverage) : [],
  };
}

async function readAll(source: VerifyOptions["recordings"], diagnostics: Diagnostics): Promise<Recordings> {
  return typeof source === "string"
    ? await readValidRecordings(source, diagnostics)
    : await readHarFiles(source, diagnostics);
}

/** Verifies each recording with the client of each product that has its action. */
async function compare(recordings: readonly Recording[], api: ApiModel, out: string): Promise<Finding[]> {
  const calls = recordings.map((recording) => ({ recording, products: productsOf(recording, api.products) }));
  const names = calls.flatMap(({ products }) => products.map(({ name }) => name));
  const clients = await importClients(out, api.brand.package.scope, [...new Set(names)]);
  const disagreements: Finding[] = [];
  try {
    for (const { recording, products } of calls) {
      if (products.length === 0) disagreements.push(unknownAction(recording));
      for (const product of products) {
        const own = { ...api, products: [product] };
        const createClient = clients.createClient.get(product.name);
        if (createClient === undefined) throw new Error(`unreachable: ${product.name} was imported`);
        const found = await verifyRecording(recording, own, createClient);
        const prefix = products.length === 1 ? "" : `in the product ${product.name}, `;
        for (const one of found) disagreements.push({ ...one, message: prefix + one.message });
      }
    }
  } finally {
    await clients.close();
  }
  return disagreements;
}

/** The products that have the action of a recording: the request and the response are the same in each. */
function productsOf({ parameters }: Recording, products: readonly Product[]): Product[] {
  const name = parameters.get("Action");
  return products.filter(({ actions }) => actions.some((action) => action.name === name));
}

import { type Coverage, coverageOf, lostCoverage } from "./contract/coverage.js";
import { importClients } from "./contract/generated-clients.js";
import { type Recording, readRecordings } from "./contract/recording.js";
import { staleRecordings } from "./contract/staleness.js";
import { unknownAction, verifyRecording } from "./contract/verify.js";
import { type Diagnostic, Diagnostics, InputError } from "./diagnostic.js";
import { fileProblem } from "./files.js";
import { load } from "./load.js";
import type { Product } from "./model/api-model.js";
import { checkFinished } from "./output/journal.js";

/** Options of {@link verify}. */
export interface VerifyOptions {
  /** Folder with `actiongen.yaml` and `<product>/<Action>.openapi.yaml`. */
  readonly spec: string;
  /** Output folder of `generate`, whose clients make the recorded calls. */
  readonly out: string;
  /** Folder of recordings (`*.har`). */
  readonly recordings: string;
}

/** Result of {@link verify}. */
export interface VerifyResult {
  /** Files of the recordings that were verified. */
  readonly recordings: readonly string[];
  /** Where recordings, documents and clients disagree. */
  readonly disagreements: readonly Diagnostic[];
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
 * @throws InputError with every problem of the specification and of the recordings, or if there are no recordings.
 */
export async function verify({ spec, out, recordings: folder }: VerifyOptions): Promise<VerifyResult> {
  checkFinished(out);
  const diagnostics = new Diagnostics();
  const api = await load(spec).catch((error) => diagnostics.addAll(error));
  const recordings = await readRecordings(folder).catch((error) => diagnostics.addAll(error));
  diagnostics.throwIfAny();
  if (api === undefined || recordings === undefined) throw new Error("unreachable: both were read");
  if (recordings.length === 0) {
    const help =
      "Add recordings as test/recordings/README.md of actiongen describes, or choose another folder.";
    throw new InputError([fileProblem("no-recordings", folder, "contains no recordings (*.har)", help)]);
  }

  const calls = recordings.map((recording) => ({ recording, products: productsOf(recording, api.products) }));
  const names = calls.flatMap(({ products }) => products.map(({ name }) => name));
  const clients = await importClients(out, api.brand.package.scope, [...new Set(names)]);
  const disagreements: Diagnostic[] = [];
  try {
    for (const { recording, products } of calls) {
      if (products.length === 0) disagreements.push(unknownAction(recording));
      for (const product of products) {
        const own = { ...api, products: [product] };
        const createClient = clients.createClient.get(product.name);
        if (createClient === undefined) throw new Error(`unreachable: ${product.name} was imported`);
        const found = await verifyRecording(recording, own, createClient);
        const prefix = products.length === 1 ? "" : `in the product ${product.name}, `;
        disagreements.push(...found.map((one) => ({ ...one, message: prefix + one.message })));
      }
    }
  } finally {
    await clients.close();
  }
  const coverage = coverageOf(recordings, api);
  const recorded = new Set(recordings.map(({ parameters }) => parameters.get("Action")));
  const actions = api.products.flatMap((product) => product.actions.map(({ name }) => name));
  return {
    recordings: recordings.map(({ file }) => file),
    disagreements,
    unrecorded: [...new Set(actions)].filter((name) => !recorded.has(name)).sort(),
    stale: staleRecordings(recordings, api),
    coverage,
    lost: await lostCoverage(folder, coverage),
  };
}

/** The products that have the action of a recording: the request and the response are the same in each. */
function productsOf({ parameters }: Recording, products: readonly Product[]): Product[] {
  const name = parameters.get("Action");
  return products.filter(({ actions }) => actions.some((action) => action.name === name));
}

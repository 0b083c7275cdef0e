import { importClients } from "./contract/generated-clients.js";
import { type Recording, readRecordings } from "./contract/recording.js";
import { unknownAction, verifyRecording } from "./contract/verify.js";
import { type Diagnostic, Diagnostics, InputError } from "./diagnostic.js";
import { fileProblem } from "./files.js";
import { load } from "./load.js";
import type { Product } from "./model/api-model.js";

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
}

/**
 * Contract tests of a specification: makes every recorded call with the generated clients, and compares the requests,
 * responses and errors with the recordings and the documents. Sends nothing.
 *
 * @throws InputError with every problem of the specification and of the recordings, or if there are no recordings.
 */
export async function verify({ spec, out, recordings: folder }: VerifyOptions): Promise<VerifyResult> {
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

  const calls = recordings.map((recording) => ({ recording, product: productOf(recording, api.products) }));
  const names = calls.flatMap(({ product }) => product?.name ?? []);
  const clients = await importClients(out, api.brand.package.scope, [...new Set(names)]);
  const disagreements: Diagnostic[] = [];
  try {
    for (const { recording, product } of calls) {
      const createClient = clients.createClient.get(product?.name ?? "");
      if (product === undefined || createClient === undefined) disagreements.push(unknownAction(recording));
      else {
        const own = { ...api, products: [product] };
        disagreements.push(...(await verifyRecording(recording, own, createClient)));
      }
    }
  } finally {
    await clients.close();
  }
  const recorded = new Set(recordings.map(({ parameters }) => parameters.get("Action")));
  const actions = api.products.flatMap((product) => product.actions.map(({ name }) => name));
  return {
    recordings: recordings.map(({ file }) => file),
    disagreements,
    unrecorded: [...new Set(actions)].filter((name) => !recorded.has(name)).sort(),
  };
}

/** The product that a recording is of: the one that its folder names, else the first one that has the action. */
function productOf({ file, parameters }: Recording, products: readonly Product[]): Product | undefined {
  const name = parameters.get("Action");
  const all = products.filter(({ actions }) => actions.some((action) => action.name === name));
  const folder = file.split("/").at(-2);
  return all.find((product) => product.name === folder) ?? all[0];
}

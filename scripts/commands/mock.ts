import { type Recordings, readValidRecordings } from "../contract/recording.js";
import { Diagnostics, formatDiagnostics, InputError } from "../diagnostic.js";
import { interruption } from "../listen.js";
import { load } from "../load.js";
import { actionsByName } from "../mock/gateway.js";
import { type MockServer, startMock } from "../mock/server.js";
import { shellArgument } from "./command-line.js";
import { skippedNote } from "./skipped-entries.js";

interface MockOptions {
  readonly port: number;
  readonly spec: string;
  /** Default: `test/recordings`, if it exists. */
  readonly recordings?: string;
  readonly cors: boolean;
  readonly latency: number;
  readonly fail: readonly string[];
}

/** Serves until the program is interrupted. */
export async function runMock(options: MockOptions): Promise<boolean> {
  const server = await serveMock(options);
  await interruption();
  await server.close();
  return true;
}

/** Starts a mock gateway and prints how to call it. Recordings with problems are reported and left out. */
export async function serveMock({ spec, recordings: folder, ...options }: MockOptions): Promise<MockServer> {
  const { api, recordings } = await readInput(spec, folder);
  const server = await startMock(api, recordings, { ...options, log: console.log });
  const { environmentPrefix: prefix, exampleCredentials } = api.brand;
  console.log(`A mock gateway with ${actionsByName(api).size} actions and ${recordings.length} recordings listens on ${server.baseUrl}

  export ${prefix}_BASE_URL=${server.baseUrl}
  export ${prefix}_PUBLIC_KEY=${shellArgument(exampleCredentials.publicKey)}
  export ${prefix}_PRIVATE_KEY=${shellArgument(exampleCredentials.privateKey)}
`);
  return server;
}

const defaultFolder = "test/recordings";
const noRecordings: Recordings = { recordings: [], skipped: [] };

/** The specification and the valid recordings. @throws InputError with all problems, unless only recordings have some. */
async function readInput(spec: string, folder: string | undefined) {
  const fatal = new Diagnostics();
  const invalid = new Diagnostics();
  const [api, read] = await Promise.all([
    load(spec).catch((error) => fatal.addAll(error)),
    readValidRecordings(folder ?? defaultFolder, invalid).catch((error: InputError) => {
      const isMissing = error.diagnostics?.[0]?.code === "missing";
      return isMissing && folder === undefined ? noRecordings : fatal.addAll(error);
    }),
  ]);
  if (api === undefined || read === undefined) throw new InputError([...fatal.list, ...invalid.list]);
  if (invalid.list.length > 0)
    console.error(`${formatDiagnostics(invalid.list)}\nThe mock does not respond with these recordings.\n`);
  if (read.skipped.length > 0) console.error(`${skippedNote(read.skipped)}\n`);
  return { api, recordings: read.recordings };
}

import { readRecordings } from "../contract/recording.js";
import { InputError } from "../diagnostic.js";
import { displayPath } from "../files.js";
import { interruption } from "../listen.js";
import { load } from "../load.js";
import { startMock } from "../mock/server.js";

interface MockOptions {
  readonly port: number;
  readonly spec: string;
  readonly recordings: string;
  readonly cors: boolean;
}

/** Serves until the program is interrupted. */
export async function serveMock({ port, spec, recordings, cors }: MockOptions): Promise<boolean> {
  const [api, recorded] = await allOf(load(spec), readRecordings(recordings));
  const server = await startMock(api, recorded, { port, cors, log: console.log });
  const { environmentPrefix: prefix, exampleCredentials } = api.brand;
  console.log(`A mock gateway with the recordings of ${displayPath(recordings)} listens on ${server.baseUrl}

  export ${prefix}_BASE_URL=${server.baseUrl}
  export ${prefix}_PUBLIC_KEY=${exampleCredentials.publicKey}
  export ${prefix}_PRIVATE_KEY=${exampleCredentials.privateKey}
`);
  await interruption();
  await server.close();
  return true;
}

/** Both results, or the diagnostics of both. */
async function allOf<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const [a, b] = await Promise.allSettled([first, second]);
  if (a.status === "fulfilled" && b.status === "fulfilled") return [a.value, b.value];
  const reasons = [a, b].flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  const other = reasons.find((reason) => !(reason instanceof InputError));
  throw other ?? new InputError(reasons.flatMap((reason: InputError) => reason.diagnostics));
}

import { readRecordings } from "../contract/recording.js";
import { displayPath } from "../files.js";
import { createGateway } from "../mock/gateway.js";
import { listen } from "../mock/server.js";
import { load } from "../model/load.js";

export interface MockOptions {
  readonly port: number;
  readonly spec: string;
  readonly recordings: string;
}

/** Serves until the program is interrupted. */
export async function serveMock({ port, spec, recordings }: MockOptions): Promise<boolean> {
  const api = await load(spec);
  const gateway = createGateway(api, await readRecordings(recordings));
  const server = await listen(gateway, { port, log: console.log });
  const { environmentPrefix: prefix, exampleCredentials } = api.brand;
  console.log(`A gateway that answers from ${displayPath(recordings)} listens on ${server.baseUrl}

  export ${prefix}_BASE_URL=${server.baseUrl}
  export ${prefix}_PUBLIC_KEY=${exampleCredentials.publicKey}
  export ${prefix}_PRIVATE_KEY=${exampleCredentials.privateKey}

Interrupt (Ctrl-C) to stop.`);
  await new Promise((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  await server.close();
  return true;
}

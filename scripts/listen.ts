import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { InputError } from "./diagnostic.js";

/**
 * Starts a server on loopback.
 *
 * @param port port to listen on; 0 selects a free one.
 * @param command name of the command, for the problem report.
 * @returns the port.
 * @throws InputError if the port is not available.
 */
export async function listen(server: Server, port: number, command: string): Promise<number> {
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  } catch (error) {
    const message = `cannot listen on port ${port}: ${(error as Error).message}`;
    const help = "Choose another one with --port, or 0 for a free one.";
    throw new InputError([{ code: "port", file: command, line: 0, message, help }]);
  }
  return (server.address() as AddressInfo).port;
}

/** Stops a server at once; open connections are closed. */
export async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** Prints how to stop the program, and waits until it is interrupted (Ctrl-C) or terminated. */
export async function interruption(): Promise<void> {
  await new Promise((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
    // A signal ends the program with a failure as long as nothing listens for it.
    console.log("Interrupt (Ctrl-C) to stop.");
  });
}

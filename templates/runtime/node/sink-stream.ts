import { onAbort } from "../deadline.js";
import { systemCode } from "../secrets.js";
import { AttemptError } from "./download-error.js";
import type { FileVersion } from "./file-record.js";
import type { DownloadItem, Sink } from "./options.js";
import { isResumable, type Target } from "./target.js";

type Writer = WritableStreamDefaultWriter<Uint8Array>;

/** Stream of the caller that receives a file. It cannot return to its start, so a file that starts over gets another stream. */
export class SinkStream implements Target {
  version: FileVersion | undefined;
  received = 0;
  readonly #sink: Sink;
  readonly #item: DownloadItem;
  readonly #signal: AbortSignal;
  #writer: Writer | undefined;

  constructor(sink: Sink, item: DownloadItem, signal: AbortSignal) {
    this.#sink = sink;
    this.#item = item;
    this.#signal = signal;
  }

  resume(): number {
    return isResumable(this.version) ? this.received : 0;
  }

  async restart(version: FileVersion): Promise<void> {
    await this.discard();
    this.#signal.throwIfAborted();
    const open = async () => {
      const stream = await this.#sink({ ...this.#item, size: version.size });
      return (stream as WritableStream<Uint8Array>).getWriter();
    };
    const opening = open();
    this.#writer = await this.#run(() => opening).catch((error) => {
      // The stream of a function that is slower than an abort.
      opening.then((writer) => writer.abort(error)).catch(() => {});
      throw error;
    });
    this.version = version;
  }

  async discard(): Promise<void> {
    this.version = undefined;
    this.received = 0;
    await this.abandon(new Error("The download of the file starts over with another stream."));
  }

  async write(bytes: Uint8Array): Promise<void> {
    // Waits until the stream has used the bytes, so that they do not pile up in memory.
    await this.#run((writer) => writer.write(bytes));
    this.received += bytes.length;
  }

  async finish(): Promise<void> {
    await this.#run((writer) => writer.close());
    this.#writer = undefined;
  }

  async abandon(error: unknown): Promise<void> {
    const writer = this.#writer;
    this.#writer = undefined;
    if (writer !== undefined) await this.#run(() => writer.abort(error)).catch(() => {});
  }

  /** Waits for the caller's code, but not longer than until the download is aborted. @throws AttemptError */
  async #run<Result>(work: (writer: Writer) => Promise<Result>): Promise<Result> {
    let release = () => {};
    const aborted = new Promise<never>((_, reject) => {
      const stop = () => reject(this.#signal.reason);
      release = onAbort(this.#signal, stop);
      if (this.#signal.aborted) stop();
    });
    try {
      return await Promise.race([aborted, (async () => work(this.#writer as Writer))()]);
    } catch (cause) {
      this.#signal.throwIfAborted();
      const code = systemCode(cause ?? {});
      throw new AttemptError("none", "sink", `the sink failed${code && ` (${code})`}`, { code, cause });
    } finally {
      release();
    }
  }
}

/**
 * The library: commands of the program as functions, without its output on the terminal. Paths are relative to the working
 * directory. Each function loads what it needs when it is called.
 */

import { existsSync } from "node:fs";
import { type Diagnostic, InputError } from "./diagnostic.js";

export { type Diagnostic, InputError };

/** Options of {@link transcribe}. */
export interface TranscribeOptions {
  /** Pages, or folders of pages. */
  readonly pages: readonly string[];
  /** Specification folder, which receives the documents. Default: `spec`. */
  readonly spec?: string;
  /** OpenAPI Overlays to apply. Default: `<spec>/overlays/*.yaml`. */
  readonly overlays?: readonly string[];
  /** Whether nothing is written. Default: `false`. */
  readonly check?: boolean;
  /** Whether documents are removed even if most pages of a folder were deleted. Default: `false`. */
  readonly allowRemoving?: boolean;
}

/** Something about a page: an `error` means that nothing is written for it. */
export interface PageFinding extends Diagnostic {
  readonly severity: "error" | "warning" | "note";
}

/** Result of {@link transcribe}. Paths are relative to the specification folder, sorted. */
export interface TranscribeResult {
  /** Documents that were written, or with `check` would be. */
  readonly written: readonly string[];
  /** Documents that did not change. */
  readonly unchanged: readonly string[];
  /** Documents of deleted pages that were removed, or with `check` would be. */
  readonly removed: readonly string[];
  /** Files with the lines of pages, `<product>/pages.json`, that changed, or with `check` would. */
  readonly pageFacts: readonly string[];
  readonly findings: readonly PageFinding[];
}

/**
 * Converts the vendor's pages to one OpenAPI document per action.
 *
 * @throws InputError with the problems of everything but the pages, which are findings of the result.
 */
export async function transcribe(options: TranscribeOptions): Promise<TranscribeResult> {
  const { pages, spec = "spec", overlays = [], check = false, allowRemoving = false } = options;
  const { transcribePages, writeDocuments } = await import("./transcribe.js");
  const { noProgress } = await import("./progress.js");
  const settings = { out: spec, overlay: overlays, allowRemoving };
  const transcription = await transcribePages(pages, settings, noProgress);
  if (!check) await writeDocuments(spec, transcription);
  const { documents, removed, pageFacts, findings } = transcription;
  const pathsOf = (isWritten: boolean) =>
    documents.filter(({ isChanged }) => isChanged === isWritten).map(({ path }) => path);
  return {
    written: pathsOf(true).sort(),
    unchanged: pathsOf(false).sort(),
    removed,
    pageFacts: pageFacts.map(({ path }) => path),
    findings,
  };
}

/** Options of {@link generate}. */
export interface GenerateOptions {
  /** Folder with `actiongen.yaml` and `<product>/<Action>.openapi.yaml`. Default: `spec`. */
  readonly spec?: string;
  /** Output folder. Default: `generated` beside `spec`; of a folder `<name>`, `generated-<name>`. */
  readonly out?: string;
  /** Whether nothing is written. Default: `false`. */
  readonly check?: boolean;
  /** Whether to replace the output of another specification, and to remove packages. Default: `false`. */
  readonly allowRemoving?: boolean;
  /** Path that the reference is published under. Default: `docs.basePath` of the configuration. */
  readonly basePath?: string;
}

/** Result of {@link generate}. Paths are relative to the output folder, sorted. */
export interface GenerateResult {
  /** Files that were written, or with `check` would be. */
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** Number of files that are as they should be. */
  readonly unchanged: number;
}

/**
 * Generates the packages and the reference from the specification.
 *
 * @throws InputError with every problem of the input; then nothing was written.
 */
export async function generate(options: GenerateOptions = {}): Promise<GenerateResult> {
  const { spec = "spec", check = false, ...rest } = options;
  const run = await import("./generate.js");
  return await run.generate({ ...rest, spec, out: options.out ?? (await outputFolderOf(spec)), check });
}

/** Options of {@link verify}. */
export interface VerifyOptions {
  /** Specification folder. Default: `spec`. */
  readonly spec?: string;
  /** Output folder of `generate`, whose clients make the recorded calls. Default: that of {@link generate}. */
  readonly out?: string;
  /** Folder of recordings (`*.har`). Default: `test/recordings`. */
  readonly recordings?: string;
}

/** Disagreement of a recording with a document or a client. `file` is the recording. */
export interface Disagreement extends Diagnostic {
  /** JSONPath of the value in the response body, name of the request parameter, or `""`. */
  readonly at: string;
  /** The document, relative to the specification folder; `""` if no document describes the action. */
  readonly document: string;
  /** Where the vendor's page, or a document that was not transcribed, describes it; `undefined` if nothing does. */
  readonly source: { readonly file: string; readonly line: number } | undefined;
  /** Actions of an OpenAPI Overlay with which the document would agree, in their order; empty if there are none. */
  readonly overlay: readonly {
    readonly target: string;
    readonly remove?: boolean;
    readonly update?: unknown;
  }[];
}

/** Result of {@link verify}. */
export interface VerifyResult {
  /** Files of the recordings that were verified. */
  readonly recordings: readonly string[];
  /** Problems of files and entries, which were left out. */
  readonly unreadable: readonly Diagnostic[];
  /** Where recordings, documents and clients disagree; empty if they agree. */
  readonly disagreements: readonly Disagreement[];
  /** Names of the actions without a recording, sorted. */
  readonly unrecorded: readonly string[];
  /** Warnings about recordings that were made with an older document. */
  readonly stale: readonly Diagnostic[];
  /** What `coverage.json` in the folder of recordings lists, and no recording shows any more. */
  readonly lost: readonly Diagnostic[];
}

/**
 * Contract tests: makes every recorded call with the generated clients, and compares the requests, responses and errors
 * with the recordings and the documents. Sends nothing.
 *
 * @throws InputError with every problem of the specification and of the recordings, if the specification cannot be loaded or
 * no recording can be read.
 */
export async function verify(options: VerifyOptions = {}): Promise<VerifyResult> {
  const { spec = "spec", recordings = "test/recordings" } = options;
  const run = await import("./verify.js");
  return await run.verify({ spec, out: options.out ?? (await outputFolderOf(spec)), recordings });
}

/** Options of {@link startMock}. */
export interface MockOptions {
  /** Specification folder. Default: `spec`. */
  readonly spec?: string;
  /** Folder of recordings (`*.har`). Default: `test/recordings`, if it exists. */
  readonly recordings?: string;
  /** Port to listen on, on loopback. Default: 0, which selects a free one. */
  readonly port?: number;
  /** Whether pages of other origins can send requests. Default: `false`. */
  readonly cors?: boolean;
  /** Delay before each response, in milliseconds. Default: 0. */
  readonly latency?: number;
  /** Failures of actions, as the option `--fail` of the command, such as `*=retcode:153x2`. */
  readonly fail?: readonly string[];
  /** Receives one line for each request, without its parameters. */
  readonly log?: (line: string) => void;
}

/** A mock gateway that is listening. */
export interface Mock {
  /** `http://127.0.0.1:<port>/`. */
  readonly baseUrl: string;
  /** Stops at once; open connections are closed. */
  close(): Promise<void>;
}

/**
 * Starts a gateway that verifies signatures and responds to every action, with the closest recording if there is one.
 *
 * @throws InputError with every problem of the input, or if the port is not available.
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { spec = "spec", recordings, port = 0, log = () => {}, ...rest } = options;
  const folder = recordings ?? "test/recordings";
  const { load } = await import("./load.js");
  const { readRecordings } = await import("./contract/recording.js");
  const mock = await import("./mock/server.js");
  const recorded = recordings === undefined && !existsSync(folder) ? [] : await readRecordings(folder);
  return await mock.startMock(await load(spec), recorded, { ...rest, port, log });
}

async function outputFolderOf(spec: string): Promise<string> {
  return (await import("./output/default-folder.js")).outputFolderOf(spec);
}

import {
  duplicateAt,
  type HarEntry,
  knownParts,
  type RecordedCall,
  readEntry,
} from "../../templates/runtime/testing/har.js";
import { type Diagnostic, Diagnostics } from "../diagnostic.js";
import { listFolder, readSource, type SourceFile } from "../files.js";
import { type Path, raw } from "../openapi/pointer.js";
import { jsonValue } from "../openapi/yaml.js";
import { jsonLines, lineCounter, scanJson } from "./json-scan.js";
import { type Contradiction, contradictionsOf, locationsOf } from "./recording-copies.js";
import { checkForm, type HarLog } from "./recording-form.js";

/** One recorded call: an entry of a HAR 1.2 file. */
export interface Recording extends RecordedCall {
  readonly file: string;
  /** `documented`: created from the vendor's documentation. `captured`: recorded at the real API. */
  readonly origin: "documented" | "captured";
  /** When it was captured, as in the file; `""` if the file does not say it. */
  readonly startedDateTime: string;
  /** The document that the call was recorded with; `undefined` if the file does not name it. */
  readonly document: RecordedDocument | undefined;
  /** The response body as in the file, which `body` was decoded from. */
  readonly content: { readonly text: string; readonly encoding: string };
  /** Where a documented recording contradicts itself: it is written by hand, and does not show which of two values is meant. */
  readonly contradictions: readonly Contradiction[];
  /** Line of the file with the value at a path of the entry. */
  lineOf(path: Path): number;
  /** Path in the entry of a request parameter, or of all parameters if it has no such parameter. */
  pathOf(parameter: string): Path;
}

/** The document of an action that a call was recorded with. */
export interface RecordedDocument {
  /** Relative to the specification folder. */
  readonly path: string;
  readonly hash: string;
  readonly version: string;
  /** What the document said then, if the recording has it. */
  readonly facts?: unknown;
}

/** Entry of a captured HAR that is not a call of an Action API, such as an image of the page, or that has no response. */
export interface SkippedEntry {
  readonly file: string;
  readonly line: number;
  /** Method, host and path; `""` without a valid URL. */
  readonly request: string;
  readonly reason: string;
}

/** Content of HAR files. */
export interface Recordings {
  readonly recordings: readonly Recording[];
  readonly skipped: readonly SkippedEntry[];
}

/** Reads every `*.har` file in a folder and its subfolders. @throws InputError with all problems of the files. */
export async function readRecordings(folder: string): Promise<Recording[]> {
  const diagnostics = new Diagnostics();
  const { recordings } = await readValidRecordings(folder, diagnostics);
  diagnostics.throwIfAny();
  return [...recordings];
}

/**
 * Reads the `*.har` files in a folder and its subfolders as far as they have no problems, which are added to `diagnostics`.
 *
 * @throws InputError if the folder cannot be read.
 */
export async function readValidRecordings(folder: string, diagnostics: Diagnostics): Promise<Recordings> {
  return await readHarFiles(await listFolder(folder, ".har"), diagnostics);
}

/** Reads HAR files as far as they have no problems, which are added to `diagnostics`. */
export async function readHarFiles(paths: readonly string[], diagnostics: Diagnostics): Promise<Recordings> {
  const files: Recordings[] = [];
  for (const path of paths) {
    const source = await readSource(path).catch((error) => diagnostics.addAll(error));
    if (source !== undefined) files.push(parseRecordings(source, diagnostics));
  }
  return {
    recordings: files.flatMap(({ recordings }) => recordings),
    skipped: files.flatMap(({ skipped }) => skipped),
  };
}

/**
 * Parses a HAR file. Each entry becomes a recording, or is skipped if it is not a call. In a documented recording, and if a
 * file has no call at all, such an entry is a problem.
 *
 * @param diagnostics collects the problems. Entries without problems are returned.
 */
export function parseRecordings({ path, text }: SourceFile, diagnostics: Diagnostics): Recordings {
  const source = { path, text: text.replace(/^\uFEFF/, "") };
  const help = "Correct the HAR, which is JSON; it may have been cut off.";
  const parsed = jsonValue(source, help, diagnostics);
  const entries = parsed && locateEntries(source, diagnostics);
  const har = entries && checkForm(parsed?.value, source, diagnostics);
  const recordings: Recording[] = [];
  const skipped: SkippedEntry[] = [];
  const before = diagnostics.list.length;
  har?.entries.forEach((entry, index) => {
    const lines = entries?.[index] ?? jsonLines(source.text);
    const result = toRecording(source.path, har, entry, lines.lineOf);
    if ("message" in result) diagnostics.add(result);
    else if ("reason" in result) skipped.push(result);
    else recordings.push(result);
  });
  const [first] = skipped;
  if (first !== undefined && recordings.length === 0 && diagnostics.list.length === before)
    diagnostics.add(noCall(first, skipped.length));
  return { recordings, skipped };
}

function noCall({ file, line, request, reason }: SkippedEntry, count: number): Diagnostic {
  const others = count === 1 ? "" : `, the first of ${count} entries,`;
  const name = request === "" ? "the entry" : request;
  const message = `has no recorded call of an Action API: ${name}${others} is none, since ${reason}`;
  const help = "Record a call of the API with its response body: a GET or POST with the parameter Action.";
  return { code: "recording-call", file, line, message, help };
}

/** Lines of each entry; `undefined` if a key appears twice, which is reported. */
function locateEntries({ path: file, text }: SourceFile, diagnostics: Diagnostics) {
  const before = diagnostics.list.length;
  const lineAt = lineCounter(text);
  const entries: ReturnType<typeof jsonLines>[] = [];
  scanJson(text, ({ path, start, isDuplicate }) => {
    if (isDuplicate) {
      const message = "a key appears twice in one object";
      diagnostics.add({ code: "json-key", file, line: lineAt(start), message, help: "Remove one." });
    }
    if (path.length !== 3 || path[0] !== "log" || path[1] !== "entries") return;
    entries[path[2] as number] = jsonLines(text, start, lineAt(start));
  });
  return diagnostics.list.length > before ? undefined : entries;
}

function toRecording(
  file: string,
  { origin, log }: HarLog,
  value: HarLog["entries"][number],
  lineOf: (path: Path) => number,
): Recording | SkippedEntry | Diagnostic {
  const entry = knownParts(value);
  const call = readEntry(entry);
  const none = "problem" in call ? call : origin === "captured" ? withoutResponse(entry) : undefined;
  if (none !== undefined) {
    const { problem: reason, path } = none;
    if (origin === "captured") return { file, line: lineOf(path), request: nameOf(entry), reason };
    const code = "recording-call";
    return { code, file, line: lineOf(path), message: reason, help: "Correct it." };
  }
  const locations = locationsOf(entry, value);
  const duplicate = locations[duplicateAt(locations.map(({ name }) => name))];
  if (duplicate !== undefined) {
    const line = lineOf(duplicate.path);
    // An export has requests to other servers, too, which can have any parameters.
    if (origin === "captured" && log._document === undefined)
      return { file, line, request: nameOf(entry), reason: "the request has a parameter twice" };
    const message = `the parameter ${duplicate.name} is duplicated`;
    const help = "Remove one: a signature covers one value a name.";
    return { code: "recording-duplicate", file, line, message, help };
  }
  const all = locations[0]?.path.slice(0, -1) ?? ["request"];
  const { text = "", encoding = "" } = entry.response.content ?? {};
  return {
    ...(call as RecordedCall),
    file,
    origin,
    startedDateTime: typeof value.startedDateTime === "string" ? value.startedDateTime : "",
    document: documentOf(log._document),
    content: { text, encoding },
    contradictions: origin === "documented" ? contradictionsOf(entry, value) : [],
    lineOf,
    pathOf: (parameter) => locations.find(({ name }) => name === parameter)?.path ?? all,
  };
}

/** What tools write for a request that was cancelled, and for a response whose body they did not keep. */
function withoutResponse({ response: { status, content } }: HarEntry) {
  const refuse = (problem: string, ...path: string[]) => ({ problem, path: ["response", ...path] });
  if (status <= 0) return refuse("it has no response", "status");
  if (!Number.isInteger(status) || status < 200 || status > 599)
    return refuse(`its status is ${status}`, "status");
  return content?.text === undefined ? refuse("the body of its response is missing", "content") : undefined;
}

/** Method, host and path of a request: anything else of a URL can be secret. */
function nameOf({ request: { method, url } }: HarEntry): string {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return "";
  const { origin, pathname } = new URL(url);
  return `${method.slice(0, 20)} ${origin}${pathname}`.slice(0, 200);
}

function documentOf(value: unknown): RecordedDocument | undefined {
  const { path, hash, version, facts } = raw(value);
  const isValid = [path, hash, version].every((part) => typeof part === "string");
  return isValid ? ({ path, hash, version, facts } as RecordedDocument) : undefined;
}

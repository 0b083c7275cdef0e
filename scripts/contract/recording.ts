import { isDeepStrictEqual } from "node:util";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Entry, Har } from "har-format";
import { type RecordedCall, readEntry, readPostData } from "../../templates/runtime/testing/recording.js";
import { Diagnostics } from "../diagnostic.js";
import { readFolder, type SourceFile } from "../files.js";
import { type Path, pointerPath } from "../openapi/pointer.js";
import { requirement } from "../openapi/schema-error.js";
import { parseJson } from "../openapi/yaml.js";

/** One recorded call: a HAR 1.2 file with one entry. */
export interface Recording extends RecordedCall {
  readonly file: string;
  /** `documented`: created from the vendor's documentation. `captured`: recorded at the real API. */
  readonly origin: "documented" | "captured";
  /** Line of the file with the value at a path of the entry. */
  lineOf(path: Path): number;
  /** Path in the entry of a request parameter, or of all parameters if it has no such parameter. */
  pathOf(parameter: string): Path;
}

/** HAR with the origin of the recording. Custom fields of a HAR begin with an underscore. */
interface RecordingHar extends Har {
  log: Har["log"] & { _origin: "documented" | "captured" };
}

/** Reads every `*.har` file in a folder and its subfolders. @throws InputError with all problems of the files. */
export async function readRecordings(folder: string): Promise<Recording[]> {
  const diagnostics = new Diagnostics();
  const recordings = await readValidRecordings(folder, diagnostics);
  diagnostics.throwIfAny();
  return recordings;
}

/**
 * Reads the `*.har` files in a folder and its subfolders that have no problems; those of the others are added to `diagnostics`.
 *
 * @throws InputError if the folder cannot be read.
 */
export async function readValidRecordings(folder: string, diagnostics: Diagnostics): Promise<Recording[]> {
  const sources = await readFolder(folder, ".har");
  const recordings = sources.map((source) => parseRecording(source, diagnostics));
  return recordings.filter((recording) => recording !== undefined);
}

/** Parses a HAR file. @returns `undefined` if there are problems, which are added to `diagnostics`. */
export function parseRecording(source: SourceFile, diagnostics: Diagnostics): Recording | undefined {
  const { path: file, text } = source;
  const json = { path: file, text: text.replace(/^\uFEFF/, "") };
  const yaml = parseJson(json, "Correct the HAR, which is JSON; it may have been cut off.", diagnostics);
  if (yaml === undefined) return undefined;
  if (!validate(yaml.value)) {
    for (const error of validate.errors ?? []) {
      const path = pointerPath(error.instancePath);
      diagnostics.add({
        code: "recording-form",
        file,
        line: yaml.lineOf(path),
        message: `${path.join(".") || "the recording"} ${requirement(error)}`,
        help: "test/recordings/README.md of actiongen describes the form.",
      });
    }
    return undefined;
  }
  const { log } = yaml.value as RecordingHar;
  const entry = log.entries[0] as Entry;
  const lineOf = (path: Path) => yaml.lineOf(["log", "entries", 0, ...path]);
  const problem = problemOf(entry);
  if (problem !== undefined) {
    const { path, ...rest } = problem;
    diagnostics.add({ file, line: lineOf(path), ...rest });
    return undefined;
  }
  const locations = locationsOf(entry);
  const all = locations[0]?.path.slice(0, -1) ?? ["request"];
  return {
    ...readEntry(entry),
    file,
    origin: log._origin,
    lineOf,
    pathOf: (parameter) => locations.find(({ name }) => name === parameter)?.path ?? all,
  };
}

/** Parameters of the query and of the body, each with its path. */
function locationsOf({ request }: Entry): { name: string; path: Path }[] {
  const { queryString, postData } = request;
  const inBody = readPostData(postData).map(([name], index) => {
    const isListed = postData?.params?.[index]?.name === name;
    return { name, path: ["request", "postData", ...(isListed ? ["params", index] : ["text"])] };
  });
  return [
    ...queryString.map(({ name }, index) => ({ name, path: ["request", "queryString", index] })),
    ...inBody,
  ];
}

/** The first problem of an entry that the schema does not find. */
function problemOf(entry: Entry): { code: string; path: Path; message: string; help: string } | undefined {
  const { request, response } = entry;
  let locations: ReturnType<typeof locationsOf>;
  try {
    locations = locationsOf(entry);
  } catch {
    const message = "the body of the request is not a JSON object";
    return { code: "recording-body", path: ["request", "postData", "text"], message, help: "Correct it." };
  }
  const names = locations.map(({ name }) => name);
  const duplicate = locations.find(({ name }, index) => names.indexOf(name) !== index);
  if (duplicate !== undefined) {
    const message = `the parameter ${duplicate.name} is duplicated`;
    const help = "Remove one: a signature covers one value a name.";
    return { code: "recording-duplicate", path: duplicate.path, message, help };
  }
  const { size, text = "", encoding } = response.content;
  if (encoding === "base64" && !/^(?:[a-z\d+/]{4})*(?:[a-z\d+/]{2,3}={0,2})?\s*$/i.test(text)) {
    const message = "content.text is not base64, which content.encoding says";
    return { code: "recording-encoding", path: [...contentPath, "text"], message, help: "Correct either." };
  }
  const actual = Buffer.byteLength(text, encoding === "base64" ? "base64" : "utf8");
  if (size !== actual) {
    const message = `content.size is ${size}, but text has ${actual} bytes`;
    return { code: "recording-size", path: [...contentPath, "size"], message, help: "Correct the size." };
  }
  const query = new Map(request.queryString.map(({ name, value: text }) => [name, text]));
  if (isDeepStrictEqual(query, new Map(new URL(request.url).searchParams))) return undefined;
  const message = "the query of url and queryString differ";
  const help = "Make them the same; `actiongen sign` prints a URL.";
  return { code: "recording-url", path: ["request", "url"], message, help };
}

const contentPath = ["response", "content"];

const string = { type: "string" };

/** @param required names of properties, separated by spaces. */
function object(required: string, properties: object): object {
  return { type: "object", required: required.split(" "), properties };
}

const nameValues = { type: "array", items: object("name value", { name: string, value: string }) };

const request = object("method url httpVersion headers queryString cookies headersSize bodySize", {
  method: { enum: ["GET", "POST"] },
  url: { type: "string", pattern: "^https?://", description: "an http or https URL" },
  headers: nameValues,
  queryString: nameValues,
  postData: object("mimeType", {
    mimeType: {
      type: "string",
      pattern: "^application/(x-www-form-urlencoded|json)\\b",
      description: "application/json or application/x-www-form-urlencoded",
    },
    text: string,
    params: nameValues,
  }),
});

const content = object("size mimeType text", {
  size: { type: "integer" },
  mimeType: string,
  text: string,
  encoding: { const: "base64" },
});

const response = object(
  "status statusText httpVersion headers cookies content redirectURL headersSize bodySize",
  { status: { type: "integer", minimum: 200, maximum: 599 }, headers: nameValues, content },
);

const entry = object("startedDateTime time request response cache timings", { request, response });

/** HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), as far as a recording uses it. */
const validate = new Ajv2020({ allErrors: true, verbose: true }).compile(
  object("log", {
    log: object("version creator entries comment _origin", {
      version: { const: "1.2" },
      creator: object("name version", {}),
      comment: { type: "string", minLength: 1 },
      _origin: { enum: ["documented", "captured"] },
      entries: { type: "array", minItems: 1, maxItems: 1, items: entry },
    }),
  }),
);

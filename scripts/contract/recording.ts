import { isDeepStrictEqual } from "node:util";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Entry, Har } from "har-format";
import { Diagnostics } from "../diagnostic.js";
import { readFolder, type SourceFile } from "../files.js";
import { pointerPath } from "../openapi/pointer.js";
import { parseJson } from "../openapi/yaml.js";

/** One recorded call: an HAR 1.2 file with one entry. */
export interface Recording {
  readonly file: string;
  /** `documented`: made from the vendor's documentation. `captured`: came from the real API. */
  readonly origin: "documented" | "captured";
  readonly method: string;
  /** Address of the request without its query. */
  readonly baseUrl: string;
  /** Parameters of the request, flat, the signature among them. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly status: number;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly body: string;
  readonly mimeType: string;
  /** Line of the file on which the value at a path of the recorded response body, or of the request, is told. */
  lineOf(path: readonly (string | number)[]): number;
}

/** What a recording says of itself besides HAR: fields of one's own begin with an underscore there. */
interface RecordingHar extends Har {
  log: Har["log"] & { _origin: "documented" | "captured" };
}

/** Reads every `*.har` below a folder. @throws InputError with all that is wrong with them. */
export async function readRecordings(folder: string): Promise<Recording[]> {
  const diagnostics = new Diagnostics();
  const sources = await readFolder(folder, ".har");
  const recordings = sources.map((source) => parseRecording(source, diagnostics));
  diagnostics.throwIfAny();
  return recordings.filter((recording) => recording !== undefined);
}

/** Parses one HAR. Faults go to `diagnostics`; then the result is `undefined`. */
export function parseRecording(source: SourceFile, diagnostics: Diagnostics): Recording | undefined {
  const yaml = parseJson(source, "Correct the HAR, which is JSON; it may have been cut off.", diagnostics);
  if (yaml === undefined) return undefined;
  const value = yaml.value;
  if (!validate(value)) {
    for (const { instancePath, message } of validate.errors ?? []) {
      const path = pointerPath(instancePath);
      diagnostics.add({
        code: "recording-form",
        file: source.path,
        line: yaml.lineOf(path),
        message: `${path.join(".") || "the recording"} ${message}`,
        help: "test/recordings/README.md describes the form.",
      });
    }
    return undefined;
  }
  const har = value as unknown as RecordingHar;
  const { request, response } = har.log.entries[0] as Entry;
  const names = request.queryString.map(({ name }) => name);
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) === index) continue;
    const path = ["log", "entries", 0, "request", "queryString", index];
    const message = `the parameter ${name} is sent twice`;
    const help = "Remove one: a signature covers one value a name.";
    diagnostics.add({ code: "recording-twice", file: source.path, line: yaml.lineOf(path), message, help });
  }
  if (new Set(names).size < names.length) return undefined;
  const { size, text = "" } = response.content;
  if (size !== Buffer.byteLength(text)) {
    const path = ["log", "entries", 0, "response", "content", "size"];
    const message = `content.size is ${size}, but text has ${Buffer.byteLength(text)} bytes`;
    diagnostics.add({
      code: "recording-size",
      file: source.path,
      line: yaml.lineOf(path),
      message,
      help: "Correct the size.",
    });
    return undefined;
  }
  const parameters = new Map(request.queryString.map(({ name, value }) => [name, value]));
  if (!isDeepStrictEqual(parameters, new Map(new URL(request.url).searchParams))) {
    diagnostics.add({
      code: "recording-url",
      file: source.path,
      line: yaml.lineOf(["log", "entries", 0, "request", "url"]),
      message: "the query of url and queryString differ",
      help: "Make them the same; `actiongen sign` prints a URL.",
    });
    return undefined;
  }
  return {
    file: source.path,
    origin: har.log._origin,
    method: request.method,
    baseUrl: request.url.replace(/\?.*$/s, ""),
    parameters,
    status: response.status,
    headers: response.headers,
    body: text,
    mimeType: response.content.mimeType,
    lineOf: (path) => yaml.lineOf(["log", "entries", 0, ...path]),
  };
}

const nameValues = {
  type: "array",
  items: {
    type: "object",
    required: ["name", "value"],
    properties: { name: { type: "string" }, value: { type: "string" } },
  },
};

/** HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/) as far as a recording has it. */
const validate = new Ajv2020({ allErrors: true }).compile({
  type: "object",
  required: ["log"],
  properties: {
    log: {
      type: "object",
      required: ["version", "creator", "entries", "comment", "_origin"],
      properties: {
        version: { const: "1.2" },
        creator: { type: "object", required: ["name", "version"] },
        comment: { type: "string", minLength: 1 },
        _origin: { enum: ["documented", "captured"] },
        entries: {
          type: "array",
          minItems: 1,
          maxItems: 1,
          items: {
            type: "object",
            required: ["startedDateTime", "time", "request", "response", "cache", "timings"],
            properties: {
              request: {
                type: "object",
                required: [
                  "method",
                  "url",
                  "httpVersion",
                  "headers",
                  "queryString",
                  "cookies",
                  "headersSize",
                  "bodySize",
                ],
                properties: {
                  method: { const: "GET" },
                  url: { type: "string", pattern: "^https?://" },
                  headers: nameValues,
                  queryString: nameValues,
                },
              },
              response: {
                type: "object",
                required: [
                  "status",
                  "statusText",
                  "httpVersion",
                  "headers",
                  "cookies",
                  "content",
                  "redirectURL",
                  "headersSize",
                  "bodySize",
                ],
                properties: {
                  status: { type: "integer" },
                  headers: nameValues,
                  content: {
                    type: "object",
                    required: ["size", "mimeType", "text"],
                    properties: {
                      size: { type: "integer" },
                      mimeType: { type: "string" },
                      text: { type: "string" },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
});

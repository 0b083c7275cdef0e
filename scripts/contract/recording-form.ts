import { Ajv2020 } from "ajv/dist/2020.js";
import type { Diagnostics } from "../diagnostic.js";
import type { SourceFile } from "../files.js";
import { pointerPath, raw } from "../openapi/pointer.js";
import { requirement } from "../openapi/schema-error.js";
import { jsonLines } from "./json-scan.js";

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

const entries = { type: "array", minItems: 1, items: { type: "object" } };
const origin = { enum: ["documented", "captured"] };

/** HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/) of any tool: what is wrong elsewhere is skipped, or a finding. */
const anyForm = object("log", { log: object("entries", { entries, _origin: origin }) });

/** HAR 1.2 as this project writes it. It is written by hand, so that a mistake in it must not pass as another tool's habit. */
const ownForm = object("log", {
  log: object("version creator entries comment _origin", {
    version: { const: "1.2" },
    creator: object("name version", {}),
    comment: { type: "string", minLength: 1 },
    entries: { ...entries, items: entry },
  }),
});

const ajv = new Ajv2020({ allErrors: true, verbose: true });
const [validateAny, validateOwn] = [ajv.compile(anyForm), ajv.compile(ownForm)];

/** A HAR that has the form of one. */
export interface HarLog {
  readonly entries: readonly Readonly<Record<string, unknown>>[];
  readonly origin: "documented" | "captured";
  /** Fields that tools add. */
  readonly log: Readonly<Record<string, unknown>>;
}

/** Checks the form of a parsed HAR. @returns `undefined` if there are problems, which are added to `diagnostics`. */
export function checkForm(value: unknown, source: SourceFile, diagnostics: Diagnostics): HarLog | undefined {
  const isOwn = raw(raw(value).log)._origin === "documented";
  const validate = isOwn && validateAny(value) ? validateOwn : validateAny;
  if (!validate(value)) {
    const { lineOf } = jsonLines(source.text);
    for (const error of validate.errors ?? []) {
      const path = pointerPath(error.instancePath);
      diagnostics.add({
        code: "recording-form",
        file: source.path,
        line: lineOf(path),
        message: `${path.join(".") || "the recording"} ${requirement(error)}`,
        help: "test/recordings/README.md of actiongen describes the form.",
      });
    }
    return undefined;
  }
  const { log } = value as { log: HarLog["log"] & Pick<HarLog, "entries"> };
  return { entries: log.entries, origin: isOwn ? "documented" : "captured", log };
}

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generate } from "../../scripts/generate.js";
import { type ActionParts, actionDocument } from "./action-document.js";
import { folderOf } from "./bundled.js";
import type { GrowingInput } from "./growing-inputs.js";
import { temporaryFolder } from "./spec-folder.js";

/** A list of as many values. */
export function list<Value>(size: number, value: (at: number) => Value): Value[] {
  return Array.from({ length: Math.floor(size) }, (_, at) => value(at));
}

/** Calls of one action. */
interface Calls {
  readonly count?: number;
  /** More of the query. */
  readonly query?: string;
  readonly bodyOf: (call: number) => object | string;
  readonly parts?: ActionParts;
}

const string = { type: "string" };
const item = { type: "object", properties: { Id: string, Name: string } };
const plain: ActionParts = {
  parameters: [{ name: "Region", in: "query", schema: string }],
  response: { Items: { type: "array", items: item }, Message: string },
};

/** A HAR of any size that a command reads. */
function recording(
  kind: string,
  size: number,
  largest: number,
  command: "verify" | "record --from",
  callsOf: (size: number) => Calls,
  code: 0 | 1 = 0,
): GrowingInput {
  const write = async (size: number) => {
    const { count = 1, query = "", bodyOf, parts = plain } = callsOf(size);
    const spec = await folderOf("test/golden/shapes/spec", {
      "store/DescribeIt.openapi.yaml": actionDocument("DescribeIt", parts),
    });
    const entries = list(count, (at) => {
      const body = bodyOf(at);
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const content = { mimeType: "application/json", text };
      return {
        request: {
          method: "GET",
          url: `https://gateway.example.com/api/?Action=DescribeIt&Region=r${at}${query}`,
        },
        response: { status: 200, headers: [], content },
      };
    });
    const file = join(spec, "export.har");
    await writeFile(file, JSON.stringify({ log: { version: "1.2", entries } }));
    const out = join(await temporaryFolder(), "out");
    // A client makes the calls again.
    if (command === "verify") await generate({ spec, out, check: false });
    return [...command.split(" "), file, "--spec", spec, "--out", out];
  };
  return { kind: `${command}: ${kind}`, size, largest, code, write };
}

const items = (size: number) => list(size, (at) => ({ Id: `i-${at}`, Name: "a" }));
const failure = (at: number) => ({ RetCode: 230, Message: `Project [org-${at}] has no space s-${at}` });

/** Schemas, each of which has two fields of the one after it. */
function shared(size: number): ActionParts {
  const reference = (at: number) => ({ $ref: `#/components/schemas/S${at}` });
  const schemas = list(size, (at) => {
    const next = at + 1 < size ? reference(at + 1) : string;
    return [`S${at}`, { type: "object", properties: { A: next, B: next } }];
  });
  return { response: { First: reference(0) }, schemas: Object.fromEntries(schemas) };
}

/** The largest recordings of each kind. */
export const growingRecordings: readonly GrowingInput[] = [
  recording("calls", 100, 20_000, "verify", (count) => ({
    count,
    bodyOf: () => ({ RetCode: 0, Items: items(1) }),
  })),
  recording("a large body", 2000, 400_000, "verify", (size) => ({
    bodyOf: () => ({ RetCode: 0, Items: items(size) }),
  })),
  recording(
    "wrong items of a list",
    2000,
    200_000,
    "verify",
    (size) => ({
      bodyOf: () => ({ RetCode: 0, Items: list(size, () => ({ Id: 1 })) }),
    }),
    1,
  ),
  recording(
    "wrong values of a map",
    2000,
    200_000,
    "verify",
    (size) => ({
      bodyOf: () => ({ RetCode: 0, Map: Object.fromEntries(list(size, (at) => [`k${at}`, { Id: 1 }])) }),
      parts: { ...plain, response: { Map: { type: "object", additionalProperties: item } } },
    }),
    1,
  ),
  recording(
    "flat names of an undocumented parameter",
    2000,
    50_000,
    "verify",
    (size) => ({
      query: list(size, (at) => `&Tags.k${at}=1`).join(""),
      bodyOf: () => ({ RetCode: 0 }),
    }),
    1,
  ),
  recording(
    "numbers beyond 2^53",
    2000,
    200_000,
    "verify",
    (size) => ({ bodyOf: () => `{"RetCode":0,"Other":[${list(size, () => "9007199254740993").join()}]}` }),
    1,
  ),
  recording("schemas that share schemas", 10, 40, "verify", (size) => ({
    bodyOf: () => ({ RetCode: 0 }),
    parts: { ...plain, ...shared(size) },
  })),
  recording("calls with a message", 100, 1000, "record --from", (count) => ({ count, bodyOf: failure })),
  recording("a large body", 2000, 100_000, "record --from", (size) => ({
    bodyOf: () => ({ RetCode: 0, Items: items(size), Message: "ok" }),
  })),
  recording("private values of many lengths in a message", 40_000, 4_000_000, "record --from", (size) => ({
    bodyOf: () => ({
      RetCode: 230,
      Items: list(Math.sqrt(size), (at) => ({ Name: `${"a".repeat(at + 3)}c` })),
      Message: `${"a".repeat(Math.sqrt(size) / 2)}b `.repeat(Math.sqrt(size)),
    }),
  })),
  ...Object.entries({ word: "Ab1 ", dots: ".", backslashes: "\\", link: "http://a.rdb", mail: "a@b.c" }).map(
    ([kind, part]) =>
      recording(`a private string of ${kind}`, 50_000, 4_000_000, "record --from", (size) => ({
        bodyOf: () => ({ RetCode: 0, Note: `${part.repeat(size / part.length)} `, Message: "ok" }),
      })),
  ),
];

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ActionParts, actionDocument } from "./action-document.js";
import { folderOf } from "./bundled.js";
import { growingRecordings, list } from "./growing-recordings.js";
import { row, smallPage } from "./small-page.js";
import { temporaryFolder } from "./spec-folder.js";

/** An input of any size, and the command that reads it. */
export interface GrowingInput {
  readonly kind: string;
  /** Size whose command takes long enough to be measured, even on a fast machine. */
  readonly size: number;
  /** Size of the largest input of the kind: as large as the tools accept, or far beyond any real one. */
  readonly largest: number;
  /** Exit code of the command. */
  readonly code: 0 | 1;
  /** Writes the input of a size. @returns the command line. */
  readonly write: (size: number) => Promise<string[]>;
}

const config = "test/golden/shapes/spec";
const string = { type: "string" };
const megabyte = 1_000_000;

function page(kind: string, size: number, largest: number, text: (size: number) => string): GrowingInput {
  const write = async (size: number) => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "pages/store"), { recursive: true });
    await writeFile(join(folder, "pages/store/DoIt.md"), text(size));
    return ["transcribe", join(folder, "pages"), "--out", join(folder, "spec")];
  };
  return { kind: `page: ${kind}`, size, largest, code: 0, write };
}

/** A page with a string in a cell. */
function cell(string: string): string {
  return smallPage({ rows: `${row("Id", "string", string)}\n` });
}

function specification(
  kind: string,
  size: number,
  largest: number,
  files: (size: number) => Readonly<Record<string, unknown>>,
): GrowingInput {
  const write = async (size: number) => {
    const texts = Object.entries(files(size)).map(([path, content]) => [path, JSON.stringify(content)]);
    const folder = await folderOf(config, Object.fromEntries(texts));
    return ["generate", "--spec", folder, "--out", join(await temporaryFolder(), "out")];
  };
  return { kind, size, largest, code: 0, write };
}

/** A specification whose only document has one action. */
function document(
  kind: string,
  size: number,
  largest: number,
  parts: (size: number) => ActionParts,
): GrowingInput {
  const files = (size: number) => ({ "store/DoIt.openapi.yaml": actionDocument("DoIt", parts(size)) });
  return specification(`document: ${kind}`, size, largest, files);
}

/** Two states of an action. @param parts those of the action when its fields are called A or B. */
function difference(
  kind: string,
  size: number,
  largest: number,
  parts: (size: number, name: "A" | "B") => ActionParts,
): GrowingInput {
  const write = async (size: number) => {
    const folders = (["A", "B"] as const).map((name) => {
      const content = JSON.stringify(actionDocument("DoIt", parts(size, name)));
      return folderOf(config, { "store/DoIt.openapi.yaml": content });
    });
    return ["diff", ...(await Promise.all(folders))];
  };
  return { kind: `diff: ${kind}`, size, largest, code: 0, write };
}

/** Schemas, each of which adds a field to the one after it. */
function chain(size: number) {
  const schemas = list(size, (at) => [
    `S${at}`,
    {
      allOf: [
        ...(at + 1 < size ? [{ $ref: `#/components/schemas/S${at + 1}` }] : []),
        { type: "object", properties: { [`F${at}`]: string } },
      ],
    },
  ]);
  return {
    response: { First: { $ref: "#/components/schemas/S0" } },
    schemas: Object.fromEntries(schemas),
  };
}

/** An overlay of many actions, for one page. */
async function overlay(size: number): Promise<string[]> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "pages/store"), { recursive: true });
  await writeFile(join(folder, "pages/store/DoIt.md"), smallPage({}));
  const actions = list(size, (at) => ({
    target: "$.paths['/'].get",
    update: { tags: [`t${at}`], "x-vendor": { [`k${at}`]: at } },
  }));
  const content = { overlay: "1.0.0", info: { title: "Overlay", version: "1" }, actions };
  await mkdir(join(folder, "spec/overlays"), { recursive: true });
  await writeFile(join(folder, "spec/overlays/many.yaml"), JSON.stringify(content));
  return ["transcribe", join(folder, "pages"), "--out", join(folder, "spec")];
}

const pageSize = 4_190_000;

/** The largest inputs of each kind. */
export const growingInputs: readonly GrowingInput[] = [
  page("blanks in a heading", 500_000, pageSize, (size) => `${smallPage({})}\n## a${" ".repeat(size)}b\n`),
  page("backticks", 500_000, pageSize, (size) => cell("`".repeat(size))),
  page("runs of backticks", 250_000, pageSize, (size) =>
    cell(list(Math.sqrt(2 * size), (at) => "`".repeat(at + 1)).join(" ")),
  ),
  page("emphasis and brackets", 100_000, pageSize / 4, (size) => cell("*a_[".repeat(size))),
  page("rows", 1000, 40_000, (size) =>
    smallPage({ rows: list(size, (at) => `${row(`F${at}`)}\n`).join("") }),
  ),
  document("properties", 500, 20_000, (size) => ({
    response: Object.fromEntries(list(size, (at) => [`F${at}`, string])),
  })),
  document("enum values", 2000, 20_000, (size) => ({
    response: { State: { type: "string", enum: list(size, (at) => `v${at}`) } },
  })),
  document("description", megabyte / 8, megabyte / 2, (size) => ({
    response: { Id: { ...string, description: "a b ".repeat(size / 4) } },
  })),
  document("example", megabyte / 4, 16 * megabyte, (size) => ({
    response: { Id: { ...string, examples: ["a b ".repeat(size / 4)] } },
  })),
  document("allOf chain", 50, 400, chain),
  { kind: "overlay: actions", size: 1000, largest: 4000, code: 0, write: overlay },
  specification("RetCodes", 500, 5000, (size) => ({
    "store/DoIt.openapi.yaml": actionDocument("DoIt"),
    "store/retcodes.yaml": list(size, (at) => ({
      code: 1000 + at,
      name: `Bad${at}`,
      meaning: "It failed.",
      remedy: "Correct it.",
      retry: "never",
    })),
  })),
  difference("renamed objects of one type", 250, 4000, (size, name) => ({
    response: Object.fromEntries(list(size, (at) => [`${name}${at}`, { $ref: "#/components/schemas/Disk" }])),
    schemas: {
      Disk: {
        type: "object",
        properties: Object.fromEntries(
          list(size, (at) => [`F${at}`, { ...string, description: `Number ${at}.` }]),
        ),
      },
    },
  })),
  difference("renamed objects with the same fields", 250, 4000, (size, name) => ({
    response: Object.fromEntries(
      list(size, (at) => [
        `${name}${at}`,
        { type: "object", properties: { Id: { ...string, description: "The ID." } } },
      ]),
    ),
  })),
  difference("types of parameters", 1000, 8000, (size, name) => ({
    parameters: list(size, (at) => ({
      name: `P${at}`,
      in: "query",
      schema: name === "A" ? string : { type: "integer" },
    })),
    root: {
      "x-actiongen-source": {
        page: "pages/do_it.md",
        line: 1,
        parameters: Object.fromEntries(list(size, (at) => [`P${at}`, at + 2])),
        schemas: {},
      },
    },
  })),
  ...growingRecordings,
];

import { readFile } from "node:fs/promises";
import { stringify } from "yaml";
import { actionDocument } from "./action-document.js";
import { type Create, oddContents, oddEntries, oddNames } from "./odd-entries.js";
import { row, smallPage } from "./small-page.js";

/** Sentence in every file outside. */
export const secret = "sentence that is outside";
/** Path of a recording. */
export const recording = "test/recordings/umem/DescribeUMemBackupURL.success-one-shard.har";
const { _origin, ...log } = JSON.parse(await readFile(recording, "utf8")).log;
log.entries[0].response.content.text = JSON.stringify({ RetCode: 230, Message: secret });
const config = await readFile("test/data/spec/actiongen.yaml", "utf8");
const overlay = {
  overlay: "1.0.0",
  info: { title: "t", version: "1.0.0" },
  actions: [{ target: "$.paths['/'].get", description: "d", update: { description: secret } }],
};
const retCode = { code: 1, name: "Odd", meaning: `A ${secret}.`, remedy: "None.", retry: "never" };

/** A kind of file: where it is, what it can contain, what is odd about it, and the commands that read or write it. */
export interface FileKind {
  readonly path: string;
  readonly text: string;
  readonly odd: Readonly<Record<string, Create>>;
  readonly commands: readonly string[];
}

/** Some of the odd entries, for commands that take seconds. */
const pick = (...names: readonly string[]) =>
  Object.fromEntries(Object.entries(oddEntries).filter(([name]) => names.includes(name)));
/** Odd entries of a path that the command line names, which can be a link to where the user wants it. */
const named = (link: string) =>
  Object.fromEntries(Object.entries(oddEntries).filter(([name]) => name !== link));
const regular = { ...oddContents, ...oddNames };
const serve = "--port 0";
/** Every kind of file that a command reads or writes. */
export const fileKinds: Readonly<Record<string, FileKind>> = {
  document: {
    path: "spec/umem/Odd.openapi.yaml",
    text: stringify(actionDocument("Odd", { operation: { summary: secret } })),
    odd: oddEntries,
    commands: ["generate", `docs ${serve}`, `mock ${serve}`, "bundle --form query", "diff other spec"],
  },
  "document with an odd name or content": {
    path: "spec/umem/Odd.openapi.yaml",
    text: stringify(actionDocument("Odd")),
    odd: regular,
    commands: [`mock ${serve}`, "bundle --form query", "diff other spec"],
  },
  "target of a reference": {
    path: "spec/umem/retcodes.yaml",
    text: stringify([retCode]),
    odd: { ...oddEntries, ...oddContents },
    commands: ["generate", "bundle --form query"],
  },
  configuration: {
    path: "spec/actiongen.yaml",
    text: config.replace("brand: Dezai", `brand: ${secret}`),
    odd: { ...oddEntries, ...oddContents },
    commands: ["generate", "transcribe pages", `mock ${serve}`],
  },
  "package.json of a repository": {
    path: "package.json",
    text: `{ "name": "${secret}" }`,
    odd: { ...oddEntries, ...oddContents },
    commands: ["init . --yes"],
  },
  page: {
    path: "pages/umem-api/odd.md",
    text: smallPage({ action: "Odd", rows: `${row("A", "string", secret)}\n` }),
    odd: { ...oddEntries, ...regular },
    commands: ["transcribe pages"],
  },
  overlay: {
    path: "spec/overlays/odd.yaml",
    text: stringify(overlay),
    odd: { ...oddEntries, ...regular },
    commands: ["transcribe pages"],
  },
  recording: {
    path: "recordings/umem/odd.har",
    text: JSON.stringify({ log }),
    odd: { ...oddEntries, ...regular },
    commands: ["verify --recordings recordings", `mock --recordings recordings ${serve}`],
  },
  capture: {
    path: "odd.har",
    text: JSON.stringify({ log }),
    odd: { ...named("a link to a file outside"), ...oddContents },
    commands: ["record --from odd.har", "verify odd.har"],
  },
  "generated file": {
    path: "generated/docs/index.html",
    text: secret,
    odd: oddEntries,
    commands: ["generate"],
  },
  "folder of the output": {
    path: "generated/docs",
    text: secret,
    odd: pick("a link to a folder outside", "a link to its folder", "a named pipe"),
    commands: ["generate"],
  },
  "configuration of a package": {
    path: "generated/packages/core/tsconfig.json",
    text: secret,
    odd: oddEntries,
    commands: ["build"],
  },
  "source of a package": {
    path: "generated/packages/core/src/odd.ts",
    text: `export const odd = "${secret}";\n`,
    odd: pick("a link to a file outside", "a link to a folder outside", "a named pipe", "an unreadable file"),
    commands: ["build --package generated/packages/core"],
  },
  "output file": {
    path: "odd.json",
    text: secret,
    odd: oddEntries,
    commands: ["bundle --form query --out odd.json", "transcribe pages --report odd.json"],
  },
  "output folder": {
    path: "out",
    text: secret,
    odd: named("a link to a folder outside"),
    commands: ["generate --out out", "record --from good.har --out out"],
  },
};

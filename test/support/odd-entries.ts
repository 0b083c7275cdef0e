import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, extname, join } from "node:path";
import { afterAll } from "vitest";

/** Paths and content that an odd entry of a folder is made of. */
export interface EntryParts {
  /** Path of the entry, in a folder that exists. */
  readonly path: string;
  /** Content that a regular file at the path would have. */
  readonly text: string;
  /** File outside, with that content. */
  readonly outside: string;
}

/** Creates what is at a path instead of a regular file with a usual name. */
export type Create = (parts: EntryParts) => unknown;

/** What is no regular file, or cannot be read. */
export const oddEntries: Readonly<Record<string, Create>> = {
  "a link to a file outside": ({ path, outside }) => symlinkSync(outside, path),
  "a link to a folder outside": ({ path, outside }) => symlinkSync(dirname(outside), path),
  "a link to itself": ({ path }) => symlinkSync(path, path),
  "a link of a loop": ({ path }) => {
    symlinkSync(`${path}.other`, path);
    symlinkSync(path, `${path}.other`);
  },
  "a link to its folder": ({ path }) => symlinkSync(dirname(path), path),
  "a link to nothing": ({ path }) => symlinkSync(join(dirname(path), "nothing"), path),
  "a link to an endless device": ({ path }) => symlinkSync("/dev/zero", path),
  "a link to a full device": ({ path }) => symlinkSync("/dev/full", path),
  "a named pipe": ({ path }) => execFileSync("mkfifo", [path]),
  "a socket": ({ path }) => listen(path),
  "a folder": ({ path }) => mkdirSync(path),
  "an unreadable file": ({ path, text }) => {
    writeFileSync(path, text);
    chmodSync(path, 0);
  },
  "an unreadable folder": ({ path }) => {
    mkdirSync(path);
    chmodSync(path, 0);
  },
};

const doublings = Array.from({ length: 40 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]`);

/** Regular files with a content that could end a reader. */
export const oddContents: Readonly<Record<string, Create>> = {
  "an empty file": ({ path }) => writeFileSync(path, ""),
  "a file of 1 TB": ({ path }) => {
    writeFileSync(path, "");
    truncateSync(path, 1024 ** 4);
  },
  "an alias bomb": ({ path }) => writeFileSync(path, ["a0: &a0 [x, x]", ...doublings].join("\n")),
  "a cycle of aliases": ({ path }) => writeFileSync(path, "a: &a\n  b: *a\n"),
  "a cycle of references": ({ path }) => {
    const other = join(dirname(path), "other.yaml");
    writeFileSync(path, "paths: {$ref: 'other.yaml#/paths'}\n");
    writeFileSync(other, `paths: {$ref: '${path.slice(dirname(path).length + 1)}#/paths'}\n`);
  },
};

/** Names of regular files that some file systems, or programs, read as another one. */
export const oddNames: Readonly<Record<string, Create>> = {
  "a name that is not UTF-8": ({ path, text }) => {
    const name = [`${dirname(path)}/`, Buffer.from([0xff, 0xfe]), extension(path)];
    writeFileSync(Buffer.concat(name.map((part) => Buffer.from(part))), text);
  },
  "a name in another case": ({ path, text }) => {
    writeFileSync(path, text);
    writeFileSync(join(dirname(path), `oDd${extension(path)}`), text);
  },
  "a very long name": ({ path, text }) =>
    writeFileSync(join(dirname(path), `${"a".repeat(230)}${extension(path)}`), text),
  "a name that Windows reserves": ({ path, text }) =>
    writeFileSync(join(dirname(path), `con${extension(path)}`), text),
};

function extension(path: string): string {
  return /\.openapi\.yaml$/.exec(path)?.[0] ?? extname(path);
}

async function listen(path: string): Promise<void> {
  const server = createServer();
  afterAll(() => void server.close());
  await new Promise<void>((done) => server.listen(path, done));
}

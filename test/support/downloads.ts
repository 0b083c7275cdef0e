import { createHash, randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { inspect } from "node:util";
import { DownloadError, type DownloadOptions, downloadLinks, type LinkSource } from "@dezai/core/node";
import { expect } from "vitest";

/** Random bytes, so that no two ranges of a file are equal. */
export const randomFile = (size: number) => randomBytes(size);

const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Downloads without long delays. */
export async function download(source: LinkSource, options: DownloadOptions) {
  return await downloadLinks(source, { retryDelay: () => 1, ...options }, "DescribeBackup");
}

/** Runs a download that must fail. Returns the error, and checks that it contains none of the links. */
export async function failedDownload(source: LinkSource, options: DownloadOptions): Promise<DownloadError> {
  const seen: string[] = [];
  const recordingSource: LinkSource = async (signal) => {
    const links = typeof source === "function" ? await source(signal) : source;
    for (const link of [links ?? []].flat()) seen.push(link);
    return links;
  };
  const error = await download(typeof source === "function" ? recordingSource : source, options).then(
    (files) => expect.fail(`resolved to ${JSON.stringify(files)}`),
    (thrown: unknown) => thrown as DownloadError,
  );
  expect(error).toBeInstanceOf(DownloadError);
  const everything = [
    inspect(error, { depth: 10, showHidden: true }),
    error.stack,
    JSON.stringify(error),
  ].join();
  for (const link of [...seen, ...(typeof source === "function" ? [] : source)]) {
    if (!URL.canParse(link)) continue;
    const { search, origin } = new URL(link);
    for (const secret of [link, origin, search.slice(1)]) {
      if (secret.length > 3) expect(everything).not.toContain(secret);
    }
  }
  return error;
}

/** Link source that counts its calls, from 1. */
export function countingSource(linksOf: (call: number) => unknown) {
  const source = {
    calls: 0,
    async request() {
      source.calls += 1;
      return (await linksOf(source.calls)) as readonly string[];
    },
  };
  return source;
}

/** Names of the files in a directory, without the records of downloads, which are hidden. */
export async function visibleFiles(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => !name.startsWith(".")).sort();
}

/** Path of the record of a file. */
export const recordOf = (file: string) => join(dirname(file), `.${basename(file)}.download.json`);

/** Checks that a directory contains exactly these files, besides records. */
export async function expectFiles(
  directory: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<void> {
  expect(await visibleFiles(directory)).toEqual(Object.keys(files).sort());
  for (const [name, bytes] of Object.entries(files)) {
    expect(hash(await readFile(join(directory, name))), name).toBe(hash(bytes));
  }
}

/** Index, name and reason of each incomplete file. */
export const summary = ({ failures }: DownloadError) =>
  failures.map(({ shard, file, reason }) => [shard, basename(file), reason]);

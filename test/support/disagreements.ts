import { readFile } from "node:fs/promises";
import { createClient } from "@dezai/umem";
import type { Har } from "har-format";
import { parseRecordings } from "../../scripts/contract/recording.js";
import { verifyRecording } from "../../scripts/contract/verify.js";
import { Diagnostics, formatDiagnostics } from "../../scripts/diagnostic.js";
import { api } from "./seed-action.js";

export const success = "test/recordings/umem/DescribeUMemBackupURL.success-all-shards.har";
export const failure = "test/recordings/umem/DescribeUMemBackupURL.error-230-invalid-parameter.har";

export type Change = (har: Har) => void;
export const query = (har: Har) => har.log.entries[0]?.request.queryString ?? [];
export const parameter =
  (name: string, value: string): Change =>
  (har) => {
    for (const pair of query(har)) if (pair.name === name) pair.value = value;
  };
export const parameterAdded =
  (name: string, value: string): Change =>
  (har) =>
    query(har).push({ name, value });
export const body =
  (edit: (body: Record<string, unknown>) => void): Change =>
  (har) => {
    const { content } = har.log.entries[0]?.response ?? {};
    if (content === undefined) throw new Error("no response");
    const value = JSON.parse(content.text ?? "");
    edit(value);
    content.text = JSON.stringify(value);
  };

/** Changes a recording. @returns the report of the contract check, without file names and help lines. */
export async function disagreements(
  file: string,
  change: Change,
  { keepsUrl = false, keepsSize = false } = {},
): Promise<string[]> {
  const har = JSON.parse(await readFile(file, "utf8"));
  change(har);
  const { request } = har.log.entries[0];
  if (!keepsSize) {
    const { content } = har.log.entries[0].response;
    content.size = Buffer.byteLength(content.text, content.encoding ?? "utf8");
  }
  if (!keepsUrl)
    request.url = `https://api.dezai.com/?${new URLSearchParams(query(har).map(({ name, value }) => [name, value]))}`;
  const diagnostics = new Diagnostics();
  const { recordings } = parseRecordings({ path: file, text: JSON.stringify(har, null, 2) }, diagnostics);
  const found = await Promise.all(recordings.map((one) => verifyRecording(one, api, createClient)));
  return formatDiagnostics([...diagnostics.list, ...found.flat()])
    .split("\n")
    .filter((line) => !line.startsWith("  help: "))
    .map((line) => line.replace(file, "har"));
}

import { join, relative } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Har } from "har-format";
import { retCodeOf } from "../../templates/runtime/testing/replies.js";
import { Diagnostics, UsageError } from "../diagnostic.js";
import { humpsOf } from "../emit/humps.js";
import { displayPath, fileProblem, readIfThere } from "../files.js";
import type { Action, ApiModel } from "../model/api-model.js";
import { writeAll, writeWhole } from "../output/write.js";
import type { Exchange } from "./exchange.js";
import { recordingOf } from "./har.js";

/** Where recordings are written. */
export interface SaveOptions {
  /** A file, if it ends in `.har`; else a folder, which receives `<product>/<Action>.captured-<outcome>.har`. */
  readonly out: string;
  /** Whether files with other calls are replaced. */
  readonly force: boolean;
}

/** A recording that was saved. */
export interface SavedRecording {
  readonly file: string;
  readonly action: string;
  readonly retCode: number | undefined;
  /** Whether the file had the same call already, and was left as it is. */
  readonly isUnchanged: boolean;
}

/**
 * Writes each call to a file, all or none.
 *
 * @param exchanges without anything private.
 * @throws InputError with each file that exists with another call, unless `force` is set.
 */
export async function saveRecordings(
  exchanges: readonly Exchange[],
  api: ApiModel,
  { out, force }: SaveOptions,
): Promise<SavedRecording[]> {
  if (out.endsWith(".har") && exchanges.length > 1)
    throw new UsageError(
      `error: --out: ${exchanges.length} calls need a folder, and ${out} is the name of a file`,
    );
  const taken = new Map<string, number>();
  const files = exchanges.map((exchange) => {
    const file = out.endsWith(".har") ? out : join(out, fileNameOf(exchange, api));
    const number = (taken.get(file) ?? 0) + 1;
    taken.set(file, number);
    return number === 1 ? file : file.replace(/\.har$/, `-${number}.har`);
  });
  const diagnostics = new Diagnostics();
  const recordings = await Promise.all(
    exchanges.map(async (exchange, index) => {
      const file = files[index] ?? out;
      const text = recordingOf(exchange, api.brand);
      const existing = await readIfThere(file).catch((error) => diagnostics.addAll(error));
      const isUnchanged = existing !== undefined && isSameCall(existing.text, text);
      if (existing !== undefined && !isUnchanged && !force) diagnostics.add(existingFile(file));
      return { file, text, isUnchanged, action: exchange.action.name, retCode: retCodeOf(exchange.body) };
    }),
  );
  diagnostics.throwIfAny();
  const changed = recordings.filter(({ isUnchanged }) => !isUnchanged);
  if (out.endsWith(".har")) for (const { file, text } of changed) await writeWhole(file, text);
  else if (changed.length > 0)
    await writeAll(
      out,
      changed.map(({ file, text }) => ({ path: relative(out, file), content: text })),
    );
  return recordings.map(({ text: _, file, ...rest }) => ({ file: displayPath(file), ...rest }));
}

function existingFile(file: string) {
  const help = "Choose another file with --out, or replace it with --force. Nothing was written.";
  return fileProblem("recording-exists", file, "exists, and has another call", help);
}

/** `<product>/<Action>.captured-success.har`, or `….captured-error-230-invalid-parameter.har`. */
function fileNameOf({ action, body }: Exchange, { products }: ApiModel): string {
  const product = products.find(({ actions }) => actions.includes(action))?.name ?? "";
  return join(product, `${action.name}.captured-${outcomeOf(action, retCodeOf(body))}.har`);
}

function outcomeOf({ retCodes }: Action, retCode: number | undefined): string {
  if (retCode === 0) return "success";
  const name = retCodes.find(({ code }) => code === retCode)?.name ?? "";
  return ["error", retCode, ...humpsOf(name)].join("-").toLowerCase();
}

/** Whether two recordings differ in their times only. */
function isSameCall(one: string, other: string): boolean {
  try {
    const [first, second] = [one, other].map((text) => {
      const { log } = JSON.parse(text) as Har;
      return { ...log, entries: log.entries.map(({ request, response }) => ({ request, response })) };
    });
    return isDeepStrictEqual(first, second);
  } catch {
    return false;
  }
}

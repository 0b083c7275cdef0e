import { text } from "node:stream/consumers";
import { chooseBaseUrl } from "../../templates/runtime/connection.js";
import { ActionError, CredentialsError } from "../../templates/runtime/errors.js";
import { suggestion } from "../../templates/runtime/nearest.js";
import { Diagnostics, InputError, UsageError } from "../diagnostic.js";
import { readSource } from "../files.js";
import { load } from "../load.js";
import type { Action, ApiModel } from "../model/api-model.js";
import { describeSkipped } from "../record/import.js";
import { parameterProblems } from "../record/parameters.js";
import { importRecordings, isHarmless, type RecordResult, readCredentials, record } from "../record.js";
import { oneLine } from "../text.js";
import { parseParameters } from "./parameters.js";
import { count } from "./printing.js";

interface RecordOptions {
  readonly action?: string;
  readonly params?: string;
  readonly spec: string;
  readonly out: string;
  readonly force: boolean;
  readonly baseUrl?: string;
  readonly profile?: string;
  readonly allowChanges: boolean;
  readonly from?: string;
}

/** Records a call of the API, or those of an export. @returns true */
export async function runRecord(options: RecordOptions): Promise<boolean> {
  const { from, action: name, params: file, ...rest } = options;
  if (from !== undefined) {
    if (name !== undefined || file !== undefined)
      throw new UsageError("error: --from cannot be combined with --action and --params");
    await runImport(from, rest);
    return true;
  }
  if (name === undefined || file === undefined)
    throw new UsageError("error: pass --action and --params, or --from");
  await runCall(name, file, rest);
  return true;
}

async function runImport(from: string, { spec, out, force }: RecordOptions): Promise<void> {
  const { skipped, ...result } = await importRecordings({ from, out, force }, await load(spec));
  printRecordings(result);
  if (skipped.size > 0) console.log(`Left out: ${describeSkipped(skipped)}.`);
}

async function runCall(name: string, file: string, options: RecordOptions): Promise<void> {
  const { spec, baseUrl, profile, allowChanges, out, force } = options;
  const api = await load(spec);
  const action = actionNamed(api, name);
  const params = await readParameters(file, action);
  if (!allowChanges && !isHarmless(action)) throw new UsageError(changes(action));
  const { credentials, url } = await readSettings(api, profile, baseUrl);
  const result = await record({ action, params, credentials, baseUrl: url, out, force }, api);
  printRecordings(result);
}

function changes({ name }: Action): string {
  return `error: ${name} may change or create something, and charge for it\nPass --allow-changes to call it nevertheless. Nothing was sent.`;
}

async function readSettings(api: ApiModel, profile: string | undefined, baseUrl: string | undefined) {
  try {
    return { credentials: await readCredentials(api.brand, profile), url: chooseBaseUrl(baseUrl, api.brand) };
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    const option = error instanceof CredentialsError ? "--profile" : "--base-url";
    throw new UsageError(`error: ${oneLine(error.message)}\nOr pass ${option}. Nothing was sent.`);
  }
}

function actionNamed({ products }: ApiModel, name: string): Action {
  const actions = products.flatMap((product) => product.actions);
  const action = actions.find((one) => one.name === name);
  if (action !== undefined) return action;
  const known = actions.map((one) => one.name);
  throw new UsageError(
    `error: --action: no document describes ${JSON.stringify(name)}${suggestion(name, known)}`,
  );
}

/** Reads and checks parameters. @param file path; `-` for standard input. @throws InputError with every problem. */
async function readParameters(file: string, action: Action): Promise<object> {
  const isInput = file === "-";
  const source = isInput
    ? { path: "standard input", text: await text(process.stdin) }
    : await readSource(file);
  const diagnostics = new Diagnostics();
  const read = parseParameters(source, 'such as {"Region": "…"}', diagnostics);
  const problems = read === undefined ? [] : parameterProblems(read.value, action);
  for (const { path, problem } of problems) {
    const line = read?.lineOf(path) ?? 0;
    const help = `${action.documentPath} lists the parameters. Nothing was sent.`;
    diagnostics.add({ code: "parameters", file: source.path, line, message: `${path} ${problem}`, help });
  }
  diagnostics.throwIfAny();
  if (read === undefined) throw new InputError(diagnostics.list);
  return read.value;
}

function printRecordings({ recordings, replaced }: RecordResult): void {
  for (const { file, action, retCode, isUnchanged } of recordings)
    console.log(`${oneLine(file)}: ${action}, RetCode ${retCode}${isUnchanged ? ", unchanged" : ""}`);
  console.log(`${count(replaced, "private value")} replaced. Read the files before you commit them.`);
}

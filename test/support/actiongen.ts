import { type ExecFileException, execFile } from "node:child_process";
import { Readable } from "node:stream";
import { main } from "../../scripts/cli.js";

export interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface Environment {
  /** Standard input. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Whether standard input is a terminal; only in the process of the test. */
  readonly isTerminal?: boolean;
}

/** Settles when the previous call has ended. Calls run one by one: they share streams, environment and working directory. */
let previous: Promise<unknown> = Promise.resolve();

/** Runs a command line in this process, without the environment variables of the machine. */
export function actiongen(args: readonly string[], environment: Environment = {}): Promise<Result> {
  const result = previous.then(() => runHere(args, environment));
  previous = result.catch(() => {});
  return result;
}

async function runHere(
  args: readonly string[],
  { input = "", env = {}, cwd = ".", isTerminal = false }: Environment,
): Promise<Result> {
  const [out, err]: [string[], string[]] = [[], []];
  const { log, error } = console;
  const folder = process.cwd();
  const machineEnv = process.env;
  const restore = [
    replace(process, "stdin", Object.assign(Readable.from([Buffer.from(input)]), { isTTY: isTerminal })),
    replace(process.stdout, "write", (text: string) => out.push(text) > 0),
    replace(process.stderr, "write", (text: string) => err.push(text) > 0),
  ];
  console.log = (text: string) => out.push(`${text}\n`);
  console.error = (text: string) => err.push(`${text}\n`);
  process.env = { PATH: machineEnv.PATH, ...env };
  try {
    process.chdir(cwd);
    const code = await main(args);
    return { code, out: out.join(""), err: err.join("") };
  } finally {
    process.chdir(folder);
    process.env = machineEnv;
    Object.assign(console, { log, error });
    for (const undo of restore) undo();
  }
}

/** Replaces a property of an object. @returns a function that undoes it. */
function replace(object: object, name: string, value: unknown): () => void {
  const descriptor = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, { value, configurable: true });
  return () => {
    if (descriptor === undefined) Reflect.deleteProperty(object, name);
    else Object.defineProperty(object, name, descriptor);
  };
}

/** Runs a Node program in a separate process, without the environment variables of the machine. */
export function runNode(
  args: readonly string[],
  { input = "", env = {}, cwd = "." }: Environment = {},
): Promise<Result> {
  return new Promise((settle) => {
    const done = (error: ExecFileException | null, out: string, err: string) =>
      settle({ code: error === null ? 0 : Number(error.code), out, err });
    const child = execFile(
      process.execPath,
      args,
      { cwd, env: { PATH: process.env.PATH ?? "", ...env } },
      done,
    );
    child.stdin?.end(input);
  });
}

/** Options with the vendor's published key pair. */
export const keys = [
  "--public-key",
  "ucloudsomeone@example.com1296235120854146120",
  "--private-key",
  "46f09bb9fab4f12dfc160dae12273d5332b5debe",
];

/** Matches a line of a stack trace. */
export const isTrace = /^\s+at /m;

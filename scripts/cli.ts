import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import toolkit from "../package.json" with { type: "json" };
import { isBaseUrl } from "../templates/runtime/base-url.js";
import { InputError, UsageError } from "./diagnostic.js";
import { allowThreads } from "./threads/threads.js";

/** Exit codes: what a script that calls this program can rely on. */
const exit = { done: 0, faultsFound: 1, wrongUsage: 2 } as const;

export { takeAll } from "./threads/queue.js";
export { startTask } from "./threads/tasks.js";

/**
 * Runs the command line.
 *
 * @param args without the program's own name. @param worker what threads for long work run, where there are any.
 * @returns the exit code.
 */
export async function main(args: readonly string[], worker?: URL): Promise<number> {
  if (worker !== undefined) allowThreads(worker);
  let code: number = exit.done;
  const program = createProgram((result) => {
    code = result ? exit.done : exit.faultsFound;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exit.done : exit.wrongUsage;
    if (!(error instanceof InputError) && !(error instanceof UsageError)) throw error;
    console.error(error.message);
    return error instanceof InputError ? exit.faultsFound : exit.wrongUsage;
  }
}

/** Each command is imported when it is called: `--help` should not wait for the TypeScript compiler. */
function createProgram(finish: (clean: boolean) => void): Command {
  const program = new Command("actiongen")
    .description(toolkit.description)
    .version(toolkit.version)
    .addHelpText(
      "after",
      `
Examples:
  npm run actiongen -- transcribe spec/pages
  npm run actiongen -- generate
  echo '{"Action":"DescribeUHostInstance"}' | npm run --silent actiongen -- sign --public-key KEY --private-key KEY
  npm run actiongen -- mock --port 4010

Exit codes: 0 done, 1 faults found in the input, 2 wrong usage.`,
    )
    .exitOverride();

  program
    .command("transcribe")
    .description("Read the vendor's pages and write an OpenAPI document for each action.")
    .argument("<path...>", "pages, or folders of pages")
    .option("--out <dir>", "specification folder to write <product>/<Action>.openapi.yaml to", "spec")
    .option(
      "--overlay <file>",
      "OpenAPI Overlay to apply; may be repeated (default: <out>/overlays/*.yaml)",
      collect,
      [],
    )
    .option("--report <file>", "write what was read, doubtful and refused as JSON")
    .option("--check", "write no documents; exit 1 and list those that would change", false)
    .addHelpText("after", example("npm run actiongen -- transcribe spec/pages"))
    .action(async (paths, options) =>
      finish(await (await import("./commands/transcribe.js")).runTranscribe(paths, options)),
    );

  program
    .command("generate")
    .description("Read the specification and write packages and reference.")
    .option("--spec <dir>", "folder with actiongen.yaml and <product>/<Action>.openapi.yaml", "spec")
    .option("--out <dir>", "folder to write to", "generated")
    .option("--check", "write nothing; exit 1 and list the files that would change", false)
    .addHelpText("after", example("npm run actiongen -- generate --check"))
    .action(async (options) => finish(await (await import("./commands/generate.js")).runGenerate(options)));

  program
    .command("bundle")
    .description("Write all actions into one OpenAPI document, for tools that want one.")
    .addOption(
      new Option("--form <form>", "how a path names its action: /X, /?Action=X or /#Action=X")
        .choices(["virtual", "query", "fragment"])
        .makeOptionMandatory(),
    )
    .option("--spec <dir>", "folder with the specification", "spec")
    .option("--out <file>", "file to write, JSON where it ends in .json; default: YAML on standard output")
    .addHelpText("after", bundleHelp)
    .action(async (options) => finish(await (await import("./commands/bundle.js")).runBundle(options)));

  program
    .command("sign")
    .description("Sign parameters, given as JSON on standard input, and print how.")
    .option("--public-key <key>", "default: <PREFIX>_PUBLIC_KEY of the environment")
    .option("--private-key <key>", "default: <PREFIX>_PRIVATE_KEY of the environment")
    .option("--security-token <token>", "token of temporary credentials; default: <PREFIX>_SECURITY_TOKEN")
    .option("--base-url <url>", "where the gateway is; default: the configuration's", baseUrl)
    .option("--show-private-key", "print the private key in stringToSign instead of <private key>", false)
    .option("--spec <dir>", "folder with actiongen.yaml", "spec")
    .addHelpText(
      "after",
      example(
        `echo '{"Action":"DescribeUHostInstance","Region":"cn-bj2","Limit":10}' | \\\n    npm run --silent actiongen -- sign --public-key KEY --private-key KEY`,
      ),
    )
    .action(async (options) => finish(await (await import("./commands/sign.js")).runSign(options)));

  program
    .command("mock")
    .description("Serve a gateway on loopback that checks signatures and answers from recordings.")
    .option("--port <n>", "port to listen on; 0 takes a free one", port, 4010)
    .option("--spec <dir>", "folder with the specification", "spec")
    .option("--recordings <dir>", "folder with *.har", "test/recordings")
    .addHelpText("after", example("npm run actiongen -- mock --port 4010"))
    .action(async (options) => finish(await (await import("./commands/mock.js")).serveMock(options)));

  for (const command of program.commands) command.exitOverride();
  return program;
}

const bundleHelp = `
Forms:
  virtual   every tool takes it, but no gateway has such a path: a call has to be sent to / instead
  query     some tools reach the gateway with it; Redocly's recommended rules refuse its paths
  fragment  every tool takes it, but some send the fragment's text with the query
${example("npm run actiongen -- bundle --form virtual --out openapi.yaml")}`;

function example(command: string): string {
  return `\nExample:\n  ${command}`;
}

function collect(value: string, values: readonly string[]): string[] {
  return [...values, value];
}

function baseUrl(text: string): string {
  if (isBaseUrl(text)) return new URL(text).href;
  throw new InvalidArgumentError("Give an http or https URL without query, fragment or user.");
}

function port(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 65_535) return number;
  throw new InvalidArgumentError("A port is a whole number from 0 to 65535.");
}

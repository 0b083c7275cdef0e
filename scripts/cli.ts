import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { isBaseUrl } from "../templates/runtime/connection.js";
import { isBasePath } from "./base-path.js";
import {
  basePathHelp,
  bundleHelp,
  diffHelp,
  docsHelp,
  example,
  help,
  migrateHelp,
  mockHelp,
  outputHelp,
  recordHelp,
  releaseHelp,
  signHelp,
  transcribeHelp,
  verifyHelp,
} from "./cli-help.js";
import { shellCommand } from "./commands/command-line.js";
import { InputError, UsageError } from "./diagnostic.js";
import { outputFolderOf } from "./output/default-folder.js";
import { printable } from "./text.js";
import { toolkitPackage } from "./toolkit.js";

/** Exit codes of every command. */
const exitCode = { success: 0, inputProblems: 1, wrongUsage: 2 } as const;

/**
 * Runs a command line.
 *
 * @param args arguments, without the name of the program.
 * @returns the exit code.
 * @throws errors that are not caused by the input or the command line.
 */
export async function main(args: readonly string[]): Promise<number> {
  let code: number = exitCode.success;
  const program = createProgram(args, (isClean) => {
    code = isClean ? exitCode.success : exitCode.inputProblems;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.success : exitCode.wrongUsage;
    if (!(error instanceof InputError) && !(error instanceof UsageError)) throw error;
    console.error(printable(error.message));
    return error instanceof InputError ? exitCode.inputProblems : exitCode.wrongUsage;
  }
}

/**
 * Defines the commands. Each is imported when it runs, so that `--help` does not load the TypeScript compiler.
 *
 * @param args arguments of the program, for advice.
 * @param finish called when a command ends; `isClean` is whether it found no problems.
 */
function createProgram(args: readonly string[], finish: (isClean: boolean) => void): Command {
  const program = new Command("actiongen")
    .description(toolkitPackage.description)
    .version(toolkitPackage.version)
    .addHelpText("after", help)
    .configureOutput({ outputError: (text, write) => write(printable(withoutValues(text))) })
    .exitOverride();

  program
    .command("init")
    .description("Create a repository for the API of another brand, or add to one what it lacks.")
    .argument("[dir]", "folder of the repository", ".")
    .option("--brand <name>", "name of the brand in texts")
    .option("--base-url <url>", "URL of the gateway; ends in /")
    .option("--scope <scope>", "npm scope of the packages, such as @acme")
    .option("--prefix <prefix>", "prefix of environment variables, such as ACME")
    .option("--yes", "ask nothing: settings that are missing get their defaults", false)
    .addHelpText("after", example("init acme-api --brand Acme --base-url https://api.acme.example/ --yes"))
    .action(async (folder, options) =>
      finish(await (await import("./commands/init.js")).runInit(folder, options)),
    );

  program
    .command("transcribe")
    .description("Convert the vendor's pages to one OpenAPI document per action.")
    .argument("<path...>", "pages, or folders of pages")
    .option("--out <dir>", "specification folder; receives <product>/<Action>.openapi.yaml", "spec")
    .addOption(
      new Option("--overlay <file>", "OpenAPI Overlay to apply; can be repeated")
        .default([], "<out>/overlays/*.yaml")
        .argParser(collect),
    )
    .option("--report <file>", "write all findings to a file")
    .addOption(
      new Option("--report-format <format>", "json: the result of each page; sarif: for code hosts")
        .choices(["json", "sarif"])
        .default(undefined, "sarif if the name ends in .sarif, else json"),
    )
    .option("--baseline <file>", "known errors and warnings: only new ones are reported, and exit with 1")
    .option("--update-baseline", "write the errors and warnings of this run to the baseline", false)
    .option("--check", "write no documents; list changes, and exit with 1 if there are any", false)
    .option("--allow-removing", "remove documents even if most pages of a folder were deleted", false)
    .addHelpText("after", transcribeHelp)
    .action(async (paths, options) =>
      finish(await (await import("./commands/transcribe.js")).runTranscribe(paths, withCommand(options))),
    );

  program
    .command("generate")
    .description("Generate the packages and the reference from the specification.")
    .option("--spec <dir>", "folder with actiongen.yaml and <product>/<Action>.openapi.yaml", "spec")
    .option("--out <dir>", outputHelp)
    .option("--allow-removing", "replace the output of another specification, and remove packages", false)
    .option("--check", "write nothing; list changes, and exit with 1 if there are any", false)
    .option("--base-path <path>", basePathHelp, basePath)
    .addHelpText("after", example("generate --check"))
    .action(async (options) =>
      finish(await (await import("./commands/generate.js")).runGenerate(withCommand(withOutput(options)))),
    );

  program
    .command("docs")
    .description("Generate the reference and serve it on this machine, again after each change.")
    .option("--spec <dir>", "folder with actiongen.yaml and <product>/<Action>.openapi.yaml", "spec")
    .option("--out <dir>", outputHelp)
    .option("--pages <dir>", "folder of the vendor's pages, which are transcribed to the specification first")
    .option("--port <n>", "port to listen on; 0 selects a free one", port, 8080)
    .option("--base-path <path>", basePathHelp, basePath)
    .addHelpText("after", docsHelp)
    .action(async (options) =>
      finish(await (await import("./commands/docs.js")).runDocs(withOutput(options))),
    );

  program
    .command("build")
    .description("Compile the generated packages to ES modules, CommonJS and declarations.")
    .option("--spec <dir>", "specification folder, whose output folder is the default of --out", "spec")
    .option("--out <dir>", outputHelp)
    .option("--package <dir>", "folder of the only package to build, as its prepack script does")
    .addHelpText("after", example("build"))
    .action(async (options) =>
      finish(await (await import("./commands/build.js")).runBuild(withOutput(options))),
    );

  program
    .command("verify")
    .description("Compare recorded calls with the documents and the generated clients. Sends nothing.")
    .argument("[file.har...]", "HAR files, in place of the folder of recordings")
    .option("--spec <dir>", "specification folder", "spec")
    .option("--out <dir>", outputHelp)
    .option("--recordings <dir>", "folder of recordings (*.har)", "test/recordings")
    .option("--coverage", "print how much of each action the recordings show", false)
    .option("--update-coverage", "write this coverage to coverage.json, as the minimum for later runs", false)
    .addOption(
      new Option("--format <format>", "format of the findings").choices(["text", "json"]).default("text"),
    )
    .addHelpText("after", verifyHelp)
    .action(async (files, options) =>
      finish(await (await import("./commands/verify.js")).runVerify(files, withOutput(options))),
    );

  program
    .command("record")
    .description("Call the API and save the call as a recording, without anything private.")
    .option("--action <name>", "action to call")
    .option("--params <file>", "JSON file with its parameters; - for standard input")
    .option("--from <file>", "HAR file that a browser or a proxy exported, instead of a call")
    .option("--spec <dir>", "specification folder", "spec")
    .option(
      "--base-url <url>",
      "URL of the gateway (default: <PREFIX>_BASE_URL, or that of actiongen.yaml)",
      baseUrl,
    )
    .option("--profile <name>", "profile with the key pair (default: <PREFIX>_PROFILE, or the environment)")
    .option("--allow-changes", "call an action that may change or create something", false)
    .option("--out <path>", "file that ends in .har, or folder of recordings", "test/recordings")
    .option("--force", "replace a file that has another call", false)
    .addHelpText("after", recordHelp)
    .action(async (options) => finish(await (await import("./commands/record.js")).runRecord(options)));

  program
    .command("diff")
    .description(
      "List what changed between two states of the specification, for programs that use its packages.",
    )
    .argument("<old>", "specification folder, OpenAPI document, or Git revision such as HEAD~1")
    .argument(
      "[new]",
      "another of the same kind, or a revision beside a folder; default: the specification folder, with what is not committed",
    )
    .argument("[git...]", "arguments that Git passes to a diff driver")
    .option("--spec <dir>", "specification folder", "spec")
    .addOption(
      new Option("--format <format>", "text, markdown for a pull request, or json with fingerprints")
        .choices(["text", "markdown", "json"])
        .default("text"),
    )
    .addOption(
      new Option(
        "--fail-on <kind>",
        "exit with 1 for: major (breaking changes), or review (these and changes for review)",
      ).choices(["major", "review"]),
    )
    .option("--accepted <file>", "changes that were reviewed: a list of {fingerprint, reason}")
    .addHelpText("after", diffHelp)
    .action(async (before, after, git, options) => {
      // In a merge conflict, Git passes the path alone.
      const isUnmerged = after === undefined && process.env.GIT_DIFF_PATH_COUNTER !== undefined;
      if (git.length === 0 && !isUnmerged)
        return finish(await (await import("./commands/diff.js")).runDiff(before, after, options));
      if (git.length > 0 && git.length < 5)
        throw new UsageError(`error: diff compares two states, not ${2 + git.length}`);
      const driver = await import("./commands/diff-driver.js");
      await driver.runDriver([before, ...(after === undefined ? [] : [after]), ...git], options.spec);
    });

  program
    .command("release")
    .description("Prepare a release of the packages that changed, or publish the one that was prepared.")
    .option("--spec <dir>", "specification folder", "spec")
    .option("--out <dir>", outputHelp)
    .option("--dry-run", "change nothing; print what would be released, or with --publish, published", false)
    .option("--prerelease", "prepare prereleases, such as 1.3.0-next.0, for the npm dist-tag next", false)
    .option("--date <day>", "date of the release, such as 2026-11-27 (default: today)", day)
    .option("--publish", "publish every version that has no Git tag yet, and tag it", false)
    .option("--first", "with --publish: also packages that the registry does not have yet", false)
    .addHelpText("after", releaseHelp)
    .action(async (options) =>
      finish(await (await import("./commands/release.js")).runRelease(withOutput(options))),
    );

  program
    .command("migrate")
    .description("Replace names that newer versions of the installed packages have renamed.")
    .argument("<file...>", "TypeScript or JavaScript files")
    .option("--dry-run", "write nothing; list the changes", false)
    .addHelpText("after", migrateHelp)
    .action(async (files, options) =>
      finish(await (await import("./commands/migrate.js")).runMigrate(files, options)),
    );

  program
    .command("bundle")
    .description("Write all actions to one OpenAPI document, for tools that expect one.")
    .addOption(
      new Option("--form <form>", "form of the paths, see below; required")
        .choices(["virtual", "query", "fragment"])
        .makeOptionMandatory(),
    )
    .option("--spec <dir>", "specification folder", "spec")
    .addOption(
      new Option("--product <name>", "product whose actions are written; can be repeated")
        .default([], "all products")
        .argParser(collect),
    )
    .option("--out <file>", "output file; JSON if its name ends in .json (default: YAML on standard output)")
    .addHelpText("after", bundleHelp)
    .action(async (options) => finish(await (await import("./commands/bundle.js")).runBundle(options)));

  program
    .command("sign")
    .description("Sign parameters read as JSON from standard input, and print each step.")
    .option("--public-key <key>", "public key (default: <PREFIX>_PUBLIC_KEY)")
    .option("--private-key <key>", "private key (default: <PREFIX>_PRIVATE_KEY)")
    .option("--security-token <token>", "token of temporary credentials (default: <PREFIX>_SECURITY_TOKEN)")
    .option("--base-url <url>", "URL of the gateway (default: baseUrl of actiongen.yaml)", baseUrl)
    .option("--show-private-key", "print the private key in stringToSign instead of <private key>", false)
    .option("--spec <dir>", "folder with actiongen.yaml", "spec")
    .addHelpText("after", signHelp)
    .action(async (options) => finish(await (await import("./commands/sign.js")).runSign(options)));

  program
    .command("mock")
    .description("Run a local gateway that verifies signatures and responds to every action.")
    .option("--port <n>", "port to listen on; 0 selects a free one", port, 4010)
    .option("--spec <dir>", "specification folder", "spec")
    .option("--recordings <dir>", "folder of recordings (*.har) (default: test/recordings if it exists)")
    .option("--latency <ms>", "milliseconds before each response", milliseconds, 0)
    .addOption(
      new Option("--fail <failure>", "failure of an action, see below; can be repeated")
        .default([], "none")
        .argParser(collect),
    )
    .option("--cors", "allow requests of pages of other origins, such as those of the reference", false)
    .addHelpText("after", mockHelp)
    .action(async (options) => finish(await (await import("./commands/mock.js")).runMock(options)));

  /** Adds the command line that makes the changes which a check lists. */
  function withCommand<Options extends object>(options: Options): Options & { command: string } {
    return { ...options, command: shellCommand(args, "--check") };
  }

  for (const command of program.commands) command.exitOverride();
  return program;
}

/**
 * An error of the command line without the values in it, since each can be a key: of an option that is misspelt or does not
 * exist, of an argument that takes the position of a command, and of one that is not valid. Short words are shown.
 */
function withoutValues(error: string): string {
  return error
    .replace(/^(error: unknown option ')(.*)'/s, (_, start: string, option: string) => {
      const [name = ""] =
        /^(?:--?(?:private-key|public-key|security-token)|-\w|--[a-z-]{1,30})/.exec(option) ?? [];
      return `${start}${name}'`;
    })
    .replace(/^(error: unknown command) '(?![a-z-]{1,20}'(?:\n|$)).*'/s, "$1")
    .replace(/^(error: .*?) argument '(.*)' is invalid/s, (whole, start: string, value: string) =>
      /^\w{0,12}$/.test(value) ? whole : `${start} has an invalid value`,
    );
}

function withOutput<Options extends { readonly spec: string; readonly out?: string }>(options: Options) {
  return { ...options, out: options.out ?? outputFolderOf(options.spec) };
}

function collect(value: string, values: readonly string[]): string[] {
  return [...values, value];
}

function baseUrl(value: string): string {
  if (isBaseUrl(value)) return new URL(value).href;
  throw new InvalidArgumentError("Use an http or https URL without query, fragment or user.");
}

function basePath(value: string): string {
  if (isBasePath(value)) return value;
  throw new InvalidArgumentError("Use a path that starts and ends with /, such as /docs/.");
}

function day(value: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value) && new Date(value).toJSON()?.startsWith(value)) return value;
  throw new InvalidArgumentError("Use a date such as 2026-11-27.");
}

function port(value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number <= 65_535) return number;
  throw new InvalidArgumentError("Use an integer from 0 to 65535.");
}

function milliseconds(value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number < 2 ** 31) return number;
  throw new InvalidArgumentError("Use an integer from 0 to 2147483647.");
}

import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { isBaseUrl } from "../templates/runtime/connection.js";
import { isBasePath } from "./base-path.js";
import { shellCommand } from "./commands/command-line.js";
import { InputError, UsageError } from "./diagnostic.js";
import { outputFolderOf } from "./output/default-folder.js";
import { printable } from "./text.js";
import { commandLine, toolkitPackage } from "./toolkit.js";

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
    .option(
      "--update-coverage",
      "write what they show to coverage.json, as what they must always show",
      false,
    )
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
    .argument("[new]", "the same; default: the specification folder, with what is not committed")
    .argument("[git...]", "what Git adds for a diff driver")
    .option("--spec <dir>", "specification folder", "spec")
    .addOption(
      new Option("--format <format>", "text, markdown for a pull request, or json with fingerprints")
        .choices(["text", "markdown", "json"])
        .default("text"),
    )
    .addOption(
      new Option(
        "--fail-on <kind>",
        "exit with 1 if there are breaking changes; review: or changes to review",
      ).choices(["major", "review"]),
    )
    .option("--accepted <file>", "changes that were reviewed: a list of {fingerprint, reason}")
    .addHelpText("after", diffHelp)
    .action(async (before, after, git, options) => {
      if (git.length === 0)
        return finish(await (await import("./commands/diff.js")).runDiff(before, after, options));
      if (git.length < 5) throw new UsageError(`diff compares two states, and ${git.join(" ")} is one more`);
      const driver = await import("./commands/diff-driver.js");
      await driver.runDriver([before, after, ...git], options.spec);
    });

  program
    .command("release")
    .description("Prepare a release of the packages that changed, or publish the one that was prepared.")
    .option("--spec <dir>", "specification folder", "spec")
    .option("--out <dir>", outputHelp)
    .option("--dry-run", "change nothing; print what would be released, or with --publish, published", false)
    .option("--prerelease", "prepare prereleases, such as 1.3.0-next.0, whose tag on npm is next", false)
    .option("--date <day>", "date of the release, such as 2026-11-27 (default: today)", day)
    .option("--publish", "publish every version that has no Git tag yet, and tag it", false)
    .option("--first", "with --publish: also packages that the registry does not have yet", false)
    .addHelpText("after", releaseHelp)
    .action(async (options) =>
      finish(await (await import("./commands/release.js")).runRelease(withOutput(options))),
    );

  program
    .command("migrate")
    .description("Change names in programs that new versions of the installed packages call otherwise.")
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

/** Without the lines that npm prints for a script, since standard output can be read by a program. */
const silent = commandLine.replace("npm run", "npm run --silent");

const help = `
Examples:
  ${commandLine} transcribe spec/pages
  ${commandLine} generate
  echo '{"Action":"DescribeUHostInstance"}' | ${silent} sign --public-key KEY --private-key KEY
  ${commandLine} mock --port 4010

Exit codes: 0 success, 1 problems in the input, 2 wrong usage.`;

const transcribeHelp = `
Findings:
  error    nothing is written for the page; exits with 1
  warning  look at it: the document lacks something, or the page contradicts itself
  note     no action needed; one line for each kind
transcribe.ignore of actiongen.yaml lists those that are not reported.
${example("transcribe spec/pages")}`;

const recordHelp = `
The key pair is that of the environment, <PREFIX>_PUBLIC_KEY and <PREFIX>_PRIVATE_KEY, or of a profile. Before anything is
saved, keys, signatures, tokens, secrets, links, IDs, addresses and names are replaced with values of the same shape, and the
request is signed with the published key pair. A failure with a RetCode is recorded as well.
With --from, each call in the file becomes a recording, and everything else in it is left out.
${example("record --action DescribeUMemSpace --params params.json")}
  ${commandLine} record --from export.har`;

const signHelp = `
<PREFIX> is the environmentPrefix of actiongen.yaml.

Example:
  echo '{"Action":"DescribeUHostInstance","Region":"cn-bj2","Limit":10}' | \\
    ${silent} sign --public-key KEY --private-key KEY`;

const migrateHelp = `
Install the new versions first. Each has the old names in migration.json, and MIGRATION.md lists them. A name changes where the
types prove that it is one of a package; what they leave open is listed with file and line. Nothing else in a file changes.

Exit codes: 0 all changed, 1 names to change by hand or files that cannot be read, 2 wrong usage.
${example("migrate --dry-run src/*.ts")}`;

const bundleHelp = `
Forms:
  virtual   /X: every tool accepts it, but the gateway has no such paths, so calls must be sent to /
  query     /?Action=X: some tools can call the gateway with it, but Redocly's recommended rules refuse the paths
  fragment  /#Action=X: every tool accepts it, but some send the fragment as part of the query

An action of several products is one operation, with a tag for each. If they differ in a parameter or a response, choose the
products with --product.
${example("bundle --form virtual --out openapi.yaml")}`;

const diffHelp = `
As a diff driver of Git, it prints the changes of each document in git diff:
  echo '*.openapi.yaml diff=actiongen' >> .gitattributes
  git config diff.actiongen.command "npx actiongen diff"

Exit codes: 0 compared, 1 problems in the input or changes that --fail-on names, 2 wrong usage.
${example("diff HEAD~1 --fail-on review")}`;

const verifyHelp = `
Files of browsers and proxies can be used as they are: entries that are not calls of the API are skipped. Values that can be
secret are not printed. A call that is not signed with the example key pair is verified without its signature.

With --format json, standard output has one object: {recordings, findings, stale, skipped, unrecorded}. A finding has a code, the
file and line, path (JSONPath in the response body, or the name of the parameter), message, help, document, source (line of
the vendor's page) and overlay (actions of an OpenAPI Overlay that would correct the document).

Exit codes: 0 no findings, 1 findings or problems in the input, 2 wrong usage.
${example(`verify\n  ${commandLine} verify capture.har --format json`)}`;

const releaseHelp = `
The last release of a package is the Git tag @scope/name@version. A package is released if its files have changed since; its
version follows from the changes of its API since the last stable release, as \`diff\` lists them, unless versions.json has a
higher one. Commit what \`release\` writes, then run \`release --publish\`, again after an interruption.
${example(`release --dry-run\n  ${commandLine} release\n  ${commandLine} release --publish`)}`;

const mockHelp = `
An action without a recording responds with its documented example, or with values made from its schema. The response header
X-Actiongen-Response contains which: example or schema. Lists have 25 items, links lead to files of the mock.

Failures:
  <Action>=retcode:150   the RetCode
  <Action>=http:503      the HTTP status, from 400 to 599
  <Action>=delay:2000    the response, after as many milliseconds
  <Action>=broken        a body that is cut off in the middle
The action * is every action. With x<times>, such as \`*=retcode:153x2\`, only the first calls of an action fail, and further
failures apply to those that follow.
${example("mock --port 4010 --fail 'DescribeUMemSpace=retcode:153x2'")}`;

const docsHelp = `
Open pages reload by themselves. To try their request builder without an account, set docs.endpoint of
actiongen.yaml to the URL of a mock gateway, http://127.0.0.1:4010/, and run \`${commandLine} mock --cors\`.
${example("docs --pages spec/pages")}`;

const outputHelp = "output folder (default: generated, beside spec; of a folder NAME, generated-NAME)";

const basePathHelp = "path that the reference is published under (default: docs.basePath of actiongen.yaml)";

function example(args: string): string {
  return `\nExample:\n  ${commandLine} ${args}`;
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

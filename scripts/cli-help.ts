import { commandLine } from "./toolkit.js";

/** Without the lines that npm prints for a script, since standard output can be read by a program. */
const silent = commandLine.replace("npm run", "npm run --silent");

export const help = `
Examples:
  ${commandLine} transcribe spec/pages
  ${commandLine} generate
  echo '{"Action":"<Action>"}' | ${silent} sign --public-key KEY --private-key KEY
  ${commandLine} mock --port 4010

Exit codes: 0 success, 1 problems in the input, 2 wrong usage.`;

export const transcribeHelp = `
Findings:
  error    nothing is written for the page; exits with 1
  warning  to check: the document lacks something, or the page contradicts itself
  note     no action needed; one line for each kind
transcribe.ignore of actiongen.yaml lists those that are not reported.
${example("transcribe spec/pages")}`;

export const recordHelp = `
The key pair is that of the environment, <PREFIX>_PUBLIC_KEY and <PREFIX>_PRIVATE_KEY, or of a profile. Before anything is
saved, keys, signatures, tokens, secrets, links, IDs, addresses and names are replaced with values of the same shape, and the
request is signed with the published key pair. A failure with a RetCode is recorded as well.
With --from, each call in the file, which has up to 16 MiB, becomes a recording, and everything else in it is left out.
${example("record --action <Action> --params params.json")}
  ${commandLine} record --from export.har`;

export const signHelp = `
<PREFIX> is the environmentPrefix of actiongen.yaml.

Example:
  echo '{"Action":"<Action>","Limit":10}' | \\
    ${silent} sign --public-key KEY --private-key KEY`;

export const migrateHelp = `
Install the new versions first. Each has the old names in migration.json, and MIGRATION.md lists them. A name is replaced
where the types prove that it is one of a package, and nothing else changes. Old names in objects that are created elsewhere,
or whose types are not known, are listed with file and line.

Exit codes: 0 all replaced, 1 names to replace by hand or files that cannot be read, 2 wrong usage.
${example("migrate --dry-run src/*.ts")}`;

export const bundleHelp = `
Forms:
  virtual   /X: every tool accepts it, but the gateway has no such paths, so calls must be sent to /
  query     /?Action=X: some tools can call the gateway with it, but Redocly's recommended rules reject the paths
  fragment  /#Action=X: every tool accepts it, but some send the fragment as part of the query

An action of several products is one operation, with a tag for each. If they differ in a parameter or a response, choose the
products with --product.
${example("bundle --form virtual --out openapi.yaml")}`;

export const diffHelp = `
As a diff driver of Git, it prints the changes of each document in git diff:
  echo '*.openapi.yaml diff=actiongen' >> .gitattributes
  git config diff.actiongen.command "npx actiongen diff"

Exit codes: 0 compared, 1 problems in the input or changes that --fail-on names, 2 wrong usage.
${example("diff HEAD~1 --fail-on review")}`;

export const verifyHelp = `
Files of browsers and proxies can be used as they are: entries that are not calls of the API are skipped. Values that can be
secret are not printed. A call that is not signed with the example key pair is verified without its signature.

With --format json, standard output has one object: {recordings, findings, stale, skipped, unrecorded}. A finding has a code, the
file and line, path (JSONPath in the response body, or the name of the parameter), message, help, document, source (line of
the vendor's page) and overlay (actions of an OpenAPI Overlay that would correct the document).

Exit codes: 0 no findings, 1 findings or problems in the input, 2 wrong usage.
${example(`verify\n  ${commandLine} verify capture.har --format json`)}`;

export const releaseHelp = `
The last release of a package is the Git tag @scope/name@version. A package is released if its files have changed since; its
version follows from the changes of its API since the last stable release, as \`diff\` lists them, unless versions.json has a
higher one. Commit what \`release\` writes, then run \`release --publish\`, again after an interruption.
${example(`release --dry-run\n  ${commandLine} release\n  ${commandLine} release --publish`)}`;

export const mockHelp = `
An action without a recording responds with its documented example, or with values made from its schema. The response header
X-Actiongen-Response is then example or schema. Lists have 25 items, links lead to files of the mock.

Failures:
  <Action>=retcode:150   the RetCode
  <Action>=http:503      the HTTP status, from 400 to 599
  <Action>=delay:2000    the response, delayed by as many milliseconds
  <Action>=broken        a body that is cut off in the middle
The action * is every action. With x<times>, such as \`*=retcode:153x2\`, only the first calls of an action fail, and further
failures apply to those that follow.
${example("mock --port 4010 --fail '<Action>=retcode:153x2'")}`;

export const docsHelp = `
Open pages reload by themselves. To try their request builder without an account, set docs.endpoint of
actiongen.yaml to the URL of a mock gateway, http://127.0.0.1:4010/, and run \`${commandLine} mock --cors\`.
${example("docs --pages spec/pages")}`;

export const outputHelp = "output folder (default: generated, beside spec; of a folder NAME, generated-NAME)";

export const basePathHelp =
  "path that the reference is published under (default: docs.basePath of actiongen.yaml)";

export function example(args: string): string {
  return `\nExample:\n  ${commandLine} ${args}`;
}

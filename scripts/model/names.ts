import type { Action, ActionNames, Type, Wait } from "./api-model.js";

/** Identifiers made from names of the specification. */

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Reserved words, and members of every client and module of a package. */
const reservedFunctions = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export " +
    "extends false finally for function if implements import in instanceof interface let new null package " +
    "private protected public return static super switch this throw true try typeof var void while with yield " +
    "call connect connection connectTo constructor createClient createLogger exports failedItems module oldNames options pagedCall params require " +
    "retCodes settings then throwFailedItems validateOnly validateWith waitFor waitForItems"
  ).split(" "),
);

/** Names that the index of a package exports, or that the module of an action imports. */
export const reservedTypes: readonly string[] = (
  "AbortError ActionCall ActionError ActionRequest CallError CallLogger CallOptions CallResponse CallResult Client " +
  "ConfigurationError Connection ConnectionOptions ContractReport Credentials CredentialsError CredentialsProvider " +
  "FailedItem FailingItem HttpError InvalidParameterError InvalidResponseError LargeIntegers Locations Logger LogLevel Middleware " +
  "NetworkError Operation PagedCall PagedOperation ParameterIssue RetCodeError RetCodeInfo RetCodeName RetCodeTable RetryContext " +
  "TimeoutError Validator Violation WaitError WaitForOptions WaitOptions Array Date Promise Record Uint8Array"
).split(" ");

/** Names that the module of an action has already, besides the action's own. */
export function reservedTypeNames({ params, response, item }: ActionNames, wait?: Wait): string[] {
  const own = [params, response, item];
  return [...reservedTypes, ...own, ...(wait === undefined ? [] : [waitParamsName(wait.function)])];
}

/** Name of the parameters of a function that waits: `waitUntilDone` gives `WaitUntilDoneParams`. */
export function waitParamsName(name: string): string {
  return `${typeNameOf(name)}Params`;
}

/** Whether a name of the specification is an identifier, a name on the wire and a part of a file name at once. */
export function isIdentifier(name: string): boolean {
  return identifier.test(name) && name.length <= 100 && name !== "__proto__";
}

/** Whether a name is an identifier that can be the name of an action's files on every system. */
export function isActionName(name: string): boolean {
  return isIdentifier(name) && !device.test(name);
}

/** Names that Windows has for devices, with any extension. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Name of an action's function: `DescribeUMemBackupURL` gives `describeUMemBackupURL`. */
export function functionName(action: string): string {
  const name = action.charAt(0).toLowerCase() + action.slice(1);
  return reservedFunctions.has(name) ? `${name}Action` : name;
}

/**
 * Names of the exports of each action of a product. Functions get the plain names; another export whose name is taken gets
 * a number: the actions `DescribeStack` and `DescribeStackOperation` export `describeStackOperation2`, the record of the
 * first, and `describeStackOperation`, the function of the second.
 *
 * @param actions sorted.
 */
export function nameActions(actions: readonly string[]): Map<string, ActionNames> {
  const taken = new Set([...reservedFunctions, ...reservedTypes]);
  const functions = actions.map((action) => [action, freeName(functionName(action), taken)] as const);
  return new Map(
    functions.map(([action, name]) => {
      const wanted = Object.entries(wantedNames(action, name)).filter(([key]) => key !== "function");
      const others = wanted.map(([key, one]) => [key, freeName(one, taken)] as const);
      return [action, { function: name, ...Object.fromEntries(others) } as ActionNames];
    }),
  );
}

/** Names of the exports of an action, if no other export has them. */
export function wantedNames(action: string, name = functionName(action)): ActionNames {
  return {
    function: name,
    operation: `${name}Operation`,
    validator: `validate${action}`,
    example: `${name}Example`,
    params: `${action}Params`,
    response: `${action}Response`,
    item: `${action}Item`,
  };
}

/** Names that the entries of a product's package export, and those that their modules reserve. */
export function exportedNames(actions: readonly Action[]): Set<string> {
  return new Set([
    ...reservedFunctions,
    ...reservedTypes,
    ...actions.flatMap(({ names, knownValues, wait, download }) => [
      ...Object.values(names),
      ...knownValues.map(({ name }) => name),
      ...(wait === undefined ? [] : [wait.function, waitParamsName(wait.function)]),
      ...(download === undefined ? [] : [download.function]),
    ]),
  ]);
}

/** The number of the last name that was free, by set and name: searching from 2 again takes quadratic time. */
const lastNumbers = new WeakMap<Set<string>, Map<string, number>>();

/** A name that is not taken yet, with a number if the one wanted is; it is taken from then on. */
export function freeName(wanted: string, taken: Set<string>): string {
  const numbers = lastNumbers.get(taken) ?? new Map<string, number>();
  lastNumbers.set(taken, numbers);
  let name = wanted;
  let number = numbers.get(wanted) ?? 1;
  while (taken.has(name)) name = `${wanted}${++number}`;
  numbers.set(wanted, number);
  taken.add(name);
  return name;
}

/** Name of the interface of a model: `CreateDisks.Disks` gives `CreateDisksDisks`. */
export function typeNameOf(model: string): string {
  const words = model.split(/[^A-Za-z0-9_]/);
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^[A-Za-z_]/.test(name) ? name : `Model${name}`;
}

/** Names in the entry for Node besides the functions that download. */
const reservedInNode = ["callOptions", "downloadLinks", "profileCredentials", "readProfile"];

/** Whether a name of the specification can be the name of a function that downloads or waits. */
export function isHelperName(name: string): boolean {
  const isReserved = reservedFunctions.has(name) || reservedInNode.includes(name);
  return isIdentifier(name) && /^[a-z]/.test(name) && !isReserved;
}

/** Name of a package: scope and folder name. */
export function packageName(scope: string, product: string): string {
  return `${scope}/${product}`;
}

/** Whether a product's folder name, such as `vpc2.0`, can be part of a package name and of paths. */
export function isProductName(name: string): boolean {
  return /^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*$/.test(name) && name !== "core" && !device.test(name);
}

/**
 * Whether a field is a secret by its name, so that it is not logged; the document's own setting takes precedence. A number
 * of tokens is not a secret, and neither is whether a password exists.
 */
export function isSecretByName(field: string, type: Type): boolean {
  if (type.kind === "array") return isSecretByName(field, type.items);
  return ["string", "map", "json"].includes(type.kind) && secret.test(field) && !isAboutSecret(field);
}

/** Whether the name of a field says that it describes something, and does not contain it: `TokenCount`, `PasswordPolicy`. */
export function isAboutSecret(field: string): boolean {
  return aboutInSnakeCase.test(field) || aboutInCamelCase.test(field);
}

const secret =
  /passw(?:or)?d|passphrase|secret|token|credential|(?:private|access|api|ssh|encrypt\w{0,40}|pre_?shared|secret|sign(?:ing)?)_?key/i;

const about =
  "Names?|Count|Num|Number|Size|Length|Limit|Types?|Mode|State|Status|Policy|Policies|Rules?|Strength|Level|Version|Time|" +
  "Expir(?:e|es|ed|y|ation)[A-Za-z]{0,40}|Period|Days|Enabled?|Format|Remark|Desc(?:ription)?|Finger[Pp]rint|Algorithm|Method|Region";
const aboutInSnakeCase = new RegExp(`(?:ids?|_(?:${about}))$`, "i");
const aboutInCamelCase = new RegExp(`(?<=[a-z0-9])(?:${about})$`);

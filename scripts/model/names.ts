/** Makes identifiers from names of the specification. Nothing else does. */

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Words that a function cannot be named, and names that a client has already. */
const taken = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export " +
    "extends false finally for function if implements import in instanceof interface let new null package " +
    "private protected public return static super switch this throw true try typeof var void while with yield " +
    "call connect connection connectTo constructor createClient exports failedItems module options pagedCall params require " +
    "retCodes settings then"
  ).split(" "),
);

/** Whether a name of the specification can be an identifier, a wire name and a part of a file name at once. */
export function isIdentifier(name: string): boolean {
  return identifier.test(name) && name.length <= 100 && name !== "__proto__";
}

/** Name of an action's function: `DescribeUMemBackupURL` gives `describeUMemBackupURL`. */
export function functionName(action: string): string {
  const name = action.charAt(0).toLowerCase() + action.slice(1);
  return taken.has(name) ? `${name}Action` : name;
}

/** Names that the entry for Node alone has already. */
const takenInNode = ["downloadLinks", "profileCredentials", "readProfile"];

/** Whether a name of the specification can be the name of a function that downloads. */
export function isDownloadName(name: string): boolean {
  return isIdentifier(name) && /^[a-z]/.test(name) && !taken.has(name) && !takenInNode.includes(name);
}

/** Name of the record that says what a call needs to know of an action. */
export function operationName(functionName: string): string {
  return `${functionName}Operation`;
}

/** Name of the function that gives the parts of a paged action's list. */
export function pagesFunctionName(functionName: string): string {
  return `${functionName}Pages`;
}

/** Name of the function that gives the items of a paged action's list. */
export function itemsFunctionName(functionName: string): string {
  return `${functionName}Items`;
}

/** Name of an action's documented example. */
export function exampleName(functionName: string): string {
  return `${functionName}Example`;
}

/** Name of the function that holds an action's answers against the specification. */
export function validatorName(action: string): string {
  return `validate${action}`;
}

/** Name of the type of an action's parameters. */
export function parametersTypeName(action: string): string {
  return `${action}Params`;
}

/** Name of the type of an action's success body. */
export function responseTypeName(action: string): string {
  // The runtime has a type CallResponse.
  return action === "Call" ? "CallActionResponse" : `${action}Response`;
}

/** Name of a package: scope and folder name. */
export function packageName(scope: string, product: string): string {
  return `${scope}/${product}`;
}

/** Whether a product's folder name, such as `vpc2.0`, can be part of a package name and of paths. */
export function isProductName(name: string): boolean {
  return /^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*$/.test(name) && name !== "core";
}

/** Name under which a package exports an action's `paths`, for openapi-fetch. */
export function pathsTypeName(action: string): string {
  return `${action}Paths`;
}

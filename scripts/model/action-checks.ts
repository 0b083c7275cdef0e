import { tryFlatten } from "../../templates/runtime/parameters.js";
import type { AddDiagnostic } from "../openapi/checks.js";
import type { Path } from "../openapi/pointer.js";
import type { Download, Field, Paging, Type } from "./api-model.js";

/** Adds a diagnostic about one extension of an operation. */
type AddProblem = (message: string, help: string) => void;

/** Checks that the names of `x-actiongen-paging` are parameters and response fields of the right types. */
export function checkPaging(
  paging: Paging,
  parameters: readonly Field[],
  response: readonly Field[],
  add: AddProblem,
): void {
  const isNumber = ({ kind }: Type) => kind === "integer" || kind === "number";
  checkName("offset", paging.offset, parameters, isNumber, add);
  checkName("limit", paging.limit, parameters, isNumber, add);
  checkName("total", paging.total, response, isNumber, add);
  checkName("items", paging.items, response, ({ kind }) => kind === "array", add);
}

/** Checks that `x-actiongen-download` names a response field of links. */
export function checkDownload({ links }: Download, response: readonly Field[], add: AddProblem): void {
  const isLinks = (type: Type): boolean =>
    type.kind === "string" || (type.kind === "array" && type.items.kind === "string");
  checkName("links", links, response, isLinks, add);
}

function checkName(
  key: string,
  name: string,
  fields: readonly Field[],
  isExpected: (type: Type) => boolean,
  add: AddProblem,
): void {
  const field = fields.find((one) => one.name === name);
  if (field !== undefined && isExpected(field.type)) return;
  const problem = field === undefined ? "which does not exist" : `which is of type ${field.type.kind}`;
  add(
    `${key} is ${JSON.stringify(name)}, ${problem}`,
    "Correct the name, or the overlay that it comes from.",
  );
}

/** Checks that the example of a parameter can be sent: samples are made from it. */
export function checkExample({ name, example }: Field, path: Path, addDiagnostic: AddDiagnostic): void {
  for (const { path: location, problem } of tryFlatten({ [name]: example }).issues) {
    const message = `the example of ${name} cannot be sent: ${location} ${problem}`;
    addDiagnostic("example", path, message, "Use an example that can be sent.");
  }
}

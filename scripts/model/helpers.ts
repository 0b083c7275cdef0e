import type { Diagnostics } from "../diagnostic.js";
import type { AddDiagnostic } from "../openapi/checks.js";
import { operationPath } from "../openapi/pointer.js";
import type { Action, Download, Field, ObjectModel, Paging, Type, Wait } from "./api-model.js";
import { waitParamsName } from "./names.js";

/** The extensions that name parameters and fields, and the functions that are generated from them. */
export interface Helpers {
  readonly paging: Paging | undefined;
  readonly download: Download | undefined;
  readonly wait: Wait | undefined;
}

/** The action that the helpers call, and what they can name. */
export interface Named {
  readonly name: string;
  readonly retrySafe: boolean;
  readonly parameters: readonly Field[];
  readonly response: readonly Field[];
  readonly models: readonly ObjectModel[];
}

const isNumber = ({ kind }: Type) => kind === "integer" || kind === "number";
const isList = ({ kind }: Type) => kind === "array";
const isString = (type: Type) => type.kind === "string" || (type.kind === "enum" && type.of === "string");
const isLinks = (type: Type) => (type.kind === "array" ? type.items : type).kind === "string";

/** Checks that the names in extensions are parameters and fields of the right types. */
export function checkHelpers({ paging, download, wait }: Helpers, named: Named, report: AddDiagnostic): void {
  const { parameters, response } = named;

  function check<Names extends object>(
    extension: string,
    names: Names | undefined,
    key: keyof Names & string,
    fields: readonly Field[],
    isExpected: (type: Type) => boolean,
  ): void {
    if (names === undefined) return;
    const field = fields.find((one) => one.name === names[key]);
    if (field !== undefined && isExpected(field.type)) return;
    const problem = field === undefined ? "which does not exist" : `which is of type ${field.type.kind}`;
    const message = `${key} is ${JSON.stringify(names[key])}, ${problem}`;
    const help = "Correct the name, or the overlay that it comes from.";
    report("list-fields", [...operationPath, extension], message, help);
  }

  check("x-actiongen-paging", paging, "offset", parameters, isNumber);
  check("x-actiongen-paging", paging, "limit", parameters, isNumber);
  check("x-actiongen-paging", paging, "total", response, isNumber);
  check("x-actiongen-paging", paging, "items", response, isList);
  check("x-actiongen-download", download, "links", response, isLinks);
  if (wait === undefined) return;
  if (!named.retrySafe) {
    const message = `x-actiongen-wait is set on ${named.name}, which is not safe to retry`;
    const help = "Set it on the action that lists the items: a wait calls it again and again.";
    report("wait-repeats", [...operationPath, "x-actiongen-wait"], message, help);
  }
  if (paging !== undefined && paging.items !== wait.items) {
    const message = `items of x-actiongen-wait is "${wait.items}", and items of x-actiongen-paging is "${paging.items}"`;
    report(
      "wait-items",
      [...operationPath, "x-actiongen-wait", "items"],
      message,
      "Use the same field in both.",
    );
  }
  const list = response.find(({ name }) => name === wait.items)?.type;
  const model = list?.kind === "array" && list.items.kind === "object" ? list.items.model : undefined;
  check("x-actiongen-wait", wait, "items", response, () => model !== undefined);
  const fields = named.models.find(({ name }) => name === model)?.fields;
  if (fields === undefined) return;
  check("x-actiongen-wait", wait, "id", fields, isString);
  check("x-actiongen-wait", wait, "state", fields, isString);
  const parameter = parameters.filter(({ name }) => name === wait.id);
  if (parameter.length > 0) check("x-actiongen-wait", wait, "id", parameter, isString);
  checkStates(wait, fields.find(({ name }) => name === wait.state)?.type, report);
}

/** Checks that final states are known, if the state is an enumeration, and that none is done and failed. */
function checkStates({ state, done, failed }: Wait, type: Type | undefined, report: AddDiagnostic): void {
  for (const [key, states] of Object.entries({ done, failed })) {
    const path = [...operationPath, "x-actiongen-wait", key];
    for (const value of states) {
      const seen = `${key} of x-actiongen-wait lists ${JSON.stringify(value)}`;
      if (type?.kind === "enum" && !type.values.includes(value))
        report(
          "wait-states",
          path,
          `${seen}, which ${state} does not`,
          `Use values of ${state}: ${type.values.join(", ")}.`,
        );
      else if (key === "failed" && done.includes(value))
        report("wait-states", path, `${seen}, as done does`, "Remove it from one of them.");
    }
  }
}

/** Overlays choose the names of functions, so two of them, or one of them and an action's own, can be the same. */
export function checkHelperNames(actions: readonly Action[], diagnostics: Diagnostics): void {
  const users = new Map<string, string>();
  for (const { name, names } of actions)
    for (const own of Object.values(names)) users.set(own, `${own} of ${name}`);
  for (const { name, source, download, wait } of actions) {
    for (const [extension, helper] of Object.entries({ download, wait })) {
      if (helper === undefined) continue;
      const user = users.get(helper.function) ?? users.get(waitParamsName(helper.function));
      users.set(helper.function, `that of x-actiongen-${extension} of ${name}`);
      if (user === undefined) continue;
      const message = `x-actiongen-${extension} of ${name} has the same function, ${helper.function}, as `;
      diagnostics.add({
        code: "helper-name",
        ...source,
        message: message + user,
        help: "Rename one of them.",
      });
    }
  }
}

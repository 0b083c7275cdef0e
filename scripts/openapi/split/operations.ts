import { type AddDiagnostic, methods } from "../checks.js";
import { followReferences, type Path, type Raw, raw } from "../pointer.js";

/** A parameter of an action, and its path in the document with many actions. */
export interface FoundParameter {
  /** The parameter, or a reference to it. */
  readonly listed: Raw;
  readonly value: Raw;
  readonly origin: Path;
  /** Whether it is a property of a body: then the value at `origin` is the schema of the parameter. */
  readonly isProperty: boolean;
}

/** A GET or POST of a document with many actions. */
export interface FoundOperation {
  readonly path: string;
  readonly method: "get" | "post";
  readonly item: Raw;
  readonly operation: Raw;
  readonly origin: Path;
}

const pathForm = /^\/(|[^?#{}]+|[?#]Action=[^?#&{}]+)$/;

/** The operations of a document, in its order. Reports what cannot be an action. */
export function findOperations(document: object, addDiagnostic: AddDiagnostic): FoundOperation[] {
  const add = (path: Path, message: string, help: string) =>
    addDiagnostic("action-form", path, message, help);
  return Object.entries(raw(raw(document).paths)).flatMap(([path, value]) => {
    if (path.startsWith("x-")) return [];
    const item = raw(value);
    const origin = ["paths", path];
    const shown = JSON.stringify(path);
    if (!pathForm.test(path)) {
      const help = "Write /, /<Action>, /?Action=<Action> or /#Action=<Action>.";
      add(origin, `the path ${shown} cannot be the path of an action`, help);
    }
    if (item.$ref !== undefined)
      add([...origin, "$ref"], "the path is only a reference", "Write its operations here.");
    const used = methods.filter((method) => item[method] !== undefined);
    for (const method of used.filter((one) => one !== "get" && one !== "post")) {
      const message = `the gateway does not support the method ${method.toUpperCase()}`;
      add([...origin, method], message, "Write every action as a GET or a POST.");
    }
    if (used.length === 0 && item.$ref === undefined)
      add(origin, `the path ${shown} has no operation`, "Remove it.");
    return (["get", "post"] as const)
      .filter((method) => used.includes(method))
      .map((method) => ({ path, method, item, operation: raw(item[method]), origin: [...origin, method] }));
  });
}

/** The parameters of an operation, and those of its path item that it does not override. */
export function listedParameters(
  document: object,
  { path, item, operation, origin }: FoundOperation,
): FoundParameter[] {
  const read = (list: unknown, at: Path) =>
    (Array.isArray(list) ? list : []).map((listed, index): FoundParameter => {
      const value = raw(followReferences(document, listed, []).value);
      return { listed: raw(listed), value, origin: [...at, index], isProperty: false };
    });
  const keyOf = ({ value }: FoundParameter) => `${value.in} ${value.name}`;
  const own = read(operation.parameters, [...origin, "parameters"]);
  const overridden = new Set(own.map(keyOf));
  const shared = read(item.parameters, ["paths", path, "parameters"]);
  return [...shared.filter((one) => !overridden.has(keyOf(one))), ...own];
}

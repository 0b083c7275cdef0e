import { type AddDiagnostic, methods } from "../checks.js";
import { followReferences, type Path, type Raw, raw } from "../pointer.js";

/** A parameter of an action, and its path in the document with many actions. */
export interface FoundParameter {
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
  const keyOf = ({ value }: FoundParameter) => {
    const { name, in: location } = raw(followReferences(document, value, []).value);
    return `${location} ${name}`;
  };
  const own = readList(operation.parameters, [...origin, "parameters"]);
  const overridden = new Set(own.map(keyOf));
  const shared = readList(item.parameters, ["paths", path, "parameters"]);
  return [...shared.filter((one) => !overridden.has(keyOf(one))), ...own];
}

function readList(list: unknown, path: Path): FoundParameter[] {
  return (Array.isArray(list) ? list : []).map((value, index) => ({
    value: raw(value),
    origin: [...path, index],
    isProperty: false,
  }));
}

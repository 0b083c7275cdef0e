import { type AddDiagnostic, type Raw, raw } from "../checks.js";
import { followReferences, type Path } from "../pointer.js";

/** A value that goes into an action's own document, and where it stands in the document that holds many. */
export interface PlacedValue {
  readonly value: Raw;
  readonly origin: Path;
  /** Whether it is a property of a body there, which is the schema of the parameter. */
  readonly isProperty: boolean;
}

/** A GET or POST of a document that holds many. */
export interface FoundOperation {
  readonly path: string;
  readonly method: "get" | "post";
  readonly item: Raw;
  readonly operation: Raw;
  readonly place: Path;
}

/** Every key of a path item that names a method. */
export const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

const pathForm = /^\/(|[^?#{}]+|[?#]Action=[^?#&{}]+)$/;

/** The operations of a document, in its order. What cannot be one goes to `addDiagnostic`. */
export function findOperations(document: object, addDiagnostic: AddDiagnostic): FoundOperation[] {
  const { paths } = raw(document);
  return Object.entries(raw(paths)).flatMap(([path, value]) => {
    if (path.startsWith("x-")) return [];
    const item = raw(value);
    const place = ["paths", path];
    if (!pathForm.test(path)) {
      const message = `the path ${JSON.stringify(path)} stands for no action`;
      addDiagnostic(
        "action-form",
        place,
        message,
        "Write /, /<Action>, /?Action=<Action> or /#Action=<Action>.",
      );
    }
    if (item.$ref !== undefined) {
      addDiagnostic(
        "action-form",
        [...place, "$ref"],
        "the path refers to another place",
        "Write its operations here.",
      );
    }
    for (const method of methods.filter(
      (one) => item[one] !== undefined && one !== "get" && one !== "post",
    )) {
      const message = `the method is ${method.toUpperCase()}, which the gateway does not take`;
      addDiagnostic("action-form", [...place, method], message, "Every action is a GET or a POST.");
    }
    if (!methods.some((method) => item[method] !== undefined) && item.$ref === undefined) {
      addDiagnostic("action-form", place, `the path ${JSON.stringify(path)} has no operation`, "Remove it.");
    }
    return (["get", "post"] as const)
      .filter((method) => item[method] !== undefined)
      .map((method) => ({ path, method, item, operation: raw(item[method]), place: [...place, method] }));
  });
}

/** Parameters that stand at the operation, and those beside it that it does not replace. */
export function listedParameters(
  document: object,
  { path, item, operation, place }: FoundOperation,
): PlacedValue[] {
  const keyOf = ({ value }: PlacedValue) => {
    const { name, in: where } = raw(followReferences(document, value, []).value);
    return `${where} ${name}`;
  };
  const own = placeAll(operation.parameters, [...place, "parameters"]);
  const replaced = new Set(own.map(keyOf));
  const beside = placeAll(item.parameters, ["paths", path, "parameters"]);
  return [...beside.filter((placed) => !replaced.has(keyOf(placed))), ...own];
}

function placeAll(list: unknown, place: Path): PlacedValue[] {
  return (Array.isArray(list) ? list : []).map((value, index) => ({
    value: raw(value),
    origin: [...place, index],
    isProperty: false,
  }));
}

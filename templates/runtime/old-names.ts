import {
  ConfigurationError,
  type ErrorContext,
  InvalidParameterError,
  type ParameterIssue,
} from "./errors.js";
import { isPlain } from "./parameters.js";

/** Names that an object's fields had in earlier versions. */
export interface OldFields {
  /** The current name, by the old one. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** The reason why a field does not exist any more, by its name. */
  readonly removed?: Readonly<Record<string, string>>;
  /**
   * Models of the fields whose objects have old names, too; `*` in front of that of the values of a map. The name `*` is that of
   * all fields that are not listed; those without old names have `""` then.
   */
  readonly inside?: Readonly<Record<string, string>>;
}

/** Old names by model; those of the parameters, or of the body, by `""`. */
export type OldModels = Readonly<Record<string, OldFields>>;

/** Accepts old names in the parameters of a call, and adds them to the body of its response. */
export interface OldNames {
  /**
   * Returns the parameters with the current names.
   *
   * @throws InvalidParameterError with each old name whose current one is passed as well, or that has none.
   */
  params(params: object, context: ErrorContext): object;
  /**
   * Adds a getter for each old name to the objects of a body, and a setter if it was renamed. It is not enumerable, so that JSON,
   * copies and comparisons do not contain the value twice.
   */
  body(body: object): void;
}

type Values = Record<string, unknown>;

/** Creates the old names of an action: of its parameters, and of its response. */
export function oldNames(sent: OldModels, received: OldModels): OldNames {
  return {
    params(params, context) {
      const issues: ParameterIssue[] = [];
      // An object with a class is accepted: its own properties are sent.
      const current = rename({ ...params }, "", sent, { path: [], ancestors: [] }, issues) as object;
      if (issues.length > 0) throw new InvalidParameterError(issues, context);
      return current;
    },
    body: (body) => addGetters(body, "", received, 0),
  };
}

/** Objects in objects that are no deeper can be sent; those of a response that are deeper have no old names. */
const maxDepth = 100;

/** Where a value is: its path, and the objects that contain it. */
interface Position {
  readonly path: readonly (string | number)[];
  readonly ancestors: readonly unknown[];
}

/** A value with the current names, copied where it has others. What cannot be sent is left to the checks of parameters. */
function rename(
  value: unknown,
  model: string,
  models: OldModels,
  { path, ancestors }: Position,
  issues: ParameterIssue[],
): unknown {
  if (path.length > maxDepth || ancestors.includes(value)) return value;
  const inner = (key: string | number, item: unknown, name: string) =>
    rename(item, name, models, { path: [...path, key], ancestors: [...ancestors, value] }, issues);
  if (Array.isArray(value)) return value.map((item, index) => inner(index, item, model));
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  const copy: Values = { ...value };
  const { renamed = {}, removed = {} } = tableOf(models, model);
  const take = (name: string) => {
    const passed = ownValue(copy, name);
    delete copy[name];
    return passed;
  };
  const report = (name: string, problem: string) => issues.push({ path: pathText([...path, name]), problem });
  for (const [old, current] of Object.entries(renamed)) {
    const passed = take(old);
    if (passed === undefined) continue;
    if (ownValue(copy, current) === undefined) copy[current] = passed;
    else report(old, `is the old name of ${current}, which is passed too: pass ${current} only`);
  }
  for (const [old, reason] of Object.entries(removed)) {
    if (take(old) !== undefined) report(old, reason);
  }
  // The caller's own names are not quoted, since one may be a secret.
  for (const { key, isListed, name } of insideOf(copy, model, models))
    copy[key] = inner(isListed ? key : "*", copy[key], name);
  return copy;
}

function addGetters(value: unknown, model: string, models: OldModels, depth: number): void {
  if (typeof value !== "object" || value === null || depth > maxDepth) return;
  if (Array.isArray(value)) {
    for (const item of value) addGetters(item, model, models, depth + 1);
    return;
  }
  const values = value as Values;
  for (const { key, name } of insideOf(values, model, models))
    addGetters(values[key], name, models, depth + 1);
  const { renamed = {}, removed = {} } = tableOf(models, model);
  const define = (name: string, accessors: PropertyDescriptor) => {
    // The gateway may still return the field.
    if (!Object.hasOwn(values, name))
      Object.defineProperty(values, name, { ...accessors, configurable: true });
  };
  for (const [old, current] of Object.entries(renamed))
    define(old, {
      get: () => (Object.hasOwn(values, current) ? values[current] : undefined),
      set: (value) => {
        values[current] = value;
      },
    });
  for (const [old, reason] of Object.entries(removed))
    define(old, {
      get: () => {
        throw new ConfigurationError(`${old} ${reason}.`);
      },
    });
}

/** The table of a model; `*` and the name of a model is a map, all of whose fields have that model. */
function tableOf(models: OldModels, model: string): OldFields {
  return model.startsWith("*") ? { inside: { "*": model.slice(1) } } : (models[model] ?? {});
}

/** The fields of an object whose objects have old names, with their models, and whether the model lists them. */
function insideOf(values: Values, model: string, models: OldModels) {
  const { inside = {} } = tableOf(models, model);
  return Object.keys(values).flatMap((key) => {
    const isListed = key !== "*" && Object.hasOwn(inside, key);
    const name = inside[isListed ? key : "*"] ?? "";
    return name === "" ? [] : [{ key, isListed, name }];
  });
}

/** A value that is passed; `undefined` if it is inherited, or not sent. */
function ownValue(values: Values, name: string): unknown {
  return (Object.hasOwn(values, name) ? values[name] : undefined) ?? undefined;
}

/** `Disks[1].Size`. */
function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? key : `${text}.${key}`),
    "",
  );
}

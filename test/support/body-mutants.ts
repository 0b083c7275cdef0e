import { fieldsOf } from "../../scripts/contract/finding.js";
import type { Action, Type } from "../../scripts/model/api-model.js";
import { valueAt } from "../../scripts/openapi/pointer.js";
import { type Path, pathsOf, replaceAt } from "./mutation.js";

/** One change of a recording. */
export interface Change<T> {
  readonly what: string;
  readonly changed: T;
  /** Why the change is no mistake of a recording; `undefined` if it is one. */
  readonly tolerated?: string | undefined;
}

const otherValue = "another value of the documented type: the document allows it as well";
const otherCode = "another RetCode that the document lists: the client throws it likewise";
const otherSuccess = "a success with a Message only: the document lists Message, and requires no other field";
const fewer = "an optional field or an item of a list that is absent: the document allows it as well";

/** What is documented at a path of a response body. */
interface Documented {
  readonly type: Type | undefined;
  readonly required: boolean;
}

function documentedAt({ models }: Action, model: string, path: Path): Documented {
  const root: Type = { kind: "object", model, nullable: false };
  let at: Documented = { type: root, required: true };
  for (const key of path) {
    const { type } = at;
    if (type === undefined) return at;
    if (typeof key === "number")
      at = { type: type.kind === "array" ? type.items : undefined, required: false };
    else {
      const field = fieldsOf(type, models).find(({ name }) => name === key);
      at = { type: field?.type, required: field?.required ?? false };
    }
  }
  return at;
}

/** Whether a value that is unlike the recorded one is as documented. */
function isDocumented(value: unknown, type: Type | undefined, models: Action["models"]): boolean {
  if (type?.kind === "string")
    return typeof value === "string" && (type.format !== "uri" || URL.canParse(value));
  if (type?.kind === "integer") return Number.isSafeInteger(value);
  if (type?.kind === "boolean") return typeof value === "boolean";
  if (type?.kind === "object" && JSON.stringify(value) === "{}")
    return fieldsOf(type, models).every(({ required }) => !required);
  return type?.kind === "array" && Array.isArray(value) && value.length === 0;
}

/** Number that `JSON.stringify` cannot write, and that each occurrence of the string is replaced with. */
const beyond = "2^53+1";

const otherCase = (key: string) => {
  const first = key.charAt(0);
  return (first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase()) + key.slice(1);
};

/** Values that replace a recorded one, by what they are. */
function replacements(value: unknown): [what: string, value: unknown][] {
  const all: [string, unknown][] = [
    ["null", null],
    ["an empty string", ""],
    ["an empty object", {}],
    ["an empty array", []],
    ["an array of it", [value]],
    ["an object with it", { value }],
    ["a boolean", value !== true],
    ["another string", `${typeof value === "string" ? value : ""}x`],
    ["another case", String(value).toUpperCase()],
    ["another number", typeof value === "number" ? value + 1 : 5],
    ["a fraction", typeof value === "number" ? value + 0.5 : 0.5],
    ["2^53 + 1", beyond],
    ["a string of it", typeof value === "string" ? `"${value}"` : JSON.stringify(value)],
  ];
  if (Array.isArray(value)) all.push(["its first item", value[0]], ["its items as an object", { ...value }]);
  else if (typeof value === "object" && value !== null) all.push(["its values", Object.values(value)]);
  return all.filter(([, one]) => JSON.stringify(one) !== JSON.stringify(value));
}

/** Response bodies with one mistake each. */
export function bodyMutants(text: string, action: Action): Change<string>[] {
  const recorded = JSON.parse(text);
  const { responseModel, errorModel } = action;
  const model = recorded.RetCode === 0 ? responseModel : errorModel;
  const mutants: Change<string>[] = [];
  const add = (what: string, edit: (copy: never) => unknown, tolerated?: string) => {
    const copy = structuredClone(recorded);
    const changed = JSON.stringify(edit(copy as never) ?? copy).replaceAll(`"${beyond}"`, "9007199254740993");
    mutants.push({ what, changed, tolerated });
  };
  for (const path of [[], ...pathsOf(recorded)]) {
    const at = path.join(".") || "the body";
    const value = valueAt(recorded, path);
    const { type, required } = documentedAt(action, model, path);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      add(
        `${at} with a field more`,
        (copy) => void Object.assign(valueAt(copy, path) as object, { Unknown: 1 }),
      );
      for (const [key, item] of Object.entries(value)) {
        const [plain, name] = [JSON.stringify(value), JSON.stringify(key)];
        const twice = JSON.stringify(recorded).replace(
          plain,
          () => `{${name}:${JSON.stringify(item)},${plain.slice(1)}`,
        );
        mutants.push({ what: `${at} with ${key} twice`, changed: twice });
      }
    }
    if (path.length === 0) continue;
    const key = path.at(-1) ?? "";
    const parentPath = path.slice(0, -1);
    add(
      `${at} dropped`,
      (copy) => {
        const parent = valueAt(copy, parentPath) as Record<string, unknown> | unknown[];
        if (Array.isArray(parent)) parent.splice(Number(key), 1);
        else delete parent[key];
      },
      required ? undefined : fewer,
    );
    for (const [how, name] of typeof key === "number"
      ? []
      : ([
          ["renamed", `${key}s`],
          ["in another case", otherCase(key)],
          ["in upper case", key.toUpperCase()],
        ] as const)) {
      if (name === key) continue;
      add(`${at} ${how}`, (copy) => {
        const parent = valueAt(copy, parentPath) as Record<string, unknown>;
        parent[name] = parent[key];
        delete parent[key];
      });
    }
    for (const [how, other] of replacements(value)) {
      const isReserved = at === "RetCode" || at === "Action";
      const isFine = !isReserved && other !== beyond && isDocumented(other, type, action.models);
      const isListed = at === "RetCode" && action.retCodes.some(({ code }) => code === other);
      const reason = isListed ? otherCode : isFine ? otherValue : undefined;
      add(`${at} as ${how}`, (copy) => replaceAt(copy, path, other), reason);
    }
  }
  const success = action.models.find(({ name }) => name === responseModel)?.fields ?? [];
  const isSuccess =
    Object.keys(recorded).every((key) => success.some(({ name }) => name === key)) &&
    success.every(({ name, required }) => !required || name in recorded);
  add("RetCode as 0", (copy) => replaceAt(copy, ["RetCode"], 0), isSuccess ? otherSuccess : undefined);
  for (const code of [1, 987654, -1]) add(`RetCode as ${code}`, (copy) => replaceAt(copy, ["RetCode"], code));
  return mutants.filter(({ changed }) => changed !== JSON.stringify(recorded));
}

import { isReadOnly } from "../../templates/runtime/operation.js";
import type { Note, Operation, Parameter } from "./infer.js";
import { plainText } from "./prose/text.js";
import type { Json } from "./schema.js";

/** A total that may count one page only. Iterating over such a list would end after the first page. */
const countsPage =
  /返回|本页|当页|当前页|每页|[Ss]et中|中的元素|元素个数|\b(?:this|each|current|per) page\b|\breturned\b|\bin (?:the|this) (?:response|list|array|page)\b/i;
/** An offset that counts pages instead of items. */
const countsPages =
  /页码|页数|第几页|哪一页|页号|\bpage (?:number|index|no)\b|\bnumber of (?:the )?pages?\b|\bwhich page\b/i;

const isNamed = (wanted: RegExp) => (name: string) => wanted.test(name);
const isOffset = isNamed(/^offset$/i);
const isLimit = isNamed(/^limit$/i);
const isTotal = isNamed(/^total(?:_?(?:count|num|number|size))?$/i);

/**
 * Marks a list action as paged if it has an optional integer offset and limit, and a response with one total and one list
 * of objects.
 */
export function inferPaging(operation: Operation, schemas: Readonly<Record<string, Json>>, note: Note): void {
  const { operationId: action, parameters } = operation;
  const response = (schemas[`${action}Response`]?.properties ?? {}) as Readonly<Record<string, Json>>;
  const offset = parameters.find(({ name }) => isOffset(name));
  const limit = parameters.find(({ name }) => isLimit(name));
  if (offset === undefined || limit === undefined || !isReadOnly(action)) return;
  const totals = Object.keys(response).filter(isTotal);
  const lists = Object.keys(response).filter((name) => isListOfObjects(response[name] ?? {}, schemas));
  const [total = "", items = ""] = [totals[0], lists[0]];
  const names = { offset: offset.name, limit: limit.name, total, items };
  const doubt =
    parameterDoubt(offset) ??
    parameterDoubt(limit) ??
    (textOf(offset).match(countsPages) ? `the description of ${names.offset} is about pages` : undefined) ??
    countDoubt(totals, "total") ??
    countDoubt(lists, "list of objects") ??
    totalDoubt(total, response[total] ?? {});
  if (doubt === undefined) {
    Object.assign(operation, { "x-actiongen-paging": names });
    const message = `${action} is paged: ${names.offset} and ${names.limit} select a page of ${items}, and ${total} is the number of all items`;
    note("inferred-paging", { table: "parameters", path: names.offset }, message);
  } else if (Object.values(response).some(({ type }) => type === "array")) {
    const message = `${action} has ${names.offset} and ${names.limit}, but is not marked as paged: ${doubt}`;
    note("paging-unclear", { table: "parameters", path: names.offset }, message);
  }
}

function parameterDoubt({ name, required, schema }: Parameter): string | undefined {
  if (required === true) return `${name} is required`;
  if (schema.type !== "integer") return `${name} is not an integer`;
  // An offset that begins at 1 would skip the first item.
  return isOffset(name) && (schema.default ?? 0) !== 0 ? `the default of ${name} is not 0` : undefined;
}

function countDoubt(names: readonly string[], what: string): string | undefined {
  if (names.length === 1) return undefined;
  return `the response has ${names.length === 0 ? `no ${what}` : `more than one ${what}: ${names.join(", ")}`}`;
}

function totalDoubt(name: string, schema: Json): string | undefined {
  if (schema.type !== "integer") return `${name} is not an integer`;
  const [found] = countsPage.exec(textOf(schema)) ?? [];
  return found === undefined
    ? undefined
    : `${name} may be the number of items in the response, since its description says ${JSON.stringify(found)}`;
}

function textOf({ description }: Json): string {
  return typeof description === "string" ? plainText(description) : "";
}

function isListOfObjects({ type, items }: Json, schemas: Readonly<Record<string, Json>>): boolean {
  if (type !== "array") return false;
  const { $ref, properties } = items as Json;
  const target = typeof $ref === "string" ? schemas[$ref.split("/").at(-1) ?? ""] : undefined;
  return (properties ?? target?.properties) !== undefined;
}

import type { SearchTable, Topic } from "../../../templates/docs/script/search-data.js";
import type { ActionSummary, Brand, ProductSummary } from "../../model/api-model.js";
import { oneLine } from "../../text.js";
import { tsString } from "../escape.js";
import { searchGuides } from "./search-guides.js";
import { searchSynonyms } from "./search-words.js";

/**
 * The content of `search-data.js`: a script that sets `actiongenSearch`, since pages opened as files cannot load JSON.
 *
 * @param brand its RetCodes.
 * @param products in the order of the reference.
 */
export function searchTable(brand: Pick<Brand, "retCodes">, products: readonly ProductSummary[]): string {
  const actions = products.flatMap((product) => product.actions);
  const table: SearchTable = {
    products: products.map(({ name, title, actions }) => [name, title, actions.length]),
    names: actions.map(({ name }) => name),
    summaries: actions.map(({ summary }) => oneLine(summary)),
    parameters: parameterColumn(actions),
    fields: fieldColumn(actions),
    deprecated: actions.flatMap(({ deprecated }, at) => (deprecated ? [at] : [])),
    topics: [...searchGuides(brand), ...retCodeTopics(brand, products)],
    synonyms: searchSynonyms,
  };
  return `globalThis.actiongenSearch = ${script(table)};\n`;
}

/** A value as JavaScript. */
function script(value: unknown): string {
  if (typeof value === "string") return tsString(value);
  if (Array.isArray(value)) return `[${value.map(script).join(",")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([name, item]) => `${name}:${script(item)}`)
    .join(",\n")}}`;
}

/** Actions that are listed for a name of parameters: the first ones of `Region` are as good as all. */
const actionsPerParameter = 40;
const actionsPerField = 3;
/** Characters of all names of response fields, 7 kB in gzip: those of 1,650 actions would take 16. */
const fieldCharacters = 16_000;

function parameterColumn(actions: readonly ActionSummary[]): string[] {
  const isListed = atMost(actionsPerParameter);
  return actions.map(({ parameters }) => parameters.filter(isListed).join(" "));
}

/** Names of response fields that are no parameters; if they are too many, of IDs, links and addresses first. */
function fieldColumn(actions: readonly ActionSummary[]): string[] {
  const parameters = new Set(actions.flatMap((action) => action.parameters));
  const names = [...new Set(actions.flatMap(({ fields }) => fields))].filter((name) => !parameters.has(name));
  let characters = 0;
  const chosen = new Set(
    [...names.filter(isSpecific), ...names.filter((name) => !isSpecific(name))].filter((name) => {
      characters += name.length + 1;
      return characters <= fieldCharacters;
    }),
  );
  const isListed = atMost(actionsPerField);
  return actions.map(({ fields }) => fields.filter((name) => chosen.has(name) && isListed(name)).join(" "));
}

function isSpecific(name: string): boolean {
  return /(?:Ids?|ID|Urls?|URL|IP|Ip|Addr|Address|Path|Endpoint|Token|Key|Password|Set)$/.test(name);
}

/** A filter that lets each name pass so many times. */
function atMost(limit: number): (name: string) => boolean {
  const counts = new Map<string, number>();
  return (name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count <= limit;
  };
}

/** RetCodes of the gateway, then of products. Those that several products document alike are listed once. */
function retCodeTopics(brand: Pick<Brand, "retCodes">, products: readonly ProductSummary[]): Topic[] {
  const topics = new Map<string, Topic>();
  for (const { title, retCodes } of [{ title: "", retCodes: brand.retCodes }, ...products]) {
    for (const { code, name, meaning } of retCodes) {
      const key = JSON.stringify([code, name, meaning]);
      topics.set(key, {
        kind: "retcode",
        name: `${code} ${name}`.trim(),
        chineseName: "",
        summary: oneLine(meaning),
        product: topics.has(key) ? "" : title,
        href: `errors.html#${code}`,
        words: "RetCode error code 错误码",
      });
    }
  }
  return [...topics.values()];
}

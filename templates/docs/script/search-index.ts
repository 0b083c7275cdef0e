import type { SearchTable, Topic } from "./search-data.js";
import { type Corpus, createCorpus } from "./search-text.js";

/** Something that can be found. */
export interface Entry extends Topic {
  readonly isDeprecated: boolean;
  /** The name in lower case. Most main actions end in `Instance`, which queries leave out. */
  readonly shortName: string;
}

/** A parameter or a response field. */
export interface FieldName {
  readonly kind: "parameter" | "field";
  readonly name: string;
}

/** A text that is compared with a query. */
interface Target {
  readonly text: string;
  readonly weights: Weights;
  /** Indexes of the entries that it finds. */
  readonly entries: number[];
  /** `undefined` if the text is one of the entry itself. */
  readonly field: FieldName | undefined;
}

/** Scores by the quality of a match: none, inside a word, start of a word, word, everything. */
type Weights = readonly [number, number, number, number, number];

export const weights = {
  name: [0, 6, 28, 40, 100],
  summary: [0, 4, 24, 30, 34],
  product: [0, 0, 12, 22, 25],
  /** Words of a topic that are not shown. */
  word: [0, 0, 20, 34, 34],
  parameter: [0, 1, 8, 12, 34],
  field: [0, 0, 4, 6, 28],
} as const satisfies Record<string, Weights>;

/** What the search scans. */
export interface SearchIndex {
  readonly entries: readonly Entry[];
  readonly targets: readonly Target[];
  /** The texts of the targets. */
  readonly corpus: Corpus;
}

/** Prepares a table for searching, once. */
export function indexTable({ products, topics, ...table }: SearchTable): SearchIndex {
  const entries: Entry[] = [];
  const targets: Target[] = [];
  const add = (text: string, weights: Weights, entries: number[], field?: FieldName): void => {
    targets.push({ text, weights, entries, field });
  };
  const addEntry = (topic: Topic): number => {
    const isDeprecated = table.deprecated.includes(entries.length);
    const shortName = topic.name.toLowerCase().replace(/instances?$/, "");
    const at = entries.push({ ...topic, isDeprecated, shortName }) - 1;
    add(topic.name, weights.name, [at]);
    add(topic.summary, weights.summary, [at]);
    return at;
  };
  for (const [folder, product, count] of products) {
    const own: number[] = [];
    while (own.length < count) {
      const [name = "", summary = ""] = [table.names[entries.length], table.summaries[entries.length]];
      const href = `${folder}/${/^index$/i.test(name) ? `${name}-action` : name}.html`;
      own.push(addEntry({ kind: "action", name, chineseName: "", summary, product, href, words: "" }));
    }
    add(folder, weights.product, own);
    add(product, weights.product, own);
  }
  for (const kind of ["parameter", "field"] as const)
    for (const [name, actions] of actionsByName(table[`${kind}s`]))
      add(name, weights[kind], actions, { kind, name });
  for (const topic of topics) {
    const own = [addEntry(topic)];
    add(topic.chineseName, weights.name, own);
    add(topic.words, weights.word, own);
  }
  return { entries, targets, corpus: createCorpus(targets.map(({ text }) => text)) };
}

/** The names in a column, and the indexes of the actions that have them. */
function actionsByName(column: readonly string[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [action, names] of column.entries()) {
    for (const name of names.split(" ")) {
      const actions = found.get(name);
      if (actions === undefined) found.set(name, [action]);
      else actions.push(action);
    }
  }
  return found;
}

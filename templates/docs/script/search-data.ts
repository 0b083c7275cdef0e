/**
 * The table that the search of the reference scans: columns with one string per action, in the order of the products,
 * since columns of similar strings compress best.
 */
export interface SearchTable {
  /** Name, title and number of actions of each product. */
  readonly products: readonly (readonly [name: string, title: string, actions: number])[];
  readonly names: readonly string[];
  readonly summaries: readonly string[];
  /** Names of parameters, separated by spaces. */
  readonly parameters: readonly string[];
  /** Names of response fields, separated by spaces. */
  readonly fields: readonly string[];
  /** Indexes of deprecated actions. */
  readonly deprecated: readonly number[];
  /** What can be found besides actions. */
  readonly topics: readonly Topic[];
  /** Words with the same meaning, separated by commas, in lower case. */
  readonly synonyms: readonly string[];
}

export interface Topic {
  /** A guide is a page or section about something that all actions share. */
  readonly kind: "action" | "guide" | "retcode";
  readonly name: string;
  /** Title of a guide in Chinese; `""` for others, whose names are the same in each language. */
  readonly chineseName: string;
  readonly summary: string;
  /** Title of its product; `""` if it concerns all of them. */
  readonly product: string;
  /** URL, relative to the root of the site. */
  readonly href: string;
  /** Other words that find it, separated by spaces. */
  readonly words: string;
}

declare global {
  /** Set by `search-data.js`. */
  var actiongenSearch: SearchTable | undefined;
}

import type { SearchTable } from "./search-data.js";
import { type Entry, type FieldName, indexTable, type SearchIndex, weights } from "./search-index.js";
import { readSynonyms, type Term, termsOf } from "./search-terms.js";
import { findInitials, findTypo, findWord, Match } from "./search-text.js";

export interface SearchResult {
  readonly entry: Entry;
  /** Parameter or response field that matches; `undefined` if the entry itself matches. */
  readonly field: FieldName | undefined;
  /** Words to highlight, in lower case. */
  readonly words: readonly string[];
}

/** A search over a table: a function that returns the results of a query, the best first; guides for an empty one. */
export function createSearch(table: SearchTable): (query: string) => SearchResult[] {
  const index = indexTable(table);
  const synonyms = readSynonyms(table.synonyms);
  // While a query is typed, only its last term changes.
  const known = new Map<string, Hits>();
  const knownHits = (term: Term): Hits => {
    const key = term.words.join();
    const hits = known.get(key) ?? hitsOf(term, index);
    if (known.size > 20) known.clear();
    known.set(key, hits);
    return hits;
  };
  return (query) => {
    const terms = termsOf(query, synonyms);
    if (terms.length === 0) return index.entries.filter(({ kind }) => kind === "guide").map(suggestion);
    return rank(index.entries, terms, terms.map(knownHits));
  };
}

function suggestion(entry: Entry): SearchResult {
  return { entry, field: undefined, words: [] };
}

/** How an entry matches a term. */
interface Hit {
  score: number;
  word: string;
  /** The part of its name that matches. */
  inName: string;
  field: FieldName | undefined;
}

/** By index of the entry. */
type Hits = Map<number, Hit>;

function hitsOf({ words: [typed = "", ...others] }: Term, { corpus, targets }: SearchIndex): Hits {
  const hits: Hits = new Map();
  const add = (factor: number) => (text: number, match: number, word: string) => {
    const target = targets[text];
    const score = (target?.weights[match] ?? 0) * factor;
    if (score === 0) return;
    const inName = target?.weights === weights.name ? word : "";
    for (const entry of target?.entries ?? [])
      addHit(hits, entry, { score, word, inName, field: target?.field });
  };
  findWord(corpus, typed, add(1));
  const addSynonym = add(0.75);
  for (const word of others)
    findWord(corpus, word, (text, match, found) => {
      // `get` must not find `target`, nor `add` an address.
      if (match >= (word.length < 4 || targets[text]?.field ? Match.Word : Match.Start))
        addSynonym(text, match, found);
    });
  if (hits.size === 0 && typed.length > 2) findInitials(corpus, typed, add(0.5));
  if (hits.size === 0 && typed.length > 3) findTypo(corpus, typed, add(0.6));
  return hits;
}

/** Adds up the scores of an entry: the best one, and some of the others. */
function addHit(hits: Hits, entry: number, { score, word, inName, field }: Hit): void {
  const hit = hits.get(entry);
  if (hit === undefined) {
    hits.set(entry, { score, word, inName, field });
    return;
  }
  if (inName.length > hit.inName.length) hit.inName = inName;
  if (score > hit.score) Object.assign(hit, { score: score + hit.score / 5, word, field });
  else hit.score += score / 5;
}

/** Entries that match most of the query, the best first. */
function rank(entries: readonly Entry[], terms: readonly Term[], hits: readonly Hits[]): SearchResult[] {
  const all = terms.reduce((sum, { weight }) => sum + weight, 0);
  const ranked: { readonly score: number; readonly entry: Entry; readonly found: readonly Hit[] }[] = [];
  entries.forEach((entry, at) => {
    let score = 0;
    let share = 0;
    const found: Hit[] = [];
    terms.forEach(({ weight }, number) => {
      const hit = hits[number]?.get(at);
      if (hit === undefined) return;
      found.push(hit);
      score += hit.score * weight;
      share += weight / all;
    });
    if (found.length === 0) return;
    const total = score * share ** 2 + 20 * coverage(entry, found);
    ranked.push({ score: entry.isDeprecated ? total / 2 : total, entry, found });
  });
  ranked.sort((a, b) => b.score - a.score);
  const least = (ranked[0]?.score ?? 0) * 0.2;
  return ranked
    .filter(({ score }) => score >= least)
    .map(({ entry, found }) => ({
      entry,
      field: found.find((hit) => hit.field !== undefined)?.field,
      words: found.flatMap(({ word, inName }) => [word, inName]).filter((word) => word !== ""),
    }));
}

/** Fraction of a name that matches. */
function coverage({ name, shortName }: Entry, hits: readonly Hit[]): number {
  const rest = hits.reduce((left, { inName }) => left.replace(inName, ""), shortName);
  return 1 - rest.length / name.length;
}

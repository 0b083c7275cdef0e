/** In this order: `EIPs`, `UK8S`, an acronym before a word, a word, an acronym at the end, anything else. */
const parser =
  /[A-Z]{2,}s(?![a-z])|[A-Z]+\d+[A-Z]?(?=[A-Z]|$)|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+\d*|[A-Z]+\d*|[^A-Za-z]+/g;

/**
 * The words of a name in camel case, together the whole name: `UMem`, `Backup` and `URL`; `UD` and the like belong to the
 * word that follows. Names differ in the case of acronyms, so compare words by {@link wordKey}.
 */
export function humpsOf(name: string): string[] {
  const parts = name.match(parser) ?? [];
  const humps: string[] = [];
  let prefix = "";
  for (const part of parts) {
    if (/^(?:[A-Z]|U[A-Z])$/.test(part)) {
      prefix += part;
    } else {
      humps.push(prefix + part);
      prefix = "";
    }
  }
  return prefix === "" ? humps : [...humps, prefix];
}

/** A word without case and plural: the same for `Policies` and `policy`. */
export function wordKey(word: string): string {
  return singular(word).toLowerCase();
}

/** The singular of an English word. Acronyms keep a final capital S. */
export function singular(word: string): string {
  if (/[a-z]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^suiS]s$/.test(word) ? word.slice(0, -1) : word;
}

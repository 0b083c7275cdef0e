/** The name that is most similar to an unknown one, as ` (did you mean Region?)`; `""` if none is similar. */
export function suggestion(unknown: string, names: readonly string[], maxDifferent = 9): string {
  const name = nearest(unknown, names, maxDifferent);
  return name && ` (did you mean ${name}?)`;
}

/**
 * The name that is most similar to an unknown one; `""` if none is similar.
 *
 * @param maxDifferent maximum number of letters between the common beginning and end of both names.
 */
export function nearest(unknown: string, names: readonly string[], maxDifferent: number): string {
  let found = "";
  let fewest = maxDifferent + 1;
  for (const name of names) {
    const [a, b] = [unknown.toLowerCase(), name.toLowerCase()];
    const shorter = Math.min(a.length, b.length);
    let start = 0;
    while (start < shorter && a[start] === b[start]) start += 1;
    let end = 0;
    while (start + end < shorter && a.at(-1 - end) === b.at(-1 - end)) end += 1;
    const different = Math.max(a.length, b.length) - start - end;
    if (different < fewest && start + end > different) [found, fewest] = [name, different];
  }
  return found;
}

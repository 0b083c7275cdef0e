/** Code blocks of a README in a language, in their order. */
export function codeBlocks(readme: string, language: string): string[] {
  const blocks = [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  return blocks.filter(([, name]) => name === language).map(([, , code = ""]) => code);
}

/**
 * Programs from the TypeScript examples of a product's README: each after the declarations of the first one, to which the README
 * refers.
 */
export function readmePrograms(readme: string): string[] {
  const [first = "", ...others] = codeBlocks(readme, "ts");
  const shared = first.slice(0, first.indexOf("const response ="));
  const preamble = shared.replaceAll("createClient", "create").replace("create,", "createClient as create,");
  return [first, ...others.map((code) => preamble + code)];
}

/** Unescaped characters outside of code that would start an expression or an element if a Markdown page were MDX. */
export function mdxSyntax(markdown: string): string[] {
  const prose = markdown
    .replace(/^ *(`{3,})[^\n]*\n[\s\S]*?\n *\1`*$/gm, "")
    // Something remains of each: `\_import` does not begin with `import`.
    .replace(/\\[^\n]|(?<!(?<!\\)`)(`+)(?!`).*?(?<!`)\1(?!`)|<br \/>/gs, ".");
  return [...(prose.match(/[{}<]/g) ?? []), ...(prose.match(/^(?:import|export)\b/gm) ?? [])];
}

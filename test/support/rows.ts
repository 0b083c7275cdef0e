/** Rows of the tables of a page, found independently of the transcriber: lines that begin with a bold name. */
export function rowsOf(text: string): { name: string; line: number }[] {
  let isFenced = false;
  return text.split("\n").flatMap((row, index) => {
    if (row.trimStart().startsWith("```")) isFenced = !isFenced;
    const [, name = ""] = /^\|\s*\*\*(.+?)\*\*\s*\|/.exec(row) ?? [];
    return name === "" || isFenced ? [] : [{ name, line: index + 1 }];
  });
}

type Json = Record<string, unknown>;

/** Names of all fields of a document, as pages write them: `Disks.N.Size`. */
export function fieldsOf(document: unknown): Set<string> {
  const found = new Set<string>(["PublicKey", "Signature"]);
  const visit = (schema: Json, name: string): void => {
    found.add(name);
    if (schema.items !== undefined) visit(schema.items as Json, `${name}.N`);
    for (const [key, property] of Object.entries((schema.properties as Json) ?? {})) {
      visit(property as Json, name === "" ? key : `${name}.${key}`);
    }
  };
  const { paths, components } = document as {
    paths: Record<string, { get: { parameters: Json[] } }>;
    components: { schemas: Json };
  };
  for (const { name, schema } of paths["/"]?.get.parameters ?? []) visit(schema as Json, String(name));
  for (const schema of Object.values(components.schemas)) visit(schema as Json, "");
  return found;
}

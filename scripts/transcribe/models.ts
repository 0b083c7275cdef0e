import { type CellType, readType } from "./field-types.js";
import type { Findings } from "./findings.js";
import type { Page } from "./page.js";
import type { PageRow } from "./rows.js";

/**
 * Reports data models that no field leads to. The page may describe a field without its type, or the model is none: a
 * section whose heading is misspelt looks like one.
 */
export function reportUnusedModels({ request, response, models }: Page, findings: Findings): void {
  const names = models.map(({ name }) => name);
  const used = new Set<string>();
  const visit = (rows: readonly PageRow[]): void => {
    for (const { type } of rows) {
      const name = modelIn(readType(type, names).type);
      if (name === undefined || used.has(name)) continue;
      used.add(name);
      visit(models.find((model) => model.name === name)?.rows ?? []);
    }
  };
  visit([...request, ...response]);
  for (const { name, line } of models.filter((model) => !used.has(model.name))) {
    const message = `no field leads to the data model ${JSON.stringify(name)}`;
    const help = "Give the field that holds it this type with an overlay, or mend the page.";
    findings.add("warning", "model-unused", line, message, help);
  }
}

function modelIn(type: CellType): string | undefined {
  if (type.kind === "array") return modelIn(type.items);
  return type.kind === "model" ? type.name : undefined;
}

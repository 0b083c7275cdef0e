import type { Action, Field } from "../../model/api-model.js";
import { modelNames, responseFields } from "../../model/fields.js";
import { humpsOf, wordKey } from "../humps.js";
import type { Resource } from "./grouping.js";

/** What an ID names, in lower case and in the singular: `uhost` for `UHostId` and `UHostIds`; `undefined` if it is no ID. */
export function idOf(field: string): string | undefined {
  const words = humpsOf(field);
  return wordKey(words.at(-1) ?? "") === "id" ? words.slice(0, -1).map(wordKey).join("") : undefined;
}

/** IDs in the response of an action, each with the path of its outermost field. */
export function returnedIds(action: Action): Map<string, string> {
  const found = new Map<string, string>();
  const models = new Map(action.models.map((model) => [model.name, model.fields]));
  const visited = new Set<string>();
  let level: { readonly path: string; readonly fields: readonly Field[] }[] = [
    { path: "", fields: responseFields(action) },
  ];
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { path, fields } of level) {
      for (const { name, type } of fields) {
        const id = idOf(name);
        if (id !== undefined && !found.has(id)) found.set(id, path + name);
        for (const model of modelNames(type)) {
          if (visited.has(model)) continue;
          visited.add(model);
          next.push({ path: `${path}${name}.`, fields: models.get(model) ?? [] });
        }
      }
    }
    level = next;
  }
  return found;
}

/** How much a resource is what an ID names: `UMem Space` is that of `SpaceId`, `UHost Instance` is that of `UHostId`. */
export function ownership({ keys }: Resource, id: string): number {
  const name = keys.join("");
  if (name === id) return 3;
  if (keys.some((_, index) => keys.slice(index).join("") === id)) return 2;
  return keys.some((_, index) => keys.slice(0, index).join("") === id) ? 1 : 0;
}

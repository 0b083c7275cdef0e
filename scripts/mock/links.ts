import { agrees } from "../model/agreement.js";
import type { Action, Type } from "../model/api-model.js";
import { responseFields } from "../model/fields.js";

type Body = Readonly<Record<string, unknown>>;

/**
 * A success body of an action whose links, the strings of the format `uri` and those of its download, lead to files of the mock.
 *
 * @param folder URL of the files, ends in `/`.
 * @param offset number of items before the page, which are not on it.
 */
export function withLinks(
  action: Action,
  body: Body,
  folder: string,
  offset: number,
): Record<string, unknown> {
  const { download, paging, models } = action;

  function linked(value: unknown, type: Type, path: string, isLink: boolean): unknown {
    if (type.kind === "array" && Array.isArray(value)) {
      const first = path === paging?.items ? offset + 1 : 1;
      return value.map((item, index) => linked(item, type.items, `${path}-${first + index}`, isLink));
    }
    if (type.kind === "object" && typeof value === "object" && value !== null) {
      const fields = models.find(({ name }) => name === type.model)?.fields ?? [];
      const own = fields.filter(({ name }) => Object.hasOwn(value, name));
      const parts = own.map(({ name, type }) => {
        const part = linked((value as Body)[name], type, `${path}-${name}`, false);
        return [name, part] as const;
      });
      return { ...value, ...Object.fromEntries(parts) };
    }
    if (typeof value !== "string" || !(isLink || (type.kind === "string" && type.format === "uri")))
      return value;
    const link = folder + encodeURIComponent(path);
    return agrees(link, type, models) ? link : value;
  }

  const fields = responseFields(action).map(({ name, type }) => {
    const isDownload = name === download?.links;
    const given = body[name] ?? (isDownload ? (type.kind === "array" ? ["", ""] : "") : undefined);
    return [name, given === undefined ? undefined : linked(given, type, name, isDownload)] as const;
  });
  return { ...body, ...Object.fromEntries(fields.filter(([, value]) => value !== undefined)) };
}

import { describe, expect, test } from "vitest";
import { generated } from "../support/generated.js";
import { once } from "../support/once.js";

const files = once(() => generated("spec"));

/** The lists of `api.md`, by module: names of values, and of types. */
async function listsOf(name: string): Promise<[module: string, values: string[], types: string[]][]> {
  const text = (await files()).get(`packages/${name}/api.md`) ?? "";
  const names = (list: string) =>
    [...list.matchAll(/^- `(?:class )?([\w$]+)/gm)].map(([, item = ""]) => item);
  const [, ...sections] = text.split("\n## ");
  return sections.map((section) => {
    const [values = "", types = ""] = section.split("Types:");
    return [/`(.*)`/.exec(section)?.[1] ?? "", names(values), names(types)];
  });
}

describe.each(["core", "umem"])("api.md of %s", (name) => {
  test("lists what the modules of the package export at run time", async () => {
    const lists = await listsOf(name);
    expect(lists.length).toBeGreaterThan(5);
    for (const [module, values] of lists)
      expect([module, values.sort()]).toEqual([module, Object.keys(await import(module)).sort()]);
  });

  test("lists types, and functions with their parameters and results", async () => {
    const [[, , types] = ["", [], []]] = await listsOf(name);
    expect(types).toContain("CallOptions");
    const text = (await files()).get(`packages/${name}/api.md`);
    expect(text).toMatch(/^- `connect\(options: ConnectionOptions.*\): Connection`$/m);
  });
});

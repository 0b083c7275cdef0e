import { describe, expect, test } from "vitest";
import { emitApiList } from "../../scripts/emit/api-list.js";
import { createTemplates } from "../../scripts/emit/templates.js";
import { readTree } from "../../scripts/files.js";
import { generated } from "../support/generated.js";
import { once } from "../support/once.js";
import { after, before, renames } from "../support/pots.js";
import { packageFiles, releasedProduct } from "../support/released-package.js";

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

test("api.md has the types of constants, the members of interfaces, and what is deprecated", async () => {
  const released = await releasedProduct([before, after], renames);
  const text = (await packageFiles(released)).get("api.md") ?? "";
  for (const line of [
    "- `validateDescribePot(body: object, options?: ValidationOptions): Violation[]`",
    "- `AbortError` from `@dezai/core`",
    "- `describePotOperation: Operation<DescribePotParams, DescribePotResponse>`",
    "- `listPots(connection: Connection, params: ListPotsParams = {}, options?: CallOptions): ActionCall<ListPotsResponse>` (deprecated)",
    "- `breakPot(_connection?: Connection, _params?: object, _options?: CallOptions): never` (deprecated)",
    "- `ListPotsParams = ListAllPotsParams` (deprecated)",
    "- `DescribePotParams`",
    "  - `Disks?: DescribePotDisks[]`",
    "  - `PotName?: string` (deprecated)",
    "- `Client extends Connection`",
    "  - `describePot(params: DescribePotParams, options?: CallOptions): ActionCall<DescribePotResponse>`",
  ])
    expect(text.split("\n")).toContain(line);
});

test("api.md has strings as they are, so that a change of one is seen", async () => {
  const content = `export type State =\n  | "a  b"\n  | "f( x )"\n  | "q, )"\n  | "\\"  ( ";\nexport const one: (\n  a: "( ",\n) => "1" = f;\n`;
  const templates = createTemplates(await readTree("templates"));
  const list = emitApiList(
    "pots",
    "@dezai/pots",
    [{ path: "pots/src/index.ts", content }],
    ["index"],
    templates,
  );
  expect(list.content).toContain('`State = "a  b" | "f( x )" | "q, )" | "\\"  ( "`');
  expect(list.content).toContain('`one: (a: "( ") => "1"`');
});

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

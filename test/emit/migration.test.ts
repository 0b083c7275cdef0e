import { describe, expect, test } from "vitest";
import type { ReleasedChange } from "../../scripts/model/release.js";
import { released, releaseOf } from "../support/history.js";
import { packageFiles, releasedProduct, type State } from "../support/released-package.js";

/** A product of a name with one release, of these changes. */
async function productWith(name: string, state: State, ...changes: readonly ReleasedChange[]) {
  const { product, brand } = await releasedProduct([state, state]);
  return { product: { ...product, name, history: [releaseOf("0.2.0", "2026-11-27", ...changes)] }, brand };
}

interface Entry {
  readonly old: string;
  readonly to: string;
  readonly new: string;
  readonly note: string;
}

/** The entries of `migration.json` by old name, and the rows of `MIGRATION.md`. */
function migrationIn(files: ReadonlyMap<string, string>) {
  const { exports, members } = JSON.parse(files.get("migration.json") ?? "{}");
  const find = (entries: Entry[]) => (name: string) => entries.filter(({ old }) => old === name);
  const rows = files
    .get("MIGRATION.md")
    ?.split("\n")
    .filter((line) => line.startsWith("| `"));
  return { exported: find(exports), member: find(members), rows };
}

test("an action that moved, and has another name in its new package, is not one that was removed", async () => {
  const moved = released("action-moved-product", { action: "BreakPot", after: "pans" });
  const arrived = released("action-moved-here", { action: "BreakPot", before: "pots" });
  const renamed = released("action-renamed", { action: "SmashPot", before: "BreakPot", after: "SmashPot" });
  const pots = await productWith("pots", { ListPots: {} }, moved);
  const pans = await productWith("pans", { SmashPot: {} }, arrived);
  const later = {
    ...pans.product,
    history: [releaseOf("0.3.0", "2026-11-28", renamed), ...pans.product.history],
  };
  const old = migrationIn(await packageFiles(pots, [later]));
  const note = "Moved to the package @dezai/pans in version 0.2.0.";
  expect(old.exported("breakPot")).toMatchObject([{ to: "", new: "", note }]);
  expect(old.member("breakPot")).toMatchObject([{ new: "", note }]);
  const current = migrationIn(await packageFiles({ ...pans, product: later }, [pots.product]));
  expect(current.exported("breakPot")[0]).toMatchObject({ to: "@dezai/pans", new: "smashPot" });
});

describe("a package", () => {
  test.each(["action-export-renamed", "action-known-values-renamed"])(
    "lists an export whose name alone has changed: %s",
    async (rule) => {
      const change = released(rule, { action: "ListPots", message: "listPots was renamed" });
      const { rows } = migrationIn(await packageFiles(await productWith("pots", { ListPots: {} }, change)));
      expect(rows).toEqual([expect.stringContaining("| listPots was renamed | does nothing")]);
    },
  );

  test("has no entry for a name that means something else today, or that two old names have", async () => {
    const released = await releasedProduct(
      [
        { DescribeStack: {}, DescribeStackOperation: {}, DescribeHeapOperation: {} },
        { DescribeHeap: {}, DescribePile: {} },
      ],
      { DescribeStack: "DescribeHeap", DescribeStackOperation: "DescribePile" },
    );
    const { exported, member } = migrationIn(await packageFiles(released));
    expect(exported("describeStackOperation")).toMatchObject([{ new: "describePile" }]);
    expect(exported("describeHeapOperation")).toEqual([]);
    expect(member("describeHeapOperation")).toEqual([]);
  });

  test("lists a field of the values that an object has besides its fields", async () => {
    const state = (size: string): State => {
      const values = { type: "object", properties: { [size]: { type: "integer", description: "In GB." } } };
      const sizes = { type: "object", properties: { A: { type: "string" } }, additionalProperties: values };
      return { DescribePot: { response: { Sizes: sizes } } };
    };
    const files = await packageFiles(await releasedProduct([state("Size"), state("Capacity")]));
    expect(migrationIn(files).member("Size")).toMatchObject([{ new: "Capacity" }]);
    expect(files.get("src/actions/DescribePot.ts")).toMatch(/inside: \{\s+A: "",\s+"\*": /);
  });
});

describe("what migrate does about a field", () => {
  const text = { type: "string" };
  const pot = (name: string) => ({
    type: "object",
    properties: { [name]: { ...text, description: "In GB." }, A: text },
  });
  const adviceFor = async (...schemas: readonly object[]) => {
    const states = schemas.map((schema): State => ({ DescribePot: { response: { Pot: schema } } }));
    const { rows = [] } = migrationIn(await packageFiles(await releasedProduct(states)));
    return rows.map((row) => row.split(" | ").slice(1).join(": "));
  };

  test("is renaming it, also if it was renamed twice", async () => {
    expect(await adviceFor(pot("Size"), pot("Space"), pot("Capacity"))).toEqual([
      "response field Pot.Space renamed to Pot.Capacity: renames it |",
      "response field Pot.Size renamed to Pot.Space: renames it |",
    ]);
  });

  test("is reporting it if it is gone", async () => {
    expect(await adviceFor(pot("Size"), pot("Space"), { type: "object", properties: { A: text } })).toEqual([
      "optional response field Pot.Space removed: reports it |",
      "response field Pot.Size renamed to Pot.Space: reports it |",
    ]);
  });

  test("is nothing inside a choice of types", async () => {
    const choice = (name: string) => ({ oneOf: [pot(name), text] });
    expect(await adviceFor(choice("Size"), choice("Capacity"))).toEqual([
      "response field Pot.Size renamed to Pot.Capacity: does nothing: the compiler reports it |",
    ]);
  });
});

test("each type by an old name says which one it is today", async () => {
  const { product, brand } = await releasedProduct([{ ListPots: {} }, { ListAllPots: {} }], {
    ListPots: "ListAllPots",
  });
  const alias = (await packageFiles({ product, brand })).get("src/actions/ListPots.ts") ?? "";
  const docs = [...alias.matchAll(/Renamed to `(\w+)`.*\n.*?(?:type|const|function) (\w+)/g)];
  expect(docs.map(([, current, name]) => `${name}: ${current}`)).toEqual([
    "ListPotsParams: ListAllPotsParams",
    "ListPotsResponse: ListAllPotsResponse",
    "listPotsOperation: listAllPotsOperation",
    "listPots: listAllPots",
    "validateListPots: validateListAllPots",
  ]);
});

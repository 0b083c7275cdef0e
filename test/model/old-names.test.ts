import { describe, expect, test } from "vitest";
import { isKept, oldNamesOf, removalVersionOf } from "../../scripts/model/old-names.js";
import type { ReleasedChange } from "../../scripts/model/release.js";
import { builtProduct } from "../support/built-product.js";

const { product } = builtProduct({ DescribePot: {}, ListPots: {} });

/** A change: `rule action path before after`. */
function change(line: string): ReleasedChange {
  const [rule = "", action = "", path = "", before = "", after = ""] = line
    .split(" ")
    .map((one) => (one === "-" ? "" : one));
  return { rule, action, path, before, after, bump: "major", review: false, message: line };
}

/** The old names after releases 0.1.0, 0.2.0 and so on with these changes. */
function namesAfter(releases: readonly (readonly string[])[]) {
  const history = releases.map((changes, index) => ({
    version: `0.${index + 1}.0`,
    date: "2026-11-27",
    core: "0.1.0",
    changes: changes.map(change),
  }));
  return oldNamesOf({ actions: product.actions, history: history.reverse() });
}

/** The old names, as strings. */
function oldNames(...releases: readonly (readonly string[])[]): string[] {
  const { actions, fields } = namesAfter(releases);
  const end = ({ kind, to, version }: (typeof actions)[number]) => `${kind} ${to || "-"} ${version}`;
  return [
    ...actions.map((one) => `${one.name} ${end(one)}`),
    ...fields.map((one) => `${one.action} ${one.direction} ${one.parent || "-"} ${one.name} ${end(one)}`),
  ];
}

const renamed = (before: string, after: string) => `param-renamed DescribePot ${before} ${before} ${after}`;
const moved = (before: string, after: string) => `param-moved DescribePot ${before} ${before} ${after}`;
const removed = (path: string) => `param-removed DescribePot ${path}`;

describe("an old name has what became of it", () => {
  test.each<[string, string[][], string[]]>([
    ["a renamed parameter", [[renamed("A", "B")]], ["DescribePot param - A renamed B 0.1.0"]],
    [
      "one that was renamed twice",
      [[renamed("A", "B")], [renamed("B", "C")]],
      ["DescribePot param - A renamed C 0.2.0", "DescribePot param - B renamed C 0.2.0"],
    ],
    [
      "one whose name another one got at once",
      [
        [renamed("A", "B"), renamed("B", "C")],
        [renamed("D", "C"), renamed("C", "D")],
      ],
      [
        "DescribePot param - A renamed B 0.1.0",
        "DescribePot param - B renamed D 0.2.0",
        "DescribePot param - D renamed C 0.2.0",
        "DescribePot param - C renamed D 0.2.0",
      ],
    ],
    [
      "two actions that exchanged their names, with their parameters",
      [
        ["param-renamed DescribePot A A B", "param-renamed ListPots A A C"],
        [
          "action-renamed ListPots - DescribePot ListPots",
          "action-renamed DescribePot - ListPots DescribePot",
        ],
      ],
      ["ListPots param - A renamed B 0.1.0", "DescribePot param - A renamed C 0.1.0"],
    ],
    [
      "one that was renamed, then removed",
      [[renamed("A", "B")], [removed("B")]],
      ["DescribePot param - A removed - 0.2.0", "DescribePot param - B removed - 0.2.0"],
    ],
    [
      "one that was renamed, then moved, then renamed",
      [[renamed("A", "B")], [moved("B", "F.B")], [renamed("F.B", "F.C")]],
      [
        "DescribePot param - A moved F.C 0.3.0",
        "DescribePot param - B moved F.C 0.3.0",
        "DescribePot param F B renamed C 0.3.0",
      ],
    ],
    [
      "a field of an object that was renamed later",
      [[renamed("Disks.N.Size", "Disks.N.Space")], [renamed("Disks", "Volumes")]],
      [
        "DescribePot param Volumes.N Size renamed Space 0.1.0",
        "DescribePot param - Disks renamed Volumes 0.2.0",
      ],
    ],
    [
      "a field of an object that was removed later",
      [[renamed("Disks.N.Size", "Disks.N.Space")], [removed("Disks")]],
      ["DescribePot param - Disks removed - 0.2.0"],
    ],
    [
      "a field of an object that was renamed together with it",
      [
        [renamed("Disks.N.Sz", "Disks.N.Size")],
        [renamed("Volumes.N.Size", "Volumes.N.Space"), renamed("Disks", "Volumes")],
      ],
      [
        "DescribePot param Volumes.N Sz renamed Space 0.2.0",
        "DescribePot param Volumes.N Size renamed Space 0.2.0",
        "DescribePot param - Disks renamed Volumes 0.2.0",
      ],
    ],
    [
      "a field that was removed when its object was renamed",
      [[renamed("Disks.N.Sz", "Disks.N.Size")], [renamed("Disks", "Volumes"), removed("Volumes.N.Size")]],
      [
        "DescribePot param Volumes.N Sz removed - 0.2.0",
        "DescribePot param - Disks renamed Volumes 0.2.0",
        "DescribePot param Volumes.N Size removed - 0.2.0",
      ],
    ],
    [
      "a field of an object whose name another object got at once",
      [
        [renamed("Disks.N.Sz", "Disks.N.Size"), renamed("Volumes.N.A", "Volumes.N.B")],
        [
          renamed("Volumes.N.Size", "Volumes.N.Space"),
          renamed("Disks", "Volumes"),
          renamed("Volumes", "Old"),
        ],
      ],
      [
        "DescribePot param Volumes.N Sz renamed Space 0.2.0",
        "DescribePot param Old.N A renamed B 0.1.0",
        "DescribePot param Volumes.N Size renamed Space 0.2.0",
        "DescribePot param - Disks renamed Volumes 0.2.0",
        "DescribePot param - Volumes renamed Old 0.2.0",
      ],
    ],
    [
      "a parameter and a response field of the same name",
      [[renamed("A", "B"), "resp-removed-required DescribePot A"]],
      ["DescribePot param - A renamed B 0.1.0", "DescribePot resp - A removed - 0.1.0"],
    ],
    [
      "an action that was renamed twice, with its parameter",
      [
        ["action-renamed LookAtPot - SeePot LookAtPot", "param-renamed LookAtPot A A B"],
        ["action-renamed DescribePot - LookAtPot DescribePot"],
      ],
      [
        "SeePot renamed DescribePot 0.2.0",
        "LookAtPot renamed DescribePot 0.2.0",
        "DescribePot param - A renamed B 0.1.0",
      ],
    ],
    [
      "an action that was renamed, then removed",
      [["action-renamed LookAtPot - SeePot LookAtPot"], ["action-removed LookAtPot"]],
      ["SeePot removed - 0.2.0", "LookAtPot removed - 0.2.0"],
    ],
    ["an action that moved", [["action-moved-product BreakPot - - pans"]], ["BreakPot moved pans 0.1.0"]],
    ["an action that is there again", [["action-removed ListPots"]], []],
    [
      "a parameter of an action that moved, and came back later",
      [["action-moved-product ListPots - - pans", "param-renamed ListPots A A B"], ["action-added ListPots"]],
      [],
    ],
    ["a name that is none", [["action-removed Break;Pot"]], []],
    ["changes of an action that is gone", [["param-removed BreakPot A"]], []],
    ["changes that leave every name", [["param-docs DescribePot A", "retcode-removed - RetCode 5"]], []],
  ])("%s", (_, releases, expected) => {
    expect(oldNames(...releases)).toEqual(expected);
  });
});

test("a response field that was required is that by its older names, too", () => {
  const releases = [
    ["resp-renamed DescribePot A A B", "resp-renamed DescribePot D D E"],
    ["resp-removed-required DescribePot B", "resp-removed-optional DescribePot E"],
  ];
  expect(namesAfter(releases).fields.map((one) => [one.name, one.required])).toEqual([
    ["A", true],
    ["D", false],
    ["B", true],
    ["E", false],
  ]);
});

test.each([
  ["0.2.0", "0.2.0", true],
  ["0.2.0", "0.3.9", true],
  ["0.2.0", "0.4.0-next.1", false],
  ["0.2.0", "1.0.0", false],
  ["1.9.1", "1.10.0", true],
  ["1.9.1", "1.11.0", false],
])("what version %s changed has an alias in version %s: %s", (version, current, kept) => {
  expect(isKept({ kind: "removed", to: "", version }, current)).toBe(kept);
});

test("the first version without an alias is two minor versions later", () => {
  expect(removalVersionOf("1.9.1")).toBe("1.11.0");
});

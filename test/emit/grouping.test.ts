import { expect, test } from "vitest";
import { groupActions, resourceOf } from "../../scripts/emit/docs/grouping.js";

/** Groups as text, one line each: `UPot instance (upot-instance): DescribeUPotInstance`. */
function groups(names: readonly string[], deprecated: readonly string[] = []): string[] {
  const actions = names.map((name) => ({ name, deprecated: deprecated.includes(name) }));
  return groupActions(actions).map(
    ({ title, id, actions: own }) => `${title} (${id}): ${own.map(({ name }) => name).join(" ")}`,
  );
}

test.each([
  ["DescribeUPotBackupURL", "UPot Backup", false],
  ["DescribeUPotBackups", "UPot Backup", true],
  ["GetUPotUpgradePrice", "UPot", false],
  ["AssociateEIPWithShelf", "EIP", false],
  ["UpgradeToNewPot", "New Pot", false],
  ["DescribeState", "State", true],
  ["Encrypt", "", true],
])("%s is about %s", (action, words, isWhole) => {
  expect(resourceOf(action)).toMatchObject({ words: words === "" ? [] : words.split(" "), isWhole });
});

test("a group has the actions of one resource: read, create, change, delete", () => {
  expect(
    groups([
      "CheckUPotInstanceLid",
      "CreateUPotInstance",
      "CreateUPotKeyPair",
      "DeleteUPotInstance",
      "DeleteUPotKeyPairs",
      "DescribeUPotInstance",
      "DescribeUPotKeyPairs",
      "GetUPotInstancePrice",
      "ModifyUPotInstanceName",
    ]),
  ).toEqual([
    "UPot instance (upot-instance): DescribeUPotInstance CheckUPotInstanceLid GetUPotInstancePrice CreateUPotInstance ModifyUPotInstanceName DeleteUPotInstance",
    "UPot key pair (upot-key-pair): DescribeUPotKeyPairs CreateUPotKeyPair DeleteUPotKeyPairs",
  ]);
});

test("deprecated actions are the last of their group", () => {
  expect(groups(["CreatePot", "DeletePot", "DescribePot"], ["DescribePot"])).toEqual([
    "Pot (pot): CreatePot DeletePot DescribePot",
  ]);
});

test("a single action joins the group whose name starts most like its own, or ends like it", () => {
  expect(
    groups([
      "CopyClayImage",
      "CreateClayImage",
      "CreateUPotGroup",
      "DeleteUPotGroup",
      "DescribeImage",
      "DescribeUPotVersion",
      "WeighGold",
    ]),
  ).toEqual([
    "Clay image (clay-image): DescribeImage CopyClayImage CreateClayImage",
    "UPot group (upot-group): DescribeUPotVersion CreateUPotGroup DeleteUPotGroup",
    "Other (other): WeighGold",
  ]);
});

test("settings of a resource are not a resource", () => {
  expect(groups(["AllocateEIP", "DescribeEIP", "GetEIPPayMode", "ReleaseEIP", "SetEIPPayMode"])).toEqual([
    "EIP (eip): DescribeEIP GetEIPPayMode AllocateEIP SetEIPPayMode ReleaseEIP",
  ]);
});

test("single actions whose names start alike are a group", () => {
  expect(groups(["DescribeUPotCurve", "DescribeUPotLog", "GetBalance"])).toEqual([
    "UPot (upot): DescribeUPotCurve DescribeUPotLog",
    "Other (other): GetBalance",
  ]);
});

test("a resource called like the last group has an anchor of its own", () => {
  expect(groups(["CreateOther", "DeleteOther", "GetBalance"])).toEqual([
    "Other (other): CreateOther DeleteOther",
    "Other (other2): GetBalance",
  ]);
});

test("every action is in one group", () => {
  const names = ["Encrypt", "Get", "CreatePot", "By", "UnBindPot", "GetPotByLid", "A_b", "ListPots"];
  expect(
    groupActions(names.map((name) => ({ name, deprecated: false })))
      .flatMap(({ actions }) => actions.map(({ name }) => name))
      .sort(),
  ).toEqual([...names].sort());
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { kindOf } from "../../scripts/emit/docs/verbs.js";
import { humpsOf, singular, wordKey } from "../../scripts/emit/humps.js";
import { isReadOnly } from "../../templates/runtime/operation.js";

test.each([
  ["UPotBackupURL", ["UPot", "Backup", "URL"]],
  ["UDPotList", ["UDPot", "List"]],
  ["EIPPrice", ["EIP", "Price"]],
  ["EIPs", ["EIPs"]],
  ["IPv6Rule", ["IPv6", "Rule"]],
  ["UK8SCluster", ["UK8S", "Cluster"]],
  ["Pot_lid2", ["Pot", "_", "lid2"]],
  ["", []],
])("%j consists of the words %j", (name, words) => {
  expect(humpsOf(name)).toEqual(words);
});

test("the words of a name are the whole name", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."ABUabs12_.é") }), (name) => {
      expect(humpsOf(name).join("")).toBe(name);
    }),
  );
});

test.each([
  ["Pots", "Pot"],
  ["Policies", "Policy"],
  ["Addresses", "Address"],
  ["Boxes", "Box"],
  ["EIPs", "EIP"],
  ["Status", "Status"],
  ["Access", "Access"],
  ["DNS", "DNS"],
])("the singular of %s is %s", (word, want) => {
  expect(singular(word)).toBe(want);
  expect(wordKey(word)).toBe(want.toLowerCase());
});

test.each([
  ["DescribePot", "read"],
  ["CheckPotState", "read"],
  ["QueryPotUsage", "read"],
  ["CreatePot", "create"],
  ["AllocateEIP", "create"],
  ["CreateAttachPot", "create"],
  ["BatchCreatePot", "create"],
  ["ModifyPotName", "change"],
  ["UnBindEIP", "change"],
  ["ISolationPot", "change"],
  ["StirPot", "change"],
  ["Encrypt", "change"],
  ["CreateDeletionTask", "create"],
  ["TerminatePot", "delete"],
  ["DetachDeletePot", "delete"],
])("by its name, %s is there to %s", (name, kind) => {
  expect(kindOf(name)).toBe(kind);
});

test("an action that only reads is there to read", () => {
  const verb = fc.constantFrom("Describe", "Get", "List", "Check", "Getaway", "Delete");
  fc.assert(
    fc.property(verb, fc.constantFrom("", "Pot", "DeletePot", "URL", "pot"), (start, end) => {
      if (isReadOnly(start + end)) expect(kindOf(start + end)).toBe("read");
    }),
  );
});

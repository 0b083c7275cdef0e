import { describe, expect, test } from "vitest";
import { type ChangeMarks, createMarks } from "../../scripts/emit/change-marks.js";
import type { Field } from "../../scripts/model/api-model.js";
import { responseFields } from "../../scripts/model/fields.js";
import type { Release } from "../../scripts/model/release.js";
import { builtProduct } from "../support/built-product.js";
import { released, releaseOf } from "../support/history.js";

const text = { type: "string" };
const disk = { type: "object", properties: { Size: text, Parts: { type: "array", items: text } } };
const { product, action } = builtProduct({
  DescribePot: {
    parameters: [{ name: "Lid", in: "query", schema: text }],
    response: {
      Lid: text,
      N: { type: "array", items: disk },
      Map: { type: "object", additionalProperties: { type: "array", items: disk } },
    },
  },
});
const pot = action("DescribePot");

const fieldsOf = (name: string) => {
  const outer = responseFields(pot).find((field) => field.name === name);
  const types = [outer?.type].map(function inner(type): string {
    if (type?.kind === "array") return inner(type.items);
    return type?.kind === "map" ? inner(type.values) : type?.kind === "object" ? type.model : "";
  });
  return pot.models.find((model) => model.name === types[0])?.fields ?? [];
};
const named = (fields: readonly Field[], name: string) =>
  fields.find((field) => field.name === name) as Field;
const lid = named(pot.parameters, "Lid");
const responseLid = named(responseFields(pot), "Lid");

const marksOf = (...history: Release[]) => createMarks({ ...product, history })(pot);
const of = (rule: string, path = "", message = rule) =>
  released(rule, { action: "DescribePot", path, message });
const shown = ({ since, changed }: ChangeMarks) => [since, changed?.version, changed?.messages];

test("there are none without releases, and none of other actions", () => {
  expect(shown(marksOf())).toEqual(["", undefined, undefined]);
  const other = releaseOf("0.2.0", "2026-11-27", released("action-added", { action: "DescribePots" }));
  expect(shown(marksOf(other))).toEqual(["", undefined, undefined]);
});

describe("an action", () => {
  test.each(["action-added", "action-moved-here"])("is marked with the version of %s", (rule) => {
    expect(shown(marksOf(releaseOf("0.2.0", "2026-11-27", of(rule))))).toEqual([
      "0.2.0",
      undefined,
      undefined,
    ]);
  });

  test("is marked with the last version that changed it, and with everything that changed", () => {
    const marks = marksOf(
      releaseOf("0.4.0", "2026-11-29", of("action-docs"), of("param-order"), of("resp-deprecated", "Lid")),
      releaseOf(
        "0.3.0",
        "2026-11-28",
        of("retry-safe-on"),
        of("param-removed", "Gone"),
        of("param-added-optional", "Lid"),
      ),
      releaseOf("0.2.0", "2026-11-27", of("paging-added")),
    );
    expect(shown(marks)).toEqual(["", "0.3.0", ["retry-safe-on", "param-removed", "param-added-optional"]]);
  });

  test("that was removed and added again is as old as the second addition", () => {
    const marks = marksOf(
      releaseOf("0.5.0", "2026-11-29", of("retry-safe-off")),
      releaseOf("0.4.0", "2026-11-29", of("action-added")),
      releaseOf("0.3.0", "2026-11-28", of("action-removed")),
      releaseOf("0.2.0", "2026-11-27", of("retry-safe-on"), of("param-added-optional", "Lid")),
    );
    expect(shown(marks)).toEqual(["0.4.0", "0.5.0", ["retry-safe-off"]]);
    expect(shown(marks.of(lid))).toEqual(["", undefined, undefined]);
  });

  test("that was renamed is as old as it was by its old name", () => {
    const renamed = { ...of("action-renamed"), before: "SeePot", after: "DescribePot" };
    const byOldName = (rule: string, path = "") => ({ ...of(rule, path), action: "SeePot" });
    const marks = marksOf(
      releaseOf("0.4.0", "2026-11-29", renamed),
      releaseOf("0.3.0", "2026-11-28", byOldName("param-added-optional", "Lid"), of("action-removed")),
      releaseOf("0.2.0", "2026-11-27", byOldName("action-added"), of("retry-safe-on")),
      releaseOf("0.1.0", "2026-11-26", of("action-added")),
    );
    expect(shown(marks)).toEqual(["0.2.0", "0.4.0", ["action-renamed"]]);
    expect(shown(marks.of(lid))).toEqual(["0.3.0", undefined, undefined]);
  });
});

describe("a field", () => {
  test("is found by its side, in objects, items and maps", () => {
    const marks = marksOf(
      releaseOf(
        "0.3.0",
        "2026-11-28",
        of("resp-type-changed", "N.N.Size"),
        of("resp-type-changed", "N.N.Parts.N", "items"),
        of("resp-added-optional", "Map.*.N.Size"),
        of("resp-type-changed", "N.Size.None"),
      ),
      releaseOf("0.2.0", "2026-11-27", of("param-added-optional", "Lid"), of("resp-enum-value-added", "Lid")),
    );
    expect(shown(marks.of(named(fieldsOf("N"), "Size")))).toEqual(["", "0.3.0", ["resp-type-changed"]]);
    expect(shown(marks.of(named(fieldsOf("N"), "Parts")))).toEqual(["", "0.3.0", ["items"]]);
    expect(shown(marks.of(named(fieldsOf("Map"), "Size")))).toEqual(["0.3.0", undefined, undefined]);
    expect(shown(marks.of(lid))).toEqual(["0.2.0", undefined, undefined]);
    expect(shown(marks.of(responseLid))).toEqual(["", "0.2.0", ["resp-enum-value-added"]]);
  });

  test("that was renamed is marked under its new name", () => {
    const renamed = { ...of("param-renamed", "Cover"), before: "Cover", after: "Lid" };
    const marks = marksOf(releaseOf("0.2.0", "2026-11-27", renamed));
    expect(shown(marks.of(lid))).toEqual(["", "0.2.0", ["param-renamed"]]);
  });

  test.each<[what: string, before: string, after: string, path: string]>([
    ["was renamed", "N.N.Length", "N.N.Size", "N.N.Length"],
    ["moved", "Size", "N.N.Size", "Size"],
    ["is in an object that was renamed", "Disks", "N", "Disks.N.Size"],
  ])("that %s is as old as it was by its old name", (_, before, after, path) => {
    const renamed = { ...of("resp-renamed", before), before, after };
    const marks = marksOf(
      releaseOf("0.4.0", "2026-11-29", of("resp-type-changed", "N.N.Size")),
      releaseOf("0.3.0", "2026-11-28", renamed),
      // Another field, which had the name before.
      releaseOf(
        "0.2.0",
        "2026-11-27",
        of("resp-added-optional", path),
        of("resp-removed-optional", "N.N.Size"),
      ),
    );
    expect(shown(marks.of(named(fieldsOf("N"), "Size")))).toEqual(["0.2.0", "0.4.0", ["resp-type-changed"]]);
  });

  test("that was renamed together with its object is marked for what it was before", () => {
    const renamed = (before: string, after: string) => ({ ...of("resp-renamed", before), before, after });
    const marks = marksOf(
      releaseOf("0.3.0", "2026-11-28", renamed("N.N.Length", "N.N.Size"), renamed("Disks", "N")),
      releaseOf("0.2.0", "2026-11-27", of("resp-added-optional", "Disks.N.Length")),
    );
    expect(shown(marks.of(named(fieldsOf("N"), "Size")))).toEqual(["0.2.0", "0.3.0", ["resp-renamed"]]);
  });

  test("is not marked for another one, whose name it got", () => {
    const marks = marksOf(
      releaseOf(
        "0.3.0",
        "2026-11-28",
        {
          ...of("param-renamed", "Cover"),
          before: "Cover",
          after: "Lid",
        },
        of("param-removed", "Lid"),
      ),
      releaseOf("0.2.0", "2026-11-27", of("param-added-optional", "Lid")),
    );
    expect(shown(marks.of(lid))).toEqual(["", "0.3.0", ["param-renamed"]]);
  });

  test("is not marked for its description", () => {
    const marks = marksOf(
      releaseOf("0.2.0", "2026-11-27", of("param-docs", "Lid"), of("param-deprecated", "Lid")),
    );
    expect(shown(marks.of(lid))).toEqual(["", undefined, undefined]);
  });
});

import { describe, expect, test } from "vitest";
import { readFacts } from "../../scripts/transcribe/prose/facts.js";
import type { ScalarKind } from "../../scripts/transcribe/prose/text.js";

type Value = string | number | boolean;

describe("reads an enumeration in the form of", () => {
  test.each<[form: string, text: string, values: readonly Value[], kind?: ScalarKind]>([
    ["arrows", "枚举值：Normal=>正常，Fail=>失败", ["Normal", "Fail"]],
    ["equals signs", "枚举值：0=灭，1=亮", [0, 1], "integer"],
    ["dashes before explanations", "限定枚举值：Exact-精确，Fuzzy-模糊；默认值：Exact", ["Exact", "Fuzzy"]],
    ["types of enumerations", "枚举类型：On：亮；Off：灭", ["On", "Off"]],
    ["a single value that limits", "限定枚举值：Table -> 台灯；默认值：“Table”", ["Table"]],
    ["a single value", "限定取值：Table", ["Table"]],
    ["pairs in brackets", '枚举值[ "Dim": 一半亮， "Full": 全亮]', ["Dim", "Full"]],
    ["a list in which a quote is missing", '枚举值["E14", "E27",GU10","G9"]。', ["E14", "E27", "GU10", "G9"]],
    ["quoted values without separators", '取值"Warm" "Cold"，默认值"Warm"', ["Warm", "Cold"]],
    ["a mark at the default", "取值“On”（默认值）， “Off”", ["On", "Off"]],
    ["quoted values with spaces", '枚举值为："very dim", 很暗；"full", 默认亮度；', ["very dim", "full"]],
    [
      "lines with spaces and duplicates",
      "枚举值：<br />> desk:台灯<br />> Floor Lamp:落地灯<br />> desk:书灯",
      ["desk", "Floor Lamp"],
    ],
    ["explanations that mention a default", "枚举值：A，默认灯；B，旧灯；默认为A", ["A", "B"]],
  ])("%s: %s", (_, text, values, kind = "string") => {
    const facts = readFacts(text, kind);
    expect(facts.values).toEqual(values);
    expect(facts.unclear).toEqual([]);
  });

  test.each<[text: string, kind?: ScalarKind]>([
    ["可选值：Table -> 台灯"],
    ["限定枚举值：台灯"],
    ["枚举值：台灯：Table；吊灯：Ceiling"],
    ["枚举值：<br />> 亮: On<br />> 灭: Off"],
    ["枚举值：<br />> On: 亮<br />> Spot灯在亮"],
    ["枚举值：“A”，甲；默认为“A”；“B”，乙"],
    ['枚举值["A", 甲"]'],
  ])("nothing that is unclear: %s", (text, kind = "string") => {
    const facts = readFacts(text, kind);
    expect(facts.values).toEqual([]);
    expect(facts.unclear).toContain("enumeration");
  });
});

describe("reads a default in the form of", () => {
  test.each<[form: string, text: string, value: Value, kind: ScalarKind]>([
    ["默认值为", "默认值为1", 1, "integer"],
    ["a full stop before the next sentence", "默认为Warm.可以修改", "Warm", "string"],
    ["a misplaced colon", "灯的数量。默认:值 1。", 1, "integer"],
    ["a counter", "默认20条，最多100条", 20, "integer"],
    ["the unit of the field", "亮度，单位lm，默认400lm", 400, "integer"],
    ["the unit of the field, then a remark", "单位:GB,默认1GB 目前只有1/2/4", 1, "integer"],
    ["an explained truth value", "是否亮。默认 false 未开启，true 开启", false, "boolean"],
    ["a mark", "取值“On”（默认值）， “Off”", "On", "string"],
    ["a mark after an explanation", "取值 >“On” 自动点亮（默认值）> “Off” 不亮。", "On", "string"],
    ["a mark at the value that is announced", "可选 On（默认值）、Off。默认值：On", "On", "string"],
    [
      "the explanation of a value",
      "枚举值为: Year, 按年付; Month, 按月付，默认为按月付。",
      "Month",
      "string",
    ],
    ["a value before another sentence", '默认为 "Warm".“Cold”也可以', "Warm", "string"],
  ])("%s: %s", (_, text, value, kind) => {
    const facts = readFacts(text, kind);
    expect(facts.default).toBe(value);
    expect(facts.unclear).not.toContain("default");
  });

  test.each<[text: string, kind: ScalarKind]>([
    ["默认1小时，即3600", "integer"],
    ["默认1个月", "integer"],
    ["单位GB，默认1TB", "integer"],
    ["默认1GB", "integer"],
    ["取值 On（默认值）、Off。默认值：Off", "string"],
    ["A（默认值），B（默认值）", "string"],
    ["当灯亮时，取值 On（默认值）", "string"],
    ["枚举值为: Year, 按年付; Month, 按月付，默认为付款。", "string"],
    ["枚举值为: A, 按月付; B, 按月付，默认为按月付。", "string"],
    ["默认为空；新灯默认为a", "string"],
    ["默认 true 的含义由灯决定", "boolean"],
  ])("nothing that is unclear: %s", (text, kind) => {
    const facts = readFacts(text, kind);
    expect(facts.default).toBeUndefined();
    expect(facts.unclear).toContain("default");
  });

  test.each([
    "灯的备注，默认为空",
    '备注，缺省值为 ""',
    "名称，默认为空，为空则不做修改。",
    "种类：Desk（默认）、Floor（非默认）",
  ])("no default, without a doubt: %s", (text) => {
    const facts = readFacts(text, "string");
    expect(facts.default).toBeUndefined();
    expect(facts.unclear).toEqual([]);
  });
});

test.each<[text: string, range: readonly number[] | undefined, isUnclear: boolean]>([
  ["亮度，范围为 100-200（旧灯无效）。", [100, 200], false],
  ["范围：1~5", [1, 5], false],
  ["范围为 1-5，旧灯为 1-3", undefined, true],
  ["范围为 1-5。旧灯的范围见说明", undefined, true],
  ["范围为 1-5倍", undefined, true],
  ["数量（可选范围与型号相关）", undefined, false],
  ["数量，可选范围参照控制台", undefined, false],
  ["查询时间范围最大365天", undefined, false],
  ["取值范围需大于当前亮度", undefined, true],
])("reads the range in %s as %j", (text, range, isUnclear) => {
  const facts = readFacts(text, "integer");
  expect(facts.range).toEqual(range);
  expect(facts.unclear.includes("range")).toBe(isUnclear);
});

test.each<[text: string, isDeprecated: boolean]>([
  ["灯的ID。【即将废弃，建议使用 LampId】", true],
  ["灯的ID。【二者选填一个，本字段即将废弃，建议使用 LampId】", true],
  ["[即将下线,请使用 LampId]", true],
  ["【待废弃】灯的种类", true],
  ["灯的ID（即将废弃）", true],
  ["时间戳格式，已弃用，请使用 Cycle", true],
  ["枚举值：A、B，已弃用，请使用 A", false],
  ["用于下线的灯", false],
  ["旧灯即将废弃", false],
])("%s marks its field as deprecated: %s", (text, isDeprecated) => {
  expect(readFacts(text, "string").deprecated).toBe(isDeprecated);
});

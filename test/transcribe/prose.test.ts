import { describe, expect, test } from "vitest";
import { readFacts } from "../../scripts/transcribe/prose/facts.js";
import type { ScalarKind } from "../../scripts/transcribe/prose/text.js";

describe("reads an enumeration", () => {
  test.each<[text: string, values: readonly (string | number)[], kind?: ScalarKind]>([
    ['How it is paid for. Enumeration values: "Year", each year; "Month", each month.', ["Year", "Month"]],
    ["Possible values: red, green, blue.", ["red", "green", "blue"]],
    ['Valid values: ["N", "C", "Intel/Auto"].', ["N", "C", "Intel/Auto"]],
    ["Enumeration values:<br /><br />> On, it shines<br /><br />> Off, it does not", ["On", "Off"]],
    ["Enumeration values: <br />- a: first<br />- b: second<br />Anything else fails.", ["a", "b"]],
    ["Allowed values: slow -> by hand; fast -> by cart.", ["slow", "fast"]],
    ["Enumeration values: 1, one; 2, two.", [1, 2], "integer"],
    ['Optional values: "a"; "b". Default: "a".', ["a", "b"]],
    ["付费方式。枚举值：Year，按年；Month，按月。", ["Year", "Month"]],
    ["枚举值为：“Base”：标准；“Ultimate”：全部。", ["Base", "Ultimate"]],
    ["可选值：tcp、udp、icmp。", ["tcp", "udp", "icmp"]],
    ["取值为：<br />> Up，向上<br />> Down，向下", ["Up", "Down"]],
    ["限定枚举值：0 -> 关；1 -> 开。", [0, 1], "integer"],
    ['机型，枚举值["N", "C", "G"]。', ["N", "C", "G"]],
    ["有效值: a 或 b。", ["a", "b"]],
  ])("%s", (text, values, kind = "string") => {
    const facts = readFacts(text, kind);
    expect(facts.values).toEqual(values);
    expect(facts.unclear).toEqual([]);
  });
});

describe("reports an unclear enumeration", () => {
  test.each<[text: string, kind?: ScalarKind]>([
    ["Enumeration values: steady or, if it is dark, pulse and others"],
    ["Enumeration values: see the list of the region."],
    ['Enumeration values: "only", the one there is.'],
    ["Enumeration values: a, first; a, once more."],
    ["Enumeration values: one, two.", "integer"],
    ["For new lamps, possible values: a, b. For old lamps, possible values: a, c."],
    ["Valid values: [1, 16].", "integer"],
    ["枚举值：参见机型说明。"],
    ["枚举值：国际: International BGP: Bgp 各地不同"],
    ["可选值：由地域决定"],
    ["当机型为 O 时，枚举值：a、b；当机型为 N 时，枚举值：c、d。"],
    ["枚举值: 大、中、小"],
    ['枚举值: "a", 甲; "b", 乙. "c":丙'],
    ["枚举值：a、b；c、d。"],
    ["可选值：a、b 甲；c 乙"],
    ["枚举值为：a, 甲；b，乙，（待开启） c, 丙。"],
    ["Possible values: red, green, etc."],
  ])("%s", (text, kind = "string") => {
    const facts = readFacts(text, kind);
    expect(facts.values).toEqual([]);
    expect(facts.unclear).toContain("enumeration");
  });
});

describe("reads a default", () => {
  test.each<[text: string, value: string | number | boolean, kind: ScalarKind]>([
    ["How many. Default: 20.", 20, "integer"],
    ["How many. Default is 20", 20, "integer"],
    ["How many, defaults to 20", 20, "integer"],
    ["Which one. Default value: `Web`.", "Web", "string"],
    ['Which one. Default: "cn-zj-01".', "cn-zj-01", "string"],
    ["Whether it hums. Default: True.", true, "boolean"],
    ["How far. Default: 2.5.", 2.5, "number"],
    ["Lowest level. Default: -1.", -1, "integer"],
    ["返回的条数，默认为20", 20, "integer"],
    ["返回的条数。默认值：20。", 20, "integer"],
    ["是否开启，默认 false", false, "boolean"],
    ["业务组，缺省值为 Default。", "Default", "string"],
    ["计费方式，默认值是“Month”。", "Month", "string"],
    ["默认：UHost。请遵照规范。", "UHost", "string"],
    ["灯的类型默认a，可选 a b", "a", "string"],
    ["默认为false,true时亮", false, "boolean"],
  ])("%s", (text, value, kind) => {
    const facts = readFacts(text, kind);
    expect(facts.default).toBe(value);
    expect(facts.unclear).toEqual([]);
  });
});

describe("reports an unclear default", () => {
  test.each<[text: string, kind: ScalarKind]>([
    ["Default: 10 where the lamp is new.", "integer"],
    ["If the lamp is old, the default: 5.", "integer"],
    ["Default: the subnet of the region.", "string"],
    ["Default: ten.", "integer"],
    ["Default: 1. For old lamps the default: 2.", "integer"],
    ["Default value: yes.", "boolean"],
    ['Enumeration values: "a", first; "b", second. Default: "c".', "string"],
    ["默认值：当前地域的子网。", "string"],
    ["当机型为 O 时，默认为 4。", "integer"],
    ["若未指定地域，默认值：5。", "integer"],
    ["默认值：o1i 或 o1a", "string"],
    ["默认值：无", "integer"],
    ["旧灯型默认值为a，新灯型为 b", "string"],
    ["lamp默认3", "integer"],
    ["Mode为Day时表示亮度，默认值为60", "integer"],
    ["默认值：false；不传则默认不修改", "boolean"],
    ["默认 1,2,3", "string"],
    ["默认为null", "string"],
    ["Default: none.", "string"],
  ])("%s", (text, kind) => {
    const facts = readFacts(text, kind);
    expect(facts.default).toBeUndefined();
    expect(facts.unclear).toContain("default");
  });
});

test.each<[text: string, kind: ScalarKind, range: readonly number[] | undefined, isUnclear: boolean]>([
  ["Range: [1, 100]", "integer", [1, 100], false],
  ["It is in the range [0,60].", "number", [0, 60], false],
  ["取值范围是[1,100]，默认值为1。", "integer", [1, 100], false],
  ["范围：[-5～5]", "integer", [-5, 5], false],
  ["单位：MB。范围 ：[1024, 262144]", "integer", [1024, 262_144], false],
  ["The range depends on the lamp.", "integer", undefined, true],
  ["Range: [100, 1]", "integer", undefined, true],
  ["Range: [1, 5] by day, [1, 9] by night", "integer", undefined, true],
  ["If it is old, range: [1, 5]", "integer", undefined, true],
  ["范围[1-100]或者0", "integer", undefined, true],
  ["Mode为Night时表示亮度，取值范围：[60，900]，0 表示关", "integer", undefined, true],
  ["默认0。范围：[20, 1000]", "integer", undefined, true],
  ["带宽范围如下：流量计费[1-300]，带宽计费[1-800]", "integer", undefined, true],
  ["Range: [1, 100]", "string", undefined, false],
  ["An orange.", "integer", undefined, false],
])("reads the range in %j of type %s as %j", (text, kind, range, isUnclear) => {
  const facts = readFacts(text, kind);
  expect(facts.range).toEqual(range);
  expect(facts.unclear.includes("range")).toBe(isUnclear);
});

test.each<[text: string, kind: ScalarKind, length: readonly number[] | undefined]>([
  ["Length: [1, 255]", "string", [1, 255]],
  ["限定字符长度：[0-255]；", "string", [0, 255]],
  ["长度范围为[6,63]", "string", [6, 63]],
  ["Length: [-1, 5]", "string", undefined],
  ["Length: [5, 1]", "string", undefined],
  ["Its length is up to 63.", "string", undefined],
  ["Length: [1, 255]", "integer", undefined],
])("reads the length in %j of type %s as %j", (text, kind, length) => {
  expect(readFacts(text, kind).length).toEqual(length);
});

test.each<[text: string, isDeprecated: boolean, isUnclear: boolean]>([
  ["[Deprecated] Use Mode.", true, false],
  ["Deprecated: use Mode.", true, false],
  ["This parameter is deprecated.", true, false],
  ["What it does (deprecated)", true, false],
  ["【已废弃】请使用 Mode", true, false],
  ["该字段已弃用，请使用 Mode", true, false],
  ["模式（已下线）。", true, false],
  ["Use it with a deprecated lamp.", false, true],
  ["Enumeration values:<br />- a: first<br />- b: second (deprecated)", false, true],
  ["机型，其中 N1 已废弃", false, true],
  ["枚举值：a、b（已废弃）", false, true],
  ["What it does.", false, false],
])("%j marks its field as deprecated: %j", (text, isDeprecated, isUnclear) => {
  const facts = readFacts(text, "string");
  expect(facts.deprecated).toBe(isDeprecated);
  expect(facts.unclear.includes("deprecation")).toBe(isUnclear);
});

test.each<[text: string, isEncoded: boolean, isUnclear: boolean, kind?: ScalarKind]>([
  ["A note, encoded in base64.", true, false],
  ["A note. Encode it with Base64.", true, false],
  ["The base64 encoding of a note", true, false],
  ["密码需使用base64进行编码", true, false],
  ["内容经过 Base64 编码", true, false],
  ["For base64, ask the maker.", false, true],
  ["A note, not encoded in base64.", false, true],
  ["无需使用base64编码", false, true],
  ["A note.", false, false],
  ["A number, encoded in base64.", false, true, "integer"],
])("%j describes a base64 value: %j", (text, isEncoded, isUnclear, kind = "string") => {
  const facts = readFacts(text, kind);
  expect(facts.base64).toBe(isEncoded);
  expect(facts.unclear.includes("base64")).toBe(isUnclear);
});

test("reads no facts of a field that is not a scalar", () => {
  const facts = readFacts("Enumeration values: a, b. Default: a. Range: [1, 2]", "other");
  expect(facts).toMatchObject({ values: [], default: undefined, range: undefined });
});

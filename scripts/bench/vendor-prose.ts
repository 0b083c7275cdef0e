import type { Quantiles, Random } from "./random.js";
import type { PlainType } from "./vendor-page.js";

/** How often a description says what a machine could use, and how long it is. Shares of the vendor's rows. */
export interface ProseShape {
  readonly length: Quantiles;
  readonly default: number;
  readonly enumeration: number;
  readonly range: number;
  readonly link: number;
  readonly lineBreak: number;
  readonly pipe: number;
}

export const parameterProse: ProseShape = {
  length: [
    [0, 2],
    [0.1, 4],
    [0.5, 20],
    [0.75, 50],
    [0.9, 78],
    [0.99, 290],
    [0.999, 700],
    [1, 8778],
  ],
  default: 0.34,
  enumeration: 0.09,
  range: 0.08,
  link: 0.065,
  lineBreak: 0.04,
  pipe: 0.007,
};

export const responseProse: ProseShape = {
  length: [
    [0, 2],
    [0.1, 4],
    [0.5, 10],
    [0.75, 20],
    [0.9, 32],
    [1, 89],
  ],
  default: 0,
  enumeration: 0.01,
  range: 0,
  link: 0,
  lineBreak: 0,
  pipe: 0.006,
};

export const modelProse: ProseShape = {
  length: [
    [0, 0],
    [0.1, 4],
    [0.5, 10],
    [0.75, 24],
    [0.9, 48],
    [0.99, 270],
    [0.999, 700],
    [1, 8778],
  ],
  default: 0.03,
  enumeration: 0.06,
  range: 0.004,
  link: 0.018,
  lineBreak: 0.044,
  pipe: 0.028,
};

/** One cell of a description: a subject, what is certain about the value, and sentences up to the length. */
export function describe(random: Random, shape: ProseShape, type: PlainType | undefined): string {
  const length = random.sized(shape.length);
  const facts = [...valueFacts(random, shape, type), ...markup(random, shape)].join("");
  return plainText(random, length - facts.length) + facts;
}

/** Text without markup, so that it may be cut anywhere. */
export function plainText(random: Random, length: number): string {
  let text = random.pick(subjects);
  while (text.length < length) text += `，${random.pick(clauses)}`;
  return text.slice(0, Math.max(length, 0));
}

function valueFacts(random: Random, shape: ProseShape, type: PlainType | undefined): string[] {
  const hasDefault = random.chance(shape.default);
  if (type === "string" && random.chance(shape.enumeration)) {
    const first = random.integer(0, enumerators.length - 4);
    const shown = enumerators.slice(first, first + random.integer(2, 4));
    const list = `。枚举值：${shown.map(([value, meaning]) => `${value}，${meaning}`).join("；")}`;
    return [list, ...(hasDefault ? [`。默认值：${shown[0]?.[0]}`] : [])];
  }
  if (type === "int") {
    const [from, to] = [random.integer(0, 9), random.integer(10, 1000)];
    const range = random.chance(shape.range * 3) ? [`。取值范围：[${from}, ${to}]`] : [];
    return [...range, ...(hasDefault ? [`，默认值为${from}`] : [])];
  }
  return hasDefault ? [type === "boolean" ? "，默认值：false" : "，默认由系统选择"] : [];
}

function markup(random: Random, shape: ProseShape): string[] {
  return [
    ...(random.chance(shape.link) ? ["。见[取值说明](api/summary/values)"] : []),
    ...(random.chance(shape.lineBreak) ? ["<br />- 同时只能设置一个<br />- 设置之后不能更改"] : []),
    ...(random.chance(shape.pipe) ? ["，写作 `left \\| right`"] : []),
  ];
}

const subjects = [
  "编号",
  "名称",
  "资源的编号",
  "所选规格",
  "要处理的对象",
  "备注文字",
  "所在分组",
  "当前的状态",
  "容量，单位为 GB",
  "到期的时刻",
  "创建的时刻",
  "计费的方式",
  "网络的编号",
  "每页的条数",
  "上一次操作的结果",
  "任务的进度",
] as const;

const clauses = [
  "留空时由系统决定",
  "创建之后不能修改",
  "只对新的资源有效",
  "请先确认余额充足",
  "同一项目中不能重复",
  "最多 63 characters (UTF-8)",
  "由 List 指令得到",
  "关机之后才会生效",
  "supported since version 2.0",
  "子帐号需要相应的权限",
  "单位 second",
  "例如 node-a1:6379/default",
] as const;

const enumerators = [
  ["Fast", "高速"],
  ["Slow", "低速"],
  ["Auto", "自动"],
  ["Manual", "手动"],
  ["Open", "开放"],
  ["Closed", "关闭"],
  ["Small", "小型"],
  ["Large", "大型"],
  ["Primary", "主要"],
  ["Secondary", "次要"],
] as const;

import type { Random } from "./random.js";

/** The names of one action: what it is called, what it does, and the page's name without its ending. */
export interface ActionNames {
  readonly action: string;
  readonly summary: string;
  readonly file: string;
}

/** The product at a place; the list of words begins anew, with a number, where it is used up. */
export function productTitle(index: number): string {
  const round = Math.floor(index / productWords.length);
  return `U${productWords[index % productWords.length]}${round === 0 ? "" : round + 1}`;
}

/** The action at a place of a product. No two places of any products have the same. */
export function actionNames(product: string, productIndex: number, index: number): ActionNames {
  const [verb, does] = at(verbs, index);
  const row = Math.floor(index / verbs.length);
  // Another product begins with other resources.
  const [resource, thing] = at(resources, row + productIndex * 3);
  const round = Math.floor(row / resources.length);
  const ordinal = round === 0 ? "" : `V${round + 1}`;
  return {
    action: `${verb}${product}${resource}${ordinal}`,
    summary: `${does}${product}的${thing}`,
    file: [verb, product, resource, ordinal]
      .filter((part) => part !== "")
      .join("_")
      .toLowerCase(),
  };
}

/** Different names of fields, none of them a plural or the name of a model. */
export function fieldNames(random: Random, count: number): string[] {
  const total = nouns.length * kinds.length;
  const start = random.integer(0, total - 1);
  // Does not divide the number of names, so it comes round only after all of them.
  const step = random.pick([29, 31, 37, 41, 43]);
  return Array.from({ length: count }, (_, place) => {
    const index = (start + place * step) % total;
    return `${at(nouns, Math.floor(index / kinds.length))}${at(kinds, index)}`;
  });
}

/** Different names of models. */
export function modelNames(random: Random, count: number): string[] {
  const start = random.integer(0, nouns.length * modelKinds.length - 1);
  return Array.from({ length: count }, (_, place) => {
    const index = start + place;
    return `${at(nouns, index)}${at(modelKinds, Math.floor(index / nouns.length))}`;
  });
}

/** The name of a list, of the noun at a place. */
export function listName(index: number): string {
  return `${at(nouns, index)}s`;
}

function at<const Items extends readonly [unknown, ...unknown[]]>(
  items: Items,
  index: number,
): Items[number] {
  return items[index % items.length] ?? items[0];
}

const productWords = [
  "Alder",
  "Basalt",
  "Cedar",
  "Dune",
  "Ember",
  "Fjord",
  "Garnet",
  "Heron",
  "Iris",
  "Jasper",
  "Kestrel",
  "Lagoon",
  "Maple",
  "Nectar",
  "Ochre",
  "Pebble",
  "Quartz",
  "Raven",
  "Slate",
  "Tundra",
  "Umber",
  "Violet",
  "Willow",
  "Xenon",
  "Yarrow",
  "Zephyr",
  "Amber",
  "Birch",
  "Coral",
  "Delta",
  "Elm",
  "Flint",
  "Granite",
  "Hazel",
  "Indigo",
  "Juniper",
  "Krill",
  "Larch",
  "Marble",
  "Nimbus",
  "Opal",
  "Pine",
  "Quail",
  "Reed",
  "Sable",
  "Topaz",
] as const;

const verbs = [
  ["Describe", "查询"],
  ["Create", "创建"],
  ["Delete", "删除"],
  ["Modify", "修改"],
  ["Get", "获取"],
  ["Start", "启动"],
  ["Stop", "停止"],
  ["Attach", "绑定"],
  ["Detach", "解绑"],
  ["Resize", "调整"],
  ["List", "列出"],
  ["Check", "检查"],
] as const;

const resources = [
  ["Backup", "备份"],
  ["Disk", "磁盘"],
  ["Image", "镜像"],
  ["Snapshot", "快照"],
  ["Network", "网络"],
  ["Rule", "规则"],
  ["Price", "价格"],
  ["Key", "密钥"],
  ["Group", "分组"],
  ["Task", "任务"],
  ["Policy", "策略"],
  ["Quota", "配额"],
  ["Label", "标签"],
  ["Node", "节点"],
  ["Route", "路由"],
  ["Alarm", "告警"],
] as const;

const nouns = [
  "Backup",
  "Disk",
  "Image",
  "Snapshot",
  "Network",
  "Rule",
  "Price",
  "Key",
  "Group",
  "Task",
  "Policy",
  "Quota",
  "Label",
  "Node",
  "Route",
  "Alarm",
  "Host",
  "Cluster",
  "Address",
  "Port",
  "Domain",
  "Charge",
  "Owner",
  "Queue",
  "Shard",
  "Mirror",
  "Record",
  "Volume",
  "Gateway",
  "Listener",
  "Template",
  "Session",
] as const;

const kinds = [
  "Id",
  "Name",
  "Type",
  "Size",
  "State",
  "Count",
  "Time",
  "Mode",
  "Tag",
  "Remark",
  "Limit",
  "Flag",
] as const;

const modelKinds = ["Info", "Set", "Item", "Detail"] as const;

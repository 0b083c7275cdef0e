/**
 * The words of the vendor's layout, in every language that its pages are written in. A page in another language, or
 * one whose words have changed, is read once its words stand here. Compared by {@link layoutWord}: case, trailing
 * colons and a translation in brackets behind the word do not matter.
 */
export const sections = {
  overview: ["Overview", "Introduction", "简介", "概述", "描述"],
  definition: ["Definition", "定义"],
  publicParameters: ["Public Parameters", "Public Parameter", "Common Parameters", "公共参数"],
  request: ["Request Parameters", "Request Parameter", "Request Fields", "请求参数", "请求字段"],
  response: [
    "Response Field",
    "Response Fields",
    "Response Elements",
    "Response Parameters",
    "响应字段",
    "返回字段",
    "响应参数",
    "返回参数",
  ],
  models: ["Data Model", "Data Models", "数据模型"],
  examples: ["Example", "Examples", "示例"],
  requestExample: ["Request Example", "Request Examples", "Example Request", "请求示例"],
  responseExample: ["Response Example", "Response Examples", "Example Response", "响应示例", "返回示例"],
} as const satisfies Record<string, readonly string[]>;

/** A section that has a meaning here. */
export type Section = keyof typeof sections;

/** Titles of the columns of a table of fields. */
export const columns = {
  name: [
    "Parameter Name",
    "Field Name",
    "Parameter",
    "Field",
    "Name",
    "参数名",
    "字段名",
    "参数名称",
    "字段名称",
    "名称",
    "参数",
    "字段",
  ],
  type: ["Type", "类型", "参数类型", "数据类型"],
  description: ["Description Information", "Description", "描述信息", "描述", "说明"],
  required: ["Required", "必填", "是否必填", "是否必须", "必选"],
} as const satisfies Record<string, readonly string[]>;

export type Column = keyof typeof columns;

/** What stands in the column that says whether a field is required. */
export const requiredWords = {
  yes: ["Yes", "True", "是", "必填"],
  no: ["No", "False", "否", "选填", "非必填"],
} as const;

/** Words for "there is none", in place of an example or a table. */
export const noneWords = ["None", "N/A", "无", "暂无"];

/** Types of the vendor's tables that are no composition of others. */
export const scalarTypes = {
  string: ["string", "str", "text"],
  integer: ["int", "integer", "long", "int32", "int64", "uint", "uint32", "uint64"],
  number: ["float", "double", "number", "decimal", "float32", "float64"],
  boolean: ["bool", "boolean"],
  object: ["object", "json", "map", "dict", "struct"],
  array: ["array", "list"],
} as const;

/** Brings a heading or a cell to the form in which layout words are compared. */
export function layoutWord(text: string): string {
  return text
    .replace(/[*`]/g, "")
    .trim()
    .replace(/[:：]\s*$/, "")
    .replace(/\s*[（(][^（）()]*[)）]\s*$/, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}

/** Finds which entry of a table of words a text is. */
export function finder<Key extends string>(
  words: Readonly<Record<Key, readonly string[]>>,
): (text: string) => Key | undefined {
  const keys = new Map<string, Key>();
  for (const key of Object.keys(words) as Key[]) {
    for (const word of words[key]) keys.set(layoutWord(word), key);
  }
  // The same few texts stand in thousands of cells.
  const known = new Map<string, Key | undefined>();
  return (text) => {
    if (known.has(text)) return known.get(text);
    const found = keys.get(layoutWord(text));
    if (known.size < 10_000) known.set(text, found);
    return found;
  };
}

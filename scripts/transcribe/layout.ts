/**
 * Words of the vendor's page layout, in every language that the pages use. To read pages in another language, or pages
 * with new headings, add their words here. {@link layoutWord} defines which differences in spelling do not matter.
 */
export const sections = {
  overview: ["Overview", "Introduction", "简介", "概述", "描述"],
  definition: ["Definition", "定义"],
  publicParameters: [
    ...["Public Parameter", "Common Parameter", "Public Request Parameter", "Common Request Parameter"],
    ...["公共参数", "公共请求参数"],
  ],
  request: [
    ...["Request Parameter", "Request Field", "Request Element", "Input Parameter"],
    ...["请求参数", "请求字段", "请求元素", "输入参数"],
  ],
  response: [
    ...["Response Field", "Response Element", "Response Parameter", "Output Parameter"],
    ...["Return Field", "Return Parameter", "Returned Field", "Returned Parameter"],
    ...["响应字段", "响应参数", "响应元素", "返回字段", "返回参数", "返回元素", "输出参数"],
  ],
  models: ["Data Model", "Data Structure", "数据模型", "数据结构"],
  examples: ["Example", "示例"],
  requestExample: ["Request Example", "Example Request", "Request Sample", "Sample Request", "请求示例"],
  responseExample: [
    ...["Response Example", "Example Response", "Response Sample", "Sample Response"],
    ...["响应示例", "返回示例"],
  ],
} as const satisfies Record<string, readonly string[]>;

/** A section that has a meaning to the transcriber. */
export type Section = keyof typeof sections;

/** Headings of the columns of a field table. */
export const columns = {
  name: [
    ...["Parameter Name", "Field Name", "Element Name", "Parameter", "Field", "Element", "Name"],
    ...["参数名", "字段名", "参数名称", "字段名称", "元素名称", "名称", "参数", "字段", "元素"],
  ],
  type: ["Type", "Data Type", "Parameter Type", "Field Type", "类型", "参数类型", "字段类型", "数据类型"],
  description: [
    ...["Description Information", "Description", "Parameter Description", "Field Description"],
    ...["描述信息", "描述", "说明", "参数描述", "字段描述", "参数说明", "字段说明"],
  ],
  required: ["Required", "Mandatory", "必填", "是否必填", "是否必须", "是否必选", "必选", "必须"],
} as const satisfies Record<string, readonly string[]>;

export type Column = keyof typeof columns;

/** Headings of the columns of a table of metrics. */
export const metricColumns = {
  metric: [...["Metric", "Metric Name", "监控项", "监控指标", "指标", "指标名", "指标名称"], ...columns.name],
  unit: ["Unit", "单位"],
  type: columns.type,
} as const satisfies Record<string, readonly string[]>;

/** Words of the column that says whether a field is required. */
export const requiredWords = {
  yes: ["Yes", "True", "是", "必填"],
  no: ["No", "False", "否", "选填", "非必填"],
} as const;

/** Types in the vendor's tables that are not composed of other types. */
export const scalarTypes = {
  string: ["string", "str", "text"],
  integer: ["int", "integer", "long", "int32", "int64", "uint", "uint32", "uint64"],
  number: ["float", "double", "number", "decimal", "float32", "float64"],
  boolean: ["bool", "boolean"],
  object: ["object", "json", "map", "dict", "struct"],
  array: ["array", "list"],
} as const;

/**
 * Normalizes a heading or a cell for comparison: case, emphasis, a leading "The", plural forms, a trailing colon and a
 * trailing translation in parentheses are ignored.
 */
function layoutWord(text: string): string {
  return text
    .replace(/[*`]/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[:：]$/, "")
    .replace(/ ?[（(][^（）()]*[)）] ?$/, "")
    .trim()
    .toLowerCase()
    .replace(/^the (?=.)/, "")
    .replace(/(?<=[a-z]{3})s\b/g, "");
}

/** Creates a function that finds the key whose words include a string. */
export function finder<Key extends string>(
  words: Readonly<Record<Key, readonly string[]>>,
): (text: string) => Key | undefined {
  const entries = Object.entries<readonly string[]>(words) as [Key, readonly string[]][];
  const keys = new Map(entries.flatMap(([key, list]) => list.map((word) => [layoutWord(word), key])));
  return (text) => keys.get(layoutWord(text));
}

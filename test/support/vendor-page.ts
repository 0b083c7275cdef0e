/** The page of an action in the vendor's layout, as plain data. */
export interface VendorPage {
  readonly action: string;
  /** Part of the title before the name of the action. */
  readonly summary: string;
  /** Markdown of one or more lines; a note is a line that begins with `?> ` or `!> `. */
  readonly overview: string;
  readonly parameters: readonly PageField[];
  /** Response fields other than RetCode, Action and Message, which every page has. */
  readonly response: readonly PageField[];
  readonly models: readonly PageModel[];
  /** Parameters in the order of the request example, without Action; names may be duplicated. */
  readonly requestExample: readonly (readonly [name: string, value: string])[];
  readonly responseExample: Readonly<Record<string, unknown>>;
}

/** One table of the data model. */
export interface PageModel {
  readonly name: string;
  readonly fields: readonly PageField[];
}

/** One row of a table. */
export interface PageField {
  /** Name as on the page: `Region`, `PrivateIp.N`, `Disks.N.Size`, `Features.UNI`. */
  readonly name: string;
  readonly type: PageType;
  /** Content of the cell: Markdown with `<br />` and escaped pipes. */
  readonly description: string;
  readonly required: boolean;
}

/** A plain type, or a link to a model of the page. */
export type PageType = PlainType | { readonly model: string; readonly array: boolean };

export type PlainType =
  | "string"
  | "int"
  | "float"
  | "boolean"
  | "bool"
  | "object"
  | "array[string]"
  | "array[int]";

export type PageLanguage = "en" | "zh";

/** Words of the layout, which are the vendor's, and sentences, which are not. */
interface Words {
  readonly overview: string;
  readonly definition: string;
  readonly publicParameters: string;
  readonly requestParameters: string;
  readonly responseFields: string;
  readonly dataModel: string;
  readonly example: string;
  readonly requestExample: string;
  readonly responseExample: string;
  readonly parameterColumns: readonly string[];
  readonly fieldColumns: readonly string[];
  readonly actionParameter: string;
  readonly publicKey: string;
  readonly signature: string;
  readonly retCode: string;
  readonly actionField: string;
  readonly message: string;
  /** Lines of the section on ways to call the action; empty if pages in the language have no such section. */
  readonly ways: readonly string[];
  readonly anchor: (model: string) => string;
}

const words: Readonly<Record<PageLanguage, Words>> = {
  en: {
    overview: "Overview",
    definition: "Definition",
    publicParameters: "Public Parameters",
    requestParameters: "Request Parameters",
    responseFields: "Response Field",
    dataModel: "Data Model",
    example: "Example",
    requestExample: "Request Example",
    responseExample: "Response Example",
    parameterColumns: ["Parameter Name", "Type", "Description Information", "Required"],
    fieldColumns: ["Field Name", "Type", "Description Information", "Required"],
    actionParameter: "Which command to run, on this page",
    publicKey: "Public half of the key pair, shown in the [console](https://console.dezai.com/keys)",
    signature: "Proof that the private key was at hand, see [how to sign](/docs/api/summary/signature.md)",
    retCode: "Status of the call: 0 on success, anything else on failure",
    actionField: "Name of the command that was run",
    message: "What went wrong, where `RetCode` is not 0",
    ways: [],
    anchor: (model) => model.toLowerCase(),
  },
  zh: {
    overview: "简介",
    definition: "定义",
    publicParameters: "公共参数",
    requestParameters: "请求参数",
    responseFields: "响应字段",
    dataModel: "数据模型",
    example: "示例",
    requestExample: "请求示例",
    responseExample: "响应示例",
    parameterColumns: ["参数名", "类型", "描述信息", "必填"],
    fieldColumns: ["字段名", "类型", "描述信息", "必填"],
    actionParameter: "要执行的指令，本页为",
    publicKey: "密钥对中公开的一半，在 [控制台](https://console.dezai.com/keys) 里可以看到",
    signature: "用私钥算出的签名，算法见 [如何签名](api/summary/signature.md)",
    retCode: "调用的状态码：成功时为 0，失败时为其他值",
    actionField: "本次执行的指令",
    message: "失败原因，仅当 `RetCode` 不为 0 时有意义",
    ways: [
      "## 使用方法",
      "",
      "调用本指令有几种途径，任选其一：",
      "- 各语言的 SDK / [Go](https://example.com/sdk-go) / [Python](https://example.com/sdk-python) /",
      "- [网页上的调试工具](https://console.dezai.com/try)",
      "- [命令行](https://shell.dezai.com/)",
      "",
      "",
    ],
    anchor: (model) => model,
  },
};

/** Prints a page in the vendor's layout, including its blank lines. */
export function renderPage(page: VendorPage, language: PageLanguage): string {
  const w = words[language];
  return [
    `# ${page.summary} - ${page.action}`,
    "",
    `## ${w.overview}`,
    "",
    page.overview,
    ...blankLines(6),
    ...w.ways,
    `## ${w.definition}`,
    "",
    ...publicParameters(page.action, w),
    `### ${w.requestParameters}`,
    "",
    ...table(w.parameterColumns, page.parameters, w),
    "",
    ...responseTables(page, w),
    ...examples(page, w),
    ...blankLines(6),
  ].join("\n");
}

function publicParameters(action: string, w: Words): string[] {
  return [
    `### ${w.publicParameters}`,
    "",
    ...tableHead(w.parameterColumns),
    `| **Action**     | string  | ${w.actionParameter} \`${action}\`                        | **Yes** |`,
    `| **PublicKey**  | string  | ${w.publicKey}                                             | **Yes** |`,
    `| **Signature**  | string  | ${w.signature}  | **Yes** |`,
    "",
  ];
}

function responseTables({ response, models }: VendorPage, w: Words): string[] {
  const commonFields: PageField[] = [
    { name: "RetCode", type: "int", description: w.retCode, required: true },
    { name: "Action", type: "string", description: w.actionField, required: true },
    { name: "Message", type: "string", description: w.message, required: false },
  ];
  return [
    `### ${w.responseFields}`,
    "",
    ...table(w.fieldColumns, [...commonFields, ...response], w),
    "",
    ...(models.length === 0 ? blankLines(3) : [`#### ${w.dataModel}`, "", ""]),
    ...models.flatMap(({ name, fields }) => [`#### ${name}`, "", ...table(w.fieldColumns, fields, w), ""]),
  ];
}

/** Examples. The line of four spaces before each code block is the vendor's. */
function examples({ action, requestExample, responseExample }: VendorPage, w: Words): string[] {
  return [
    `## ${w.example}`,
    "",
    `### ${w.requestExample}`,
    "    ",
    "```",
    `https://api.dezai.com/?Action=${action}`,
    ...requestExample.map(([name, value]) => `&${name}=${value}`),
    "```",
    "",
    `### ${w.responseExample}`,
    "    ",
    "```json",
    JSON.stringify(responseExample, null, 2),
    "```",
  ];
}

function table(columns: readonly string[], rows: readonly PageField[], w: Words): string[] {
  return [
    ...tableHead(columns),
    ...rows.map(
      ({ name, type, description, required }) =>
        `| **${name}** | ${typeText(type, w)} | ${description} |${required ? "**Yes**" : "No"}|`,
    ),
  ];
}

function tableHead(columns: readonly string[]): string[] {
  return [`| ${columns.join(" | ")} |`, `|${columns.map(() => ":---").join("|")}|`];
}

function typeText(type: PageType, w: Words): string {
  if (typeof type === "string") return type;
  const link = `[*${type.model}*](#${w.anchor(type.model)})`;
  return type.array ? `array[${link}]` : link;
}

function blankLines(count: number): string[] {
  return Array.from({ length: count }, () => "");
}

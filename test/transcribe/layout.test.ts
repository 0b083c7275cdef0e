import { describe, expect, test } from "vitest";
import { documentOf, transcribed } from "../support/transcribed.js";

const columns = "| Parameter Name | Type | Description | Required |";
const dashes = "|:---|:---|:---|:---|";

interface Layout {
  readonly request?: string;
  readonly requestTable?: string;
  readonly response?: string;
  readonly responseTable?: string;
  readonly modelTable?: string;
  readonly examples?: readonly [request: string, response: string];
}

/** A page with the parameter ShelfId, the response field Books and the data model Book. */
function page({
  request = "Request Parameters",
  requestTable = `${columns}\n${dashes}`,
  response = "Response Fields",
  responseTable = `${columns}\n${dashes}`,
  modelTable = `${columns}\n${dashes}`,
  examples = ["Request Example", "Response Example"],
}: Layout): string {
  return `# List books - ListBooks

## Definition

### Public Parameters

${columns}
${dashes}
| **Action** | string | Name of the action, \`ListBooks\` | **Yes** |

### ${request}

${requestTable}
| **ShelfId** | string | Which shelf | **Yes** |

### ${response}

${responseTable}
| **RetCode** | int | 0 or an error code | **Yes** |
| **Books** | array[[*Book*](#Book)] | Books on the shelf | No |

#### Book

${modelTable}
| **Title** | string | Title of the book | No |

## Example

### ${examples[0]}

\`\`\`
https://gateway.example.com/?Action=ListBooks&ShelfId=shelf-7
\`\`\`

### ${examples[1]}

\`\`\`json
{ "RetCode": 0, "Books": [{ "Title": "Emma" }] }
\`\`\`
`;
}

describe("reads a page with other layout words", () => {
  test.each<[what: string, layout: Layout]>([
    ["singular headings", { request: "Request Parameter", response: "Response Element" }],
    ["plural headings", { request: "Request Fields", response: "Response Parameters" }],
    ["headings in another case", { request: "REQUEST PARAMETERS", response: "response field" }],
    ["headings with an article", { request: "The request parameters", response: "The response fields:" }],
    ["headings with a translation", { request: "Request Parameters (请求参数)", response: "返回参数" }],
    ["Chinese headings", { request: "请求参数", response: "响应元素", examples: ["请求示例", "返回示例"] }],
    ["examples in another order", { examples: ["Example request", "Example response"] }],
    [
      "a column with an article",
      { requestTable: `| The parameter name | The type | Description | Required |\n${dashes}` },
    ],
    ["plural columns", { requestTable: `| Parameters | Types | Descriptions | Required |\n${dashes}` }],
    ["Chinese columns", { responseTable: `| 元素名称 | 字段类型 | 字段说明 | 是否必选 |\n${dashes}` }],
  ])("%s", (_, layout) => {
    const { findings } = transcribed(page(layout));
    expect(findings).toEqual([]);
    const withoutLines = ({
      "x-actiongen-source": _lines,
      ...document
    }: object & { "x-actiongen-source"?: unknown }) => document;
    expect(withoutLines(documentOf(page(layout)))).toEqual(withoutLines(documentOf(page({}))));
  });
});

const unknown = `| Key | Kind | Text | Needed |\n${dashes}`;
const unreadable = 'cannot read the table with the columns "Key", "Kind", "Text", "Needed"';

describe("rejects a page", () => {
  test.each<[what: string, layout: Layout, line: number, message: string]>([
    ["with unknown columns in the request", { requestTable: unknown }, 13, unreadable],
    ["with unknown columns in the response", { responseTable: unknown }, 19, unreadable],
    ["with unknown columns in a data model", { modelTable: unknown }, 26, unreadable],
    [
      "with an unknown name column",
      { requestTable: `| Key | Type | Description | Required |\n${dashes}` },
      13,
      'cannot read the table with the columns "Key", "Type", "Description", "Required": none of them is known as the name of a field',
    ],
    [
      "with an unknown type column",
      { responseTable: `| Field Name | Kind | Description | Required |\n${dashes}` },
      19,
      'cannot read the table with the columns "Field Name", "Kind", "Description", "Required": none of them is known as the type of a field',
    ],
    [
      "with an unreadable table after a readable one",
      {
        requestTable: `${columns}\n${dashes}\n| **Size** | int | How many | No |\n\n| Key | Type | Description | Required |\n${dashes}`,
      },
      17,
      'cannot read the table with the columns "Key"',
    ],
    [
      "with a request table without dashes",
      { requestTable: columns },
      13,
      "cannot read the table of the request: it is not valid Markdown",
    ],
    [
      "with an unknown heading of the request",
      { request: "What to send" },
      11,
      "has no section of request parameters",
    ],
    [
      "with an unknown heading of the response",
      { response: "What comes back" },
      1,
      "has no section of response fields",
    ],
  ])("%s", (_, layout, line, message) => {
    const { document, findings } = transcribed(page(layout));
    expect(document).toBeUndefined();
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ severity: "error", line, message: expect.stringContaining(message) });
  });
});

test("reads a page with an explanatory table among its fields", () => {
  const requestTable = `| Value | Meaning |\n|:---|:---|\n| 1 | old |\n\n${columns}\n${dashes}`;
  const { document, findings } = transcribed(page({ requestTable }));
  expect(document).toBeDefined();
  expect(findings.map(({ severity, code }) => [severity, code])).toEqual([["warning", "table-omitted"]]);
});

/** Names of the parameters of a page. */
function parametersOf(text: string): string[] {
  const { paths } = documentOf(text);
  const { get } = (paths as Record<string, { get: { parameters: { name: string }[] } }>)["/"] ?? {};
  return get?.parameters.map(({ name }) => name) ?? [];
}

test("PrivateKey can be a parameter of an action", () => {
  const text = page({
    requestTable: `${columns}\n${dashes}\n| **PrivateKey** | string | Of the certificate | **Yes** |`,
  }).replace("ShelfId=", "PrivateKey=PEM&ShelfId=");
  expect(transcribed(text).findings).toEqual([]);
  expect(parametersOf(text)).toEqual(["Action", "PrivateKey", "ShelfId"]);
});

test.each(["PublicKey", "Signature"])("%s is not a parameter of an action", (name) => {
  const text = page({
    requestTable: `${columns}\n${dashes}\n| **${name}** | string | Of the user | **Yes** |`,
  });
  expect(parametersOf(text)).toEqual(["Action", "ShelfId"]);
});

test.each<[name: string, table: "request" | "public"]>([
  ["SecurityToken", "request"],
  ["SecurityToken", "public"],
  ["PrivateKey", "public"],
])("omits %s from the %s parameters, and reports it", (name, table) => {
  const row = `| **${name}** | string | Of the user | No |`;
  const text =
    table === "request"
      ? page({ requestTable: `${columns}\n${dashes}\n${row}` })
      : page({})
          .replace("\n### Request Parameters", `${row}\n\n### Request Parameters`)
          .replace("**Yes** |\n\n|", "**Yes** |\n|");
  expect(parametersOf(text)).toEqual(["Action", "ShelfId"]);
  expect(transcribed(text).findings).toMatchObject([
    {
      severity: "warning",
      code: "row-omitted",
      message: expect.stringContaining(`the row "${name}" is omitted`),
    },
  ]);
});

import { expect, test } from "vitest";
import type { Json } from "../../scripts/transcribe/schema.js";
import { bookPage, row } from "../support/inferred.js";
import { transcribed } from "../support/transcribed.js";
import { renderPage } from "../support/vendor-page.js";

const parameters = [
  row("ThingType", "string", "What is measured", true),
  row("MetricName.N", "string", "What to measure", true),
];

const weather = `
#### ThingType:roof
###### A roof

| 参数 | 描述信息 | 单位 |
|:---|:---|:---|
| **Rain** | How wet it is | mm |
| **WindSpeed** | | m/s |

#### ThingType: well

| Metric | Description | Unit |
|---|---|---|
| Level | How deep it is | m |
| Rain | How wet it is | |
`;

/** The parameters by name and the findings about tables of a page with more tables. */
function read(tables: string, rows = parameters) {
  const page = bookPage({ action: "MeasureThing", parameters: rows, models: [] });
  const { document, findings } = transcribed(
    renderPage(page, "en").replace("## Example", `${tables}\n## Example`),
  );
  const { paths } = document as { paths: { "/": { get: { parameters: Json[] } } } };
  const schemas = paths["/"].get.parameters.map(({ name, schema }): [unknown, unknown] => [name, schema]);
  const relevant = findings.filter(({ code }) => /table|omitted|column/.test(code));
  return {
    schemas: Object.fromEntries(schemas) as Record<string, unknown>,
    findings: relevant.map(({ severity, message }) => `${severity}: ${message}`),
  };
}

const metrics = (...names: readonly string[]) => ({ type: "array", items: { type: "string", enum: names } });

test("names of metrics are values of MetricName, and headings those of their parameter", () => {
  const { schemas, findings } = read(weather);
  expect(schemas.MetricName).toEqual(metrics("Rain", "WindSpeed", "Level"));
  expect(schemas.ThingType).toEqual({ type: "string", enum: ["roof", "well"] });
  expect(findings).toEqual([
    "note: 2 tables of metrics are read as values: 3 of MetricName and 2 of ThingType; descriptions and units are left out",
  ]);
});

test("values of the description come first", () => {
  const listed = row("MetricName.N", "string", "What to measure. Possible values: Sun, Rain.");
  expect(read(weather, [listed]).schemas.MetricName).toEqual(metrics("Sun", "Rain", "WindSpeed", "Level"));
});

test.each<[what: string, tables: string, rows: typeof parameters, findings: string[]]>([
  [
    "on a page without MetricName",
    weather,
    [row("Name", "string", "What to measure")],
    [
      'warning: the table with 2 rows and the columns "参数", "描述信息", "单位" is not a field table',
      'warning: the table with 2 rows and the columns "Metric", "Description", "Unit" is not a field table',
    ],
  ],
  [
    "on a page whose MetricName is a number",
    "| Metric | Unit |\n|---|---|\n| Rain | mm |",
    [row("MetricName", "int", "What to measure")],
    ['warning: the table with 1 row and the columns "Metric", "Unit" is not a field table'],
  ],
  [
    "without units",
    "| Metric | Meaning |\n|---|---|\n| Rain | wet |\n\nMore:\n\n| Metric | Meaning |\n|---|---|\n| Sun | dry |",
    parameters,
    ['warning: 2 tables with 2 rows and the columns "Metric", "Meaning" are not field tables'],
  ],
  [
    "with a name that is none",
    "| Metric | Unit |\n|---|---|\n| Rain | mm |\n| see above | |",
    parameters,
    ['warning: the table with 2 rows and the columns "Metric", "Unit" is not a field table'],
  ],
])("a table of metrics %s is left out, as one finding for its columns", (_, tables, rows, findings) => {
  const result = read(`\n#### More\n\n${tables}\n`, rows);
  expect(JSON.stringify(result.schemas)).not.toContain("enum");
  expect(result.findings).toEqual(findings);
});

import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadConfig } from "../scripts/config.js";
import { Diagnostics } from "../scripts/diagnostic.js";
import { contrast } from "../scripts/model/contrast.js";
import { specFolder } from "./support/spec-folder.js";

/** Reads the test configuration with these settings of the reference, written as YAML flow style. */
async function read(docs: string) {
  const path = join(await specFolder(), "actiongen.yaml");
  await appendFile(path, `docs: ${docs}\n`);
  const diagnostics = new Diagnostics();
  const config = await loadConfig(path, diagnostics);
  return { docs: config?.brand.docs, problems: diagnostics.list.map(({ message }) => message) };
}

describe("settings of the reference", () => {
  test("have defaults", async () => {
    expect(await read("{}")).toEqual({
      docs: {
        url: "",
        basePath: "/",
        language: "en",
        endpoint: "",
        consoleUrl: "",
        links: [],
        logo: "",
        accent: { light: "#0b5cad", dark: "#6cb6ff" },
      },
      problems: [],
    });
  });

  test("the base path is that of the URL, unless it is configured", async () => {
    const url = "https://docs.example.com/api/v1/";
    expect((await read(`{ url: "${url}" }`)).docs).toMatchObject({ url, basePath: "/api/v1/" });
    expect((await read(`{ url: "${url}", basePath: /x/ }`)).docs).toMatchObject({ url, basePath: "/x/" });
  });

  test.each<[docs: string, problem: string | RegExp]>([
    ["{ basePath: docs }", 'docs › basePath must be a path that starts and ends with /, but is "docs"'],
    ["{ basePath: /docs }", /docs › basePath must be an? .*, but is "\/docs"/],
    ["{ basePath: /a/../ }", 'docs › basePath is "/a/../", which contains . or .. as a folder'],
    [
      "{ url: 'https://docs.example.com' }",
      /docs › url must be an? .*, but is "https:\/\/docs\.example\.com"/,
    ],
    [
      "{ url: 'https://docs.example.com:99999/' }",
      'docs › url is "https://docs.example.com:99999/", which is not a URL',
    ],
    // Each would change the policy of the pages.
    ["{ endpoint: 'https://*/' }", /docs › endpoint must be an? .*, but is "https:\/\/\*\/"/],
    ["{ endpoint: 'https://a;script-src/' }", /docs › endpoint must be an? .*, but is "https:\/\/a;/],
    ["{ endpoint: 'https://a:99999/' }", 'docs › endpoint is "https://a:99999/", which is not a URL'],
    [
      "{ consoleUrl: 'javascript:alert(1)' }",
      /docs › consoleUrl must be an? .*, but is "javascript:alert\(1\)"/,
    ],
    [
      "{ consoleUrl: 'https://user:password@console.example.com/' }",
      /docs › consoleUrl must be an? .*, but is "https:/,
    ],
    ["{ links: [{ title: Help }] }", 'docs › links › 0 lacks the required key "url"'],
    ["{ logo: '<img>' }", /docs › logo must be an? .*, but is "<img>"/],
    ["{ language: fr }", /docs › language must be "en" or "zh", but is "fr"/],
    ["{ accent: { light: red, dark: '#ffffff' } }", /docs › accent › light must be an? .*, but is "red"/],
    [
      "{ accent: { light: '#6cb6ff', dark: '#6cb6ff' } }",
      'docs › accent › light is "#6cb6ff", which has a contrast of 2.14 with the background #ffffff, less than 4.5',
    ],
    [
      "{ accent: { light: '#767676', dark: '#0b5cad' } }",
      'docs › accent › dark is "#0b5cad", which has a contrast of 2.83 with the background #0d1117, less than 4.5',
    ],
  ])("%s is reported", async (docs, problem) => {
    const { problems } = await read(docs);
    expect(problems).toContainEqual(typeof problem === "string" ? problem : expect.stringMatching(problem));
  });
});

test.each([
  ["#000000", "#ffffff", 21],
  ["#ffffff", "#ffffff", 1],
  // The lightest grey that is readable on white, and the next one.
  ["#767676", "#ffffff", 4.54],
  ["#ffffff", "#777777", 4.48],
])("the contrast of %s and %s is %d", (first, second, ratio) => {
  expect(contrast(first, second)).toBeCloseTo(ratio, 2);
});

import { curlSample } from "../../../templates/docs/script/samples/curl.js";
import { goSample } from "../../../templates/docs/script/samples/go.js";
import { pythonSample } from "../../../templates/docs/script/samples/python.js";
import type { SampleWriter } from "../../../templates/docs/script/samples/sample.js";
import { typeScriptSample } from "../../../templates/docs/script/samples/typescript.js";
import type { Action, Brand, Product } from "../../model/api-model.js";
import { requestData, siteData } from "./request-data.js";

/** A program that calls an action. */
export interface Sample {
  /** Language of the reader: `TypeScript`. */
  readonly title: string;
  /** Language of a code block: `ts`. */
  readonly language: "ts" | "sh" | "python" | "go";
  readonly code: string;
}

const writers: readonly (readonly [Sample["title"], Sample["language"], SampleWriter])[] = [
  ["TypeScript", "ts", typeScriptSample],
  ["curl", "sh", curlSample],
  ["Python", "python", pythonSample],
  ["Go", "go", goSample],
];

/** The samples of an action, in each language. */
export function samplesOf(brand: Brand, product: Product, action: Action): Sample[] {
  const data = requestData(brand, product, action);
  const site = siteData(brand);
  return writers.map(([title, language, write]) => ({
    title,
    language,
    code: write(data, site, data.sample),
  }));
}

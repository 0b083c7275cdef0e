import type { RuleName } from "../../scripts/diff/rules.js";
import type {
  Action,
  ApiModel,
  Brand,
  PackageSettings,
  Product,
  RetCode,
} from "../../scripts/model/api-model.js";
import { builtProduct, retCode } from "./built-product.js";
import type { Upgrade } from "./witnesses.js";

type Change = (model: ApiModel) => ApiModel;

const text = { type: "string" };
const item = { type: "object", required: ["Id", "State"], properties: { Id: text, State: text } };
const { product: built } = builtProduct({
  DescribePot: {
    parameters: ["Zone", "ZoneId"].map((name) => ({ name, in: "query", required: true, schema: text })),
    response: { Pots: { type: "array", items: item }, URLs: { type: "array", items: text } },
  },
  GetLid: {},
});
const [pot, lid] = built.actions as [Action, Action];
const download = { function: "downloadPots", links: "URLs" };
const wait = { function: "waitUntilHot", items: "Pots", id: "Id", state: "State", done: ["Hot"], failed: [] };

const brand =
  (part: Partial<Brand>): Change =>
  (model) => ({ ...model, brand: { ...model.brand, ...part } });
const settings =
  (part: Partial<PackageSettings>): Change =>
  (model) =>
    brand({ package: { ...model.brand.package, ...part } })(model);
const product =
  (part: Partial<Product>): Change =>
  (model) => ({ ...model, products: model.products.map((one) => ({ ...one, ...part })) });
const action = (part: Partial<Action>): Change => product({ actions: [{ ...pot, ...part }, lid] });
const named = (name: string) => action({ name, names: namesOf(name) });
const locations = (locationOptions: Brand["locationOptions"]) => brand({ locationOptions });
const sizes = (...values: string[]) =>
  action(
    builtProduct({
      DescribePot: { parameters: [{ name: "Size", in: "query", schema: { ...text, enum: values } }] },
    }).action("DescribePot"),
  );
const codes = (...retCodes: RetCode[]) => product({ retCodes });
const same: Change = (model) => model;

function namesOf(name: string): Action["names"] {
  return builtProduct({ [name]: {} }).action(name).names;
}

const rows: readonly (readonly [rule: RuleName, before: Change, after: Change])[] = [
  ["base-url", same, brand({ baseUrl: "https://other.example.com/" })],
  ["request-id-header", same, brand({ requestIdHeader: "X-Other" })],
  ["environment-prefix", same, brand({ environmentPrefix: "OTHER" })],
  ["profile-file", same, brand({ profileFile: ".other/file.json" })],
  ["package-scope", same, settings({ scope: "@other" })],
  ["package-metadata", same, settings({ license: "ISC" })],
  ["product-title", same, product({ title: "Other" })],
  ["location-option-added", locations({}), locations({ zone: "Zone" })],
  ["location-option-removed", locations({ zone: "Zone" }), locations({})],
  ["location-option-parameter", locations({ zone: "Zone" }), locations({ zone: "ZoneId" })],
  ["action-added", product({ actions: [lid] }), same],
  ["action-removed", same, product({ actions: [lid] })],
  ["action-renamed", same, named("DescribeJar")],
  ["action-renamed-case", named("DescribeIP"), named("DescribeIp")],
  ["action-export-renamed", same, action({ names: { ...pot.names, params: "DescribePotParams2" } })],
  ["download-added", same, action({ download })],
  ["download-removed", action({ download }), same],
  ["download-renamed", action({ download }), action({ download: { ...download, function: "downloadAll" } })],
  ["download-field-changed", action({ download }), action({ download: { ...download, links: "Pots" } })],
  ["wait-added", same, action({ wait })],
  ["wait-removed", action({ wait }), same],
  ["wait-renamed", action({ wait }), action({ wait: { ...wait, function: "waitUntilDone" } })],
  ["wait-changed", action({ wait }), action({ wait: { ...wait, done: ["Warm"] } })],
  ["param-enum-value-added", sizes("S"), sizes("S", "L")],
  ["param-enum-value-removed", sizes("S", "L"), sizes("S")],
  ["retcode-added", codes(), codes(retCode(1))],
  ["retcode-removed", codes(retCode(2)), codes()],
  ["retcode-renamed", codes(retCode(3)), codes(retCode(3, "Other3"))],
  ["retcode-retry-widened", codes(retCode(4)), codes(retCode(4, "Code4", { retry: "always" }))],
  ["retcode-retry-narrowed", codes(retCode(5, "Code5", { retry: "always" })), codes(retCode(5))],
  ["retcode-text", codes(retCode(6)), codes(retCode(6, "Code6", { meaning: "It snored." }))],
];

/** Upgrades that concern more than an action, each with the only rule that changes. */
export function upgradeCases(common: Brand): (Upgrade & { rule: RuleName })[] {
  const start = (name: string): ApiModel => ({ brand: common, products: [{ ...built, name }] });
  const renames = { DescribePot: "DescribeJar" };
  const upgrades = rows.map(([rule, before, after], index) => {
    const name = `pots${index}`;
    return { rule, product: name, before: before(start(name)), after: after(start(name)), renames };
  });
  const [here, there] = [
    { ...built, name: "here" },
    { ...built, name: "there" },
  ];
  const both = (one: Product, other: Product): ApiModel => ({ brand: common, products: [one, other] });
  const before = both(here, { ...there, actions: [lid] });
  const after = both({ ...here, actions: [lid] }, there);
  return [
    ...upgrades,
    { rule: "action-moved-product", product: "here", before, after },
    { rule: "action-moved-here", product: "there", before, after },
  ];
}

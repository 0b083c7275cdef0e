import type { Renames } from "../../scripts/diff/action-pairs.js";
import { load } from "../../scripts/load.js";
import type { Action, ApiModel, Brand, Product, RetCode } from "../../scripts/model/api-model.js";

/** The specification of the tests, which has one action. */
export const model: ApiModel = await load("test/data/spec");
const [product] = model.products as [Product];
/** The action. */
export const [first] = product.actions as readonly [Action];

/** Makes another state of a model. */
export type Edit = (model: ApiModel) => ApiModel;

export const brand =
  (part: Partial<Brand>): Edit =>
  (api) => ({ ...api, brand: { ...api.brand, ...part } });
export const withAction =
  (part: Partial<Action>): Edit =>
  (api) => ({
    ...api,
    products: [{ ...product, actions: [{ ...first, ...part }] }],
  });
export const retCode: RetCode = {
  code: 70001,
  name: "Busy",
  meaning: "Busy.",
  remedy: "Wait.",
  causes: [],
  actions: [],
  retry: "never",
};
export const withRetCodes =
  (...retCodes: RetCode[]): Edit =>
  (api) => ({ ...api, products: [{ ...product, retCodes }] });
/** A RetCode that the gateway has as well, with other content. */
const ownRetCode =
  (own: RetCode): Edit =>
  (api) =>
    brand({ retCodes: [retCode] })(withRetCodes(own)(api));
const called =
  (...names: string[]): Edit =>
  (api) => ({
    ...api,
    products: [{ ...product, actions: names.map((name) => ({ ...first, name })) }],
  });
const inProduct =
  (name: string, part: Partial<Action> = {}): Edit =>
  (api) => ({ ...api, products: [{ ...product, name, actions: [{ ...first, ...part }] }] });
const same: Edit = (api) => api;
const download = { function: "downloadBackup", links: "BackupURL" };
const wait = {
  function: "waitUntilDone",
  items: "Items",
  id: "Id",
  state: "State",
  done: ["Done"],
  failed: [],
};

type ModelCase = readonly [
  what: string,
  before: Edit,
  after: Edit,
  rules: readonly string[],
  renames?: Renames,
];

/** Two states of a model that differ in more than one action, and what changed: the rule and the bump. */
export const modelCases: readonly ModelCase[] = [
  ["nothing", same, same, []],
  ["the gateway", same, brand({ baseUrl: "https://other.example.com/" }), ["base-url major"]],
  ["the header of request ids", same, brand({ requestIdHeader: "X-Id" }), ["request-id-header major"]],
  ["the prefix of variables", same, brand({ environmentPrefix: "OTHER" }), ["environment-prefix major"]],
  ["the file of profiles", same, brand({ profileFile: ".other/file.json" }), ["profile-file major"]],
  [
    "the scope",
    same,
    brand({ package: { ...model.brand.package, scope: "@other" } }),
    ["package-scope major"],
  ],
  [
    "the license",
    same,
    brand({ package: { ...model.brand.package, license: "ISC" } }),
    ["package-metadata patch"],
  ],
  ["the version", same, brand({ package: { ...model.brand.package, version: "9.9.9" } }), []],
  [
    "a new location option",
    brand({ locationOptions: {} }),
    brand({ locationOptions: { zone: "Zone" } }),
    ["location-option-added minor"],
  ],
  [
    "a location option that is gone",
    brand({ locationOptions: { zone: "Zone" } }),
    brand({ locationOptions: {} }),
    ["location-option-removed major"],
  ],
  [
    "the parameter of a location option",
    brand({ locationOptions: { zone: "Zone" } }),
    brand({ locationOptions: { zone: "ZoneId" } }),
    ["location-option-parameter major"],
  ],
  [
    "a location option that is called as every object's constructor",
    brand({ locationOptions: {} }),
    brand({ locationOptions: { constructor: "Zone" } }),
    ["location-option-added minor"],
  ],
  [
    "the title of a product",
    same,
    (api) => ({ ...api, products: [{ ...product, title: "New" }] }),
    ["product-title patch"],
  ],
  ["a new RetCode", withRetCodes(), withRetCodes(retCode), ["retcode-added minor"]],
  ["a RetCode that is gone", withRetCodes(retCode), withRetCodes(), ["retcode-removed major"]],
  ["its name", withRetCodes(retCode), withRetCodes({ ...retCode, name: "New" }), ["retcode-renamed major"]],
  [
    "more retries",
    withRetCodes(retCode),
    withRetCodes({ ...retCode, retry: "always" }),
    ["retcode-retry-widened minor"],
  ],
  [
    "fewer retries",
    withRetCodes({ ...retCode, retry: "always" }),
    withRetCodes(retCode),
    ["retcode-retry-narrowed minor"],
  ],
  [
    "its meaning",
    withRetCodes(retCode),
    withRetCodes({ ...retCode, meaning: "New." }),
    ["retcode-text patch"],
  ],
  [
    "a RetCode of the gateway",
    brand({ retCodes: [] }),
    brand({ retCodes: [retCode] }),
    ["retcode-added minor"],
  ],
  [
    "a product's own version of a RetCode of the gateway",
    ownRetCode(retCode),
    ownRetCode({ ...retCode, name: "Own", retry: "always" }),
    ["retcode-renamed major", "retcode-retry-widened minor"],
  ],
  [
    "its retries",
    ownRetCode({ ...retCode, retry: "idempotent" }),
    ownRetCode({ ...retCode, retry: "always" }),
    ["retcode-retry-widened minor"],
  ],
  ["a new download", withAction({ download: undefined }), withAction({ download }), ["download-added minor"]],
  [
    "a download that is gone",
    withAction({ download }),
    withAction({ download: undefined }),
    ["download-removed major"],
  ],
  [
    "its function",
    withAction({ download }),
    withAction({ download: { ...download, function: "get" } }),
    ["download-renamed major"],
  ],
  [
    "its field",
    withAction({ download }),
    withAction({ download: { ...download, links: "URLs" } }),
    ["download-field-changed major"],
  ],
  ["a new wait", withAction({ wait: undefined }), withAction({ wait }), ["wait-added minor"]],
  ["a wait that is gone", withAction({ wait }), withAction({ wait: undefined }), ["wait-removed major"]],
  [
    "the function that waits",
    withAction({ wait }),
    withAction({ wait: { ...wait, function: "until" } }),
    ["wait-renamed major"],
  ],
  [
    "the states that it waits for",
    withAction({ wait }),
    withAction({ wait: { ...wait, done: ["Ok"] } }),
    ["wait-changed minor"],
  ],
  [
    "a state of failure in which it is done now",
    withAction({ wait: { ...wait, failed: ["Lost"] } }),
    withAction({ wait: { ...wait, done: ["Done", "Lost"] } }),
    ["wait-changed minor"],
  ],
  [
    "the order of the states that it waits for",
    withAction({ wait: { ...wait, done: ["Done", "Ok"] } }),
    withAction({ wait: { ...wait, done: ["Ok", "Done"] } }),
    [],
  ],
  [
    "the list that it waits for",
    withAction({ wait }),
    withAction({ wait: { ...wait, items: "Others" } }),
    ["wait-changed major"],
  ],
  [
    "an exported name",
    same,
    withAction({ names: { ...first.names, params: "Params2" } }),
    ["action-export-renamed major"],
  ],
  ["another case of its name", called("DescribeIP"), called("DescribeIp"), ["action-renamed-case major"]],
  [
    "another name",
    called("DescribeOld"),
    called("DescribeNew"),
    ["action-removed major", "action-added minor"],
  ],
  [
    "another name that the configuration lists",
    called("DescribeOld"),
    called("DescribeNew"),
    ["action-renamed major"],
    { DescribeOld: "DescribeNew" },
  ],
  [
    "names of two actions, of which the configuration lists the same new one",
    called("DescribeOld", "DescribeOlder"),
    called("DescribeNew"),
    ["action-removed major", "action-renamed major"],
    { DescribeOld: "DescribeNew", DescribeOlder: "DescribeNew" },
  ],
  [
    "an action of another product that has no more than the name in common",
    inProduct("umem"),
    inProduct("redis", { summary: "Another one", parameters: [], responseModel: "" }),
    ["action-added minor", "action-removed major"],
  ],
  [
    "another product, with another summary",
    inProduct("umem"),
    inProduct("redis", { summary: "Another one" }),
    ["action-docs patch", "action-moved-here minor", "action-moved-product major"],
  ],
  [
    "another product",
    inProduct("umem"),
    inProduct("redis"),
    ["action-moved-here minor", "action-moved-product major"],
  ],
  [
    "another product, with other retries and parameters",
    inProduct("umem"),
    inProduct("redis", { retrySafe: !first.retrySafe, parameters: [] }),
    [
      "action-moved-here minor",
      "action-moved-product major",
      first.retrySafe ? "retry-safe-off minor" : "retry-safe-on minor",
      ...first.parameters.map(() => "param-removed major"),
    ],
  ],
];

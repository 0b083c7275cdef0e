import type { Action, Brand, GeneratedFile, Product } from "../model/api-model.js";
import { requestCases } from "./contract-requests.js";
import { gatewayResponses, responseCases, retCodeResponse } from "./contract-responses.js";
import type { Templates } from "./templates.js";

/** The action of cases that do not depend on the action. Its name says that it is retry-safe. */
const anyAction = "DescribeContractCase";

/**
 * The contract cases of a product, for tests of clients in any language: a file for each action, and one of the RetCodes that any
 * of them can return. `templates/contract/README.md.hbs` describes the format.
 *
 * What a response means is derived from the model, without the runtime. Flat names, values and signatures of requests are those
 * of the runtime, which has the one implementation of the algorithm. They prove something all the same: the Python program of
 * the tests (`test/python/cases.py`) derives them on its own, and the cases of `wire-format.json` were not computed by the
 * runtime.
 */
export function emitContractCases(
  brand: Brand,
  { name, title, actions, retCodes }: Product,
): GeneratedFile[] {
  const files = actions.map((action) => actionCases(brand, name, action));
  const own = retCodes.filter((one) => one.actions.length === 0 && !brand.retCodes.includes(one));
  if (own.length === 0) return files;
  const cases = {
    documentation: `RetCodes that any action of ${title} can return.`,
    product: name,
    ...settings(brand, anyAction, true),
    requests: [],
    responses: own.map((retCode) => retCodeResponse(anyAction, true, retCode)),
  };
  return [...files, { path: `contract/${name}.retcodes.json`, content: print(cases) }];
}

function actionCases(brand: Brand, product: string, action: Action): GeneratedFile {
  const { name, retrySafe, documentPath } = action;
  const cases = {
    documentation: `Requests and responses of ${name}, as described in ${documentPath}.`,
    product,
    ...settings(brand, name, retrySafe),
    requests: requestCases(brand, action),
    responses: responseCases(action),
  };
  return { path: `contract/${product}/${name}.json`, content: print(cases) };
}

/** The contract cases that all products share, the description of the format and its schema. */
export function emitSharedCases(brand: Brand, templates: Templates): GeneratedFile[] {
  const cases = {
    documentation: `RetCodes that the gateway of ${brand.name} can return for any action.`,
    ...settings(brand, anyAction, true),
    requests: [],
    responses: gatewayResponses(brand, anyAction),
  };
  const copied = ["cases.schema.json", "wire-format.json"];
  const view = { brand: brand.name, header: brand.requestIdHeader };
  return [
    { path: "contract/common.json", content: print(cases) },
    ...copied.map((file) => ({ path: `contract/${file}`, content: templates.text(`contract/${file}`) })),
    { path: "contract/README.md", content: templates.render("contract/README.md.hbs", view) },
  ];
}

/** What applies to all cases of a file. */
function settings(
  { baseUrl, requestIdHeader, exampleCredentials: credentials }: Brand,
  action: string,
  retrySafe: boolean,
) {
  return { action, retrySafe, baseUrl, requestIdHeader, credentials };
}

function print(cases: object): string {
  return `${JSON.stringify(cases, null, 2)}\n`;
}

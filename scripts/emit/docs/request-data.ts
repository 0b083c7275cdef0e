import type { RequestData, SiteData } from "../../../templates/docs/script/request-data.js";
import { isReadOnly } from "../../../templates/runtime/operation.js";
import type { Action, Brand, Field, Product, Type } from "../../model/api-model.js";
import { envelope, modelsOf, responseFields } from "../../model/fields.js";
import { packageName } from "../../model/names.js";
import { operationOf } from "../operation-fields.js";
import { sampleParameters } from "./sample-values.js";

/** What samples and the request builder need to know of an action. */
export function requestData(brand: Brand, product: Product, action: Action): RequestData {
  const { parameters, models } = operationOf(action);
  const { paging, download } = action;
  const [result] = responseFields(action).filter(({ name }) => !envelope.includes(name));
  return {
    action: action.name,
    isRead: isReadOnly(action.name) && action.retrySafe,
    parameters,
    models,
    choices: Object.fromEntries([
      ...choicesOf("", action.parameters),
      ...modelsOf(action, action.parameters).flatMap(({ name, fields }) => choicesOf(`${name}.`, fields)),
    ]),
    sample: sampleParameters(action),
    client: {
      package: packageName(brand.package.scope, product.name),
      function: action.names.function,
      params: action.names.params,
      result: download?.links ?? paging?.items ?? result?.name ?? "",
      isPaged: paging !== undefined,
      download: download?.function ?? "",
    },
  };
}

/** What the samples of all actions share. */
export function siteData({ baseUrl, environmentPrefix, requestIdHeader, docs }: Brand): SiteData {
  return { baseUrl, environmentPrefix, endpoint: docs.endpoint, requestIdHeader };
}

function choicesOf(prefix: string, fields: readonly Field[]) {
  return fields.flatMap(({ name, type }) => {
    const values = listedValues(type);
    return values === undefined ? [] : [[`${prefix}${name}`, values] as const];
  });
}

/** The known values of an enumeration, or of the items of a list. */
function listedValues(type: Type): readonly (string | number)[] | undefined {
  if (type.kind === "array") return listedValues(type.items);
  if (type.kind === "enum") return type.values;
  const isChoice = type.kind === "const" && ["string", "number"].includes(typeof type.value);
  return isChoice ? [type.value as string | number] : undefined;
}

import type { CreateClient } from "../../scripts/contract/replay.js";
import { operationOf } from "../../scripts/emit/operation-fields.js";
import type { ApiModel } from "../../scripts/model/api-model.js";
import { connect } from "../../templates/runtime/connection.js";

/** Client with the actions of a model, which calls them as the generated client of that model does. */
export function modelClient({ brand, products }: ApiModel): CreateClient {
  const { baseUrl, environmentPrefix, requestIdHeader } = brand;
  const settings = { baseUrl, environmentPrefix, requestIdHeader, userAgent: "test", locations: {} };
  return (options) => {
    const connection = connect(options, settings);
    const actions = products.flatMap((product) => product.actions);
    return Object.fromEntries(
      actions.map((action) => [
        action.names.function,
        (params: object) => connection.call(operationOf(action), params),
      ]),
    );
  };
}

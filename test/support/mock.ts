import { onTestFinished } from "vitest";
import type { Recording } from "../../scripts/contract/recording.js";
import { sampleParameters } from "../../scripts/emit/docs/sample-values.js";
import { operationOf } from "../../scripts/emit/operation-fields.js";
import { type MockServerOptions, startMock } from "../../scripts/mock/server.js";
import type { Action, ApiModel } from "../../scripts/model/api-model.js";
import { type ConnectionOptions, connect } from "../../templates/runtime/connection.js";

interface MockOptions extends Partial<MockServerOptions> {
  readonly recordings?: readonly Recording[];
  /** Options of the client. */
  readonly client?: ConnectionOptions;
}

/** Starts a mock gateway that is stopped when the test finishes, and a client of it that retries without a delay. */
export async function startMockOf(api: ApiModel, { recordings = [], client, ...options }: MockOptions = {}) {
  const log: string[] = [];
  const { baseUrl, close } = await startMock(api, recordings, {
    port: 0,
    log: (line) => log.push(line),
    ...options,
  });
  onTestFinished(close);
  const { exampleCredentials: credentials, requestIdHeader } = api.brand;
  const connection = connect(
    { credentials, baseUrl, retryDelay: () => 0, ...client },
    { baseUrl, environmentPrefix: "TEST", requestIdHeader, userAgent: "test", locations: {} },
  );
  return {
    baseUrl,
    log,
    connection,
    /** Calls an action. @param params default: those of its samples. */
    call: (action: Action, params: object = sampleParameters(action)) =>
      connection.call<object, Record<string, unknown>>(operationOf(action), params),
  };
}

/** The only action of a name. @throws Error if there is none. */
export function actionNamed({ products }: ApiModel, name: string): Action {
  const action = products.flatMap(({ actions }) => actions).find((one) => one.name === name);
  if (action === undefined) throw new Error(`there is no action ${name}`);
  return action;
}

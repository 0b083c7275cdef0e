import { createFakeGateway, type FakeGateway } from "../../templates/runtime/testing/gateway.js";
import { createChooser, replyOf } from "../../templates/runtime/testing/recording.js";
import {
  delayed,
  type FakeCall,
  fail,
  type HttpResponse,
  httpResponse,
  MockReply,
} from "../../templates/runtime/testing/replies.js";
import type { Recording } from "../contract/recording.js";
import { operationOf } from "../emit/operation-fields.js";
import type { Action, ApiModel } from "../model/api-model.js";
import { type Failure, failuresOf } from "./failures.js";
import { synthesize } from "./synthesize.js";

/** Response header with the file that the response was recorded in, percent-encoded. */
export const recordingHeader = "X-Actiongen-Recording";

/**
 * Response header of a response that was not recorded: `example` or `schema`, which it was made from, or the failure that was
 * asked for, such as `retcode:150`.
 */
export const responseHeader = "X-Actiongen-Response";

/** Value of {@link responseHeader} of a response that must not be sent entirely. */
export const broken = "broken";

type Respond = (params: object, call: FakeCall) => MockReply;

/** The actions of all products by name: if several products have one, that of the first. */
export function actionsByName({ products }: Pick<ApiModel, "products">): ReadonlyMap<string, Action> {
  const byName = new Map<string, Action>();
  for (const action of products.flatMap(({ actions }) => actions))
    if (!byName.has(action.name)) byName.set(action.name, action);
  return byName;
}

/**
 * Creates a fake gateway that has every action of an API. It responds with the closest recording, or with a response that it
 * makes when it is called.
 *
 * @param downloads URL of the folder that links lead to, ends in `/`.
 */
export function createMockGateway(
  api: ApiModel,
  recordings: readonly Recording[],
  failures: readonly Failure[],
  downloads: string,
): FakeGateway {
  const { exampleCredentials: credentials, requestIdHeader } = api.brand;
  const gateway = createFakeGateway({ credentials, requestIdHeader });
  const choose = createChooser(recordings, "closest");
  const recorded = new Set(recordings.map(({ parameters }) => parameters.get("Action")));
  const fromRecording: Respond = (_, call) => {
    const { headers, file, ...rest } = choose(call);
    return replyOf({ ...rest, headers: [...headers, [recordingHeader, encodeURI(file)]] });
  };
  for (const action of actionsByName(api).values()) {
    const synthesized: Respond = (params) => {
      const { body, origin } = synthesize(action, params as Record<string, unknown>, downloads);
      return jsonResponse(body, origin);
    };
    const respond = recorded.has(action.name) ? fromRecording : synthesized;
    gateway.on(operationOf(action), failing(respond, action, failures));
  }
  return gateway;
}

/** Responds with the failures of an action, in place of the responses to the calls that they are for. */
function failing(respond: Respond, action: Action, failures: readonly Failure[]): Respond {
  const next = failuresOf(action.name, failures);
  return (params, call) => {
    const failure = next();
    if (failure === undefined) return respond(params, call);
    const { kind, value, text } = failure;
    switch (kind) {
      case "delay":
        return delayed(value, respond(params, call));
      case "http":
        return httpResponse(value, `HTTP ${value}\n`, {
          "Content-Type": "text/plain",
          [responseHeader]: text,
        });
      case "retcode": {
        const meaning = action.retCodes.find(({ code }) => code === value)?.meaning;
        return withOrigin(fail(value, meaning), text);
      }
      case "broken":
        return withOrigin(respond(params, call), broken);
    }
  };
}

function jsonResponse(body: object, origin: string): MockReply {
  const headers = { "Content-Type": "application/json", [responseHeader]: origin };
  return httpResponse(200, JSON.stringify(body), headers);
}

/** A reply whose header names another origin. */
function withOrigin({ write, delay }: MockReply, origin: string): MockReply {
  const isOther = ([name]: HttpResponse["headers"][number]) =>
    ![responseHeader, recordingHeader].includes(name);
  return new MockReply((action) => {
    const { headers, ...rest } = write(action);
    return { ...rest, headers: [...headers.filter(isOther), [responseHeader, origin]] };
  }, delay);
}

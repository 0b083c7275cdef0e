import type { AnyOperation, Fields } from "../../templates/runtime/operation.js";
import { queryOf, tryFlatten } from "../../templates/runtime/parameters.js";
import { formType, maxUrlLength } from "../../templates/runtime/send.js";
import { sign, signedNames, stringToSign, withCredentials } from "../../templates/runtime/signature.js";
import type { Action, Brand } from "../model/api-model.js";
import { mapValues } from "../openapi/pointer.js";
import { allParameters, requiredParameters, unusualParameters } from "./contract-values.js";
import { operationOf } from "./operation-fields.js";

type Params = Readonly<Record<string, unknown>>;

/** A call, and the request that a client must send for it. */
interface RequestCase {
  readonly id: string;
  readonly documentation: string;
  readonly params: Params;
  /** Flat names of the parameters that are encoded in base64; left out if there are none. */
  readonly base64?: readonly string[];
  /** What is signed, in the order of the signature. */
  readonly flat: Readonly<Record<string, string>>;
  /** Without the private key at its end. */
  readonly stringToSign: string;
  readonly signature: string;
  /** The request by each method that can send it. */
  readonly http: readonly object[];
}

/** Requests of an action. Calls with equal parameters are one case. */
export function requestCases(brand: Brand, action: Action): RequestCase[] {
  const calls = [
    ["required-parameters", "The required parameters only.", requiredParameters(action)],
    ["all-parameters", "Every parameter.", allParameters(action)],
    [
      "unusual-values",
      "Values that clients get wrong, and lists of eleven items.",
      unusualParameters(action),
    ],
  ] as const;
  const printed = calls.map(([, , params]) => JSON.stringify(params));
  const different = calls.filter((_, index) => printed.indexOf(printed[index] as string) === index);
  const operation = operationOf(action);
  return different.flatMap(([id, documentation, params]) => {
    const request = requestOf(brand, operation, params);
    return request === undefined ? [] : [{ id, documentation, params, ...request }];
  });
}

/** @returns `undefined` if the parameters cannot be sent: those of a list that can only contain itself have no values. */
function requestOf(
  { baseUrl, exampleCredentials }: Brand,
  operation: AnyOperation,
  params: Params,
): Omit<RequestCase, "id" | "documentation" | "params"> | undefined {
  const { flat, issues } = tryFlatten(params, operation);
  if (issues.length > 0) return undefined;
  const covered = withCredentials(flat, exampleCredentials);
  const signature = sign(covered, exampleCredentials.privateKey);
  const sorted = new Map(signedNames(covered).map((name) => [name, covered.get(name) as string]));
  const query = queryOf(new Map([...sorted, ["Signature", signature]]));
  const encoded = namesInBase64(params, operation, flat);
  const url = `${baseUrl}?${query}`;
  const form = { method: "POST", url: baseUrl, headers: { "content-type": formType }, body: query };
  return {
    ...(encoded.length > 0 && { base64: encoded }),
    flat: Object.fromEntries(sorted),
    stringToSign: stringToSign(covered, ""),
    signature,
    // A client sends a longer request as a form, whatever its method.
    http: url.length > maxUrlLength ? [form] : [{ method: "GET", url }, form],
  };
}

function namesInBase64(params: Params, operation: AnyOperation, flat: ReadonlyMap<string, string>): string[] {
  const asStrings = (fields: Fields) => mapValues(fields, (type) => type.replace(/^base64/, "string"));
  const { action, parameters, models } = operation;
  const types = { action, parameters: asStrings(parameters), models: mapValues(models, asStrings) };
  const plain = tryFlatten(params, types).flat;
  return [...flat.keys()].filter((name) => flat.get(name) !== plain.get(name));
}

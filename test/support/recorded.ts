import type { Finding } from "../../scripts/contract/finding.js";
import { parseRecordings, type Recording } from "../../scripts/contract/recording.js";
import { verifyRecording } from "../../scripts/contract/verify.js";
import { Diagnostics, formatDiagnostics } from "../../scripts/diagnostic.js";
import type { ApiModel } from "../../scripts/model/api-model.js";
import { queryOf } from "../../templates/runtime/parameters.js";
import { signParameters } from "../../templates/runtime/signature.js";
import { modelClient } from "./model-client.js";

/** What a capture contains beside its parameters and its body. */
export interface Captured {
  readonly response?: object;
  readonly credentials?: { readonly publicKey: string; readonly privateKey: string };
}

/** HAR of a captured call, signed with the example key pair unless another one is passed. */
export function captured(
  { brand }: Pick<ApiModel, "brand">,
  parameters: Readonly<Record<string, string>>,
  body: unknown,
  { response = {}, credentials = brand.exampleCredentials }: Captured = {},
): string {
  const signed = signParameters(new Map(Object.entries(parameters)), credentials);
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const headers = [{ name: "Content-Type", value: "application/json" }];
  const entry = {
    request: { method: "GET", url: `${brand.baseUrl}?${queryOf(signed)}` },
    response: { status: 200, headers, content: { mimeType: "application/json", text }, ...response },
  };
  return JSON.stringify({ log: { version: "1.2", entries: [entry] } });
}

/**
 * Findings about a HAR, with the client that a model results in.
 *
 * @param changes to its recordings.
 * @throws Error if the HAR has problems.
 */
export async function findingsOf(
  api: ApiModel,
  har: string,
  changes: Partial<Recording> = {},
): Promise<Finding[]> {
  const diagnostics = new Diagnostics();
  const { recordings } = parseRecordings({ path: "har", text: har }, diagnostics);
  if (diagnostics.list.length > 0) throw new Error(formatDiagnostics(diagnostics.list));
  const found = recordings.map((one) => verifyRecording({ ...one, ...changes }, api, modelClient(api)));
  return (await Promise.all(found)).flat();
}

import { tryFlatten } from "../../../runtime/parameters.js";
import type { RequestData, SiteData } from "../request-data.js";

/** Parameters of a call: nested, and not encoded in base64. */
export type SampleParameters = Readonly<Record<string, unknown>>;

/** Writes a program that makes a call. */
export type SampleWriter = (data: RequestData, site: SiteData, parameters: SampleParameters) => string;

/** The names and values of a call on the wire, `Action` first; a value that cannot be sent is omitted. */
export function wireParameters(data: RequestData, parameters: SampleParameters): Map<string, string> {
  return tryFlatten(parameters, data).flat;
}

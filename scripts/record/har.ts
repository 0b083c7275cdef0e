import { STATUS_CODES } from "node:http";
import type { Entry } from "har-format";
import { queryOf } from "../../templates/runtime/parameters.js";
import { formType } from "../../templates/runtime/send.js";
import { signParameters } from "../../templates/runtime/signature.js";
import { recordedDocument } from "../contract/staleness.js";
import type { Brand } from "../model/api-model.js";
import { toolkitPackage } from "../toolkit.js";
import type { Exchange } from "./exchange.js";

/** A recording of a call without anything private: HAR 1.2, signed with the published key pair. */
export function recordingOf(exchange: Exchange, brand: Brand): string {
  const har = {
    log: {
      version: "1.2",
      creator: { name: "actiongen", version: toolkitPackage.version },
      comment: "Recorded from the API. Everything that may be private was replaced before it was saved.",
      _origin: "captured",
      _document: recordedDocument(exchange.action),
      entries: [entryOf(exchange, brand)],
    },
  };
  return `${JSON.stringify(har, null, 2)}\n`;
}

function entryOf(
  { method, parameters, status, headers, body, startedAt, time }: Exchange,
  brand: Brand,
): Entry {
  const signed = signParameters(parameters, brand.exampleCredentials);
  const pairs = [...signed].map(([name, value]) => ({ name, value }));
  const isForm = method === "POST";
  const query = queryOf(signed);
  const size = Buffer.byteLength(body);
  const named = headers.map(([name, value]) => ({ name, value }));
  const type = named.find(({ name }) => name.toLowerCase() === "content-type")?.value ?? "";
  const unknown = { httpVersion: "HTTP/1.1", cookies: [], headersSize: -1 };
  return {
    startedDateTime: startedAt,
    time,
    request: {
      method,
      url: isForm ? brand.baseUrl : `${brand.baseUrl}?${query}`,
      ...unknown,
      headers: isForm ? [{ name: "Content-Type", value: formType }] : [],
      queryString: isForm ? [] : pairs,
      ...(isForm && { postData: { mimeType: formType, text: query } }),
      bodySize: isForm ? query.length : 0,
    },
    response: {
      status,
      statusText: STATUS_CODES[status] ?? "",
      ...unknown,
      headers: named,
      content: { size, mimeType: type, text: body },
      redirectURL: "",
      bodySize: size,
    },
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
  };
}

import { queryOf } from "../../../runtime/parameters.js";
import { element, root } from "../dom.js";
import { message } from "../messages.js";
import { indentJson } from "./value.js";

/** A signed request of the builder. */
export interface BuiltRequest {
  readonly method: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Sends a request. @returns what to show of the response, or of the failure. */
export async function send(
  endpoint: string,
  { method, parameters }: BuiltRequest,
  requestIdHeader: string,
  signal: AbortSignal,
): Promise<Node[]> {
  const query = queryOf(parameters);
  const isPost = method === "POST";
  try {
    const response = await fetch(isPost ? endpoint : `${endpoint}?${query}`, {
      method,
      body: isPost ? new URLSearchParams(query) : null,
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      // A redirect could take the signed request to another host.
      redirect: "error",
      signal,
    });
    return describe(response.status, response.headers.get(requestIdHeader), await response.text());
  } catch (error) {
    if (signal.aborted) throw error;
    return [
      message("p", "No response arrived, and browsers do not say why.", { class: "problem" }),
      message(
        "p",
        "The network may be offline, the gateway may not accept requests from this page (CORS), or an extension may block them. Unless the action only reads, check whether the call took effect.",
      ),
    ];
  }
}

function describe(status: number, requestId: string | null, body: string): Node[] {
  const { RetCode, Message } = parse(body);
  const isError = RetCode !== undefined && Number(RetCode) !== 0;
  const facts = [`HTTP ${status}`];
  if (RetCode !== undefined) facts.push(`RetCode ${RetCode}`);
  if (requestId !== null) facts.push(requestId);
  return [
    element("p", { class: isError ? "problem" : "good" }, facts.join(" · ")),
    ...(isError ? [explanation(String(RetCode), Message)] : []),
    element("pre", { class: "wrap", tabindex: "0" }, indentJson(body)),
  ];
}

function explanation(retCode: string, text: unknown): Node {
  const link = message("a", "Causes and fixes of this RetCode", {
    href: `${root()}errors.html#${encodeURIComponent(retCode)}`,
  });
  return element("p", {}, typeof text === "string" ? `${text} ` : "", link);
}

function parse(body: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(body) ?? {};
  } catch {
    return {};
  }
}

import type { FetchInit } from "../platform.js";

/** The parameters of a signed request: those of its query, and of its form where it is a POST. @throws Error for a request that no client makes. */
export function readRequest(url: string, init: FetchInit): Map<string, string> {
  const { method, headers, body } = init;
  if (method !== "GET" && method !== "POST")
    throw new Error(`the request is a ${method}, not a GET or a POST`);
  const pairs = [...new URL(url).searchParams];
  if (method === "POST") {
    const type = Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
    if (!/^application\/x-www-form-urlencoded\b/i.test(type))
      throw new Error(`the body of the POST is no form (Content-Type ${JSON.stringify(type)})`);
    pairs.push(...new URLSearchParams(body ?? ""));
  }
  const parameters = new Map(pairs);
  const names = pairs.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`the parameter ${twice} is sent twice`);
  return parameters;
}

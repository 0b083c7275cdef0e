import { signingParameters } from "../signature.js";
import { type FakeCall, type HttpAnswer, Reply } from "./replies.js";

type Pairs = readonly { readonly name: string; readonly value: string }[];

/** As much of an HTTP archive (HAR 1.2) as is read: a file of one, parsed. */
export interface HttpArchive {
  readonly log: {
    readonly entries: readonly {
      readonly request: {
        readonly url: string;
        readonly postData?: { readonly text?: string | undefined } | undefined;
      };
      readonly response: {
        readonly status: number;
        readonly headers: Pairs;
        readonly content: {
          readonly text?: string | undefined;
          readonly encoding?: string | undefined;
        };
      };
    }[];
  };
}

/** Which recorded requests a call may be answered from. */
export interface MatchOptions {
  /** Those with the same parameters, or all of the same action. Default: `parameters`. */
  readonly match?: "parameters" | "action" | undefined;
}

/**
 * Answers from a recording. Where several of its requests match, they answer in turn, and the last again and again.
 *
 * @returns what `on` takes as an answer. A call that no recorded request matches fails, and says what was recorded.
 */
export function fromRecording(
  archive: HttpArchive,
  { match = "parameters" }: MatchOptions = {},
): (params: object, call: FakeCall<never>) => Reply {
  const recorded = archive.log.entries.map(({ request, response }) => ({
    ...requestOf(request),
    reply: new Reply(() => answerOf(response)),
  }));
  const used = new Map<string, number>();
  return (_, { action, parameters }) => {
    const asked = textOf(parameters);
    const own = recorded.filter((one) => one.action === action);
    const fitting = match === "action" ? own : own.filter((one) => textOf(one.parameters) === asked);
    const key = match === "action" ? action : `${action} ${asked}`;
    const turn = used.get(key) ?? 0;
    used.set(key, turn + 1);
    const chosen = fitting[Math.min(turn, fitting.length - 1)];
    if (chosen !== undefined) return chosen.reply;
    const known = own.map((one) => textOf(one.parameters)).join(" or ");
    throw new Error(
      `${action} was recorded with ${known || "no parameters at all, since it was not recorded"}, and is called with ${asked}.`,
    );
  };
}

function requestOf({ url, postData }: HttpArchive["log"]["entries"][number]["request"]) {
  const pairs = [...new URL(url).searchParams, ...new URLSearchParams(postData?.text ?? "")];
  const action = pairs.find(([name]) => name === "Action")?.[1] ?? "";
  const own = pairs.filter(([name]) => name !== "Action" && !signingParameters.includes(name));
  return { action, parameters: Object.fromEntries(own) };
}

/** Without what says how the body went over the wire: it is there decoded. */
function answerOf({
  status,
  headers,
  content,
}: HttpArchive["log"]["entries"][number]["response"]): HttpAnswer {
  const { text = "", encoding } = content;
  const kept = headers.filter(
    ({ name }) => !/^(?:content-(?:encoding|length)|transfer-encoding)$/i.test(name),
  );
  return {
    status,
    headers: Object.fromEntries(kept.map(({ name, value }) => [name, value])),
    body: encoding === "base64" ? decoded(text) : text,
  };
}

function decoded(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
}

function textOf(parameters: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1))));
}

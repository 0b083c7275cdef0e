import { sha1 } from "../../../runtime/sha1.js";
import { signedNames } from "../../../runtime/signature.js";

/** A mistake that leads to a wrong signature. */
export interface Mistake {
  readonly message: string;
  /** What the message is about, such as the name of a parameter; `""` if the message says it all. */
  readonly subject: string;
  /** The section of the signing page that explains it. */
  readonly section: "encoding" | "order" | "count" | "indices" | "key";
}

/** A signed request as it arrived, and the key pair that it should be signed with. */
export interface SignedRequest {
  /** Parameters in the order in which they arrived. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly signature: string;
  readonly publicKey: string;
  readonly privateKey: string;
}

/** A way to do one step of signing: the correct one first, then mistakes. */
type Variant<Step> = readonly [step: Step, section?: Mistake["section"], message?: string, subject?: string];

type Pairs = ReadonlyMap<string, string>;

/**
 * Finds the mistakes that lead from a request to its signature, at most two at a time.
 *
 * @returns no mistakes if the signature is correct; `undefined` if none of the known ones explains it.
 */
export function findMistakes(request: SignedRequest): Mistake[] | undefined {
  const { signature } = request;
  const given = signature.toLowerCase();
  const inCapitals: Mistake[] =
    given === signature
      ? []
      : [{ section: "encoding", message: "The signature must be in lower case.", subject: "" }];
  for (const { string, mistakes } of candidates(request)) {
    if (sha1(string) === given) return [...mistakes, ...inCapitals];
  }
  return undefined;
}

/** Strings that may have been signed, those with the fewest mistakes first. */
function* candidates(request: SignedRequest): Generator<{ string: string; mistakes: Mistake[] }> {
  const coverages = coveragesOf(request);
  const keys = keysOf(request);
  for (const count of [0, 1, 2]) {
    for (const coverage of coverages)
      for (const order of orders)
        for (const encoding of encodings)
          for (const join of joins)
            for (const key of keys) {
              const mistakes = [coverage, order, encoding, join, key].flatMap(
                ([, section, message = "", subject = ""]) => (section ? [{ section, message, subject }] : []),
              );
              if (mistakes.length !== count) continue;
              const pairs = coverage[0];
              const written = order[0](pairs).map(
                (name) => [name, encoding[0](pairs.get(name) ?? "")] as const,
              );
              yield { string: key[0](join[0](written)), mistakes };
            }
  }
}

function coveragesOf({ parameters, publicKey }: SignedRequest): Variant<Pairs>[] {
  const renamed = (change: (name: string) => string) =>
    new Map([...parameters].map(([name, value]) => [change(name), value]));
  const shifted = (by: number) =>
    renamed((name) => name.replace(/\.(\d+)/g, (_, index) => `.${Number(index) + by}`));
  const hasIndices = [...parameters.keys()].some((name) => /\.\d/.test(name));
  return [
    [parameters],
    ...[...parameters.keys()].map((name): Variant<Pairs> => {
      const rest = new Map(parameters);
      rest.delete(name);
      return [rest, "count", "A parameter is sent that was not signed:", name];
    }),
    [new Map([...parameters, ["Signature ", ""]]), "count", "The signature covers itself."],
    ...(hasIndices
      ? ([
          [
            shifted(1),
            "indices",
            "The indices of arrays started at 1 when signing, but start at 0 in the request.",
          ],
          [
            shifted(-1),
            "indices",
            "The indices of arrays started at 0 when signing, but start at 1 in the request.",
          ],
          [
            renamed((name) => name.replace(/\.(\d+)/g, "[$1]")),
            "indices",
            "The indices of arrays were written in brackets when signing.",
          ],
          [
            renamed((name) => name.replace(/\.(\d+)/g, "")),
            "indices",
            "The names were signed without the indices of arrays.",
          ],
        ] as const)
      : []),
    ...(publicKey && parameters.get("PublicKey") !== publicKey
      ? ([
          [
            new Map([...parameters, ["PublicKey", publicKey]]),
            "key",
            "The request was signed with the public key of your key pair, but sent with another one.",
          ],
        ] as const)
      : []),
  ];
}

const orders: readonly Variant<(pairs: Pairs) => string[]>[] = [
  [signedNames],
  [(pairs) => [...pairs.keys()], "order", "The parameters were not sorted."],
  [
    (pairs) => [...pairs.keys()].sort((a, b) => a.localeCompare(b, "en", { numeric: true })),
    "order",
    "The indices of arrays were sorted as numbers.",
  ],
  [
    (pairs) => [...pairs.keys()].sort((a, b) => a.localeCompare(b, "en")),
    "order",
    "The parameters were sorted as in a dictionary, not in byte order.",
  ],
];

const encoded = "The values were URL-encoded before signing.";

const encodings: readonly Variant<(value: string) => string>[] = [
  [(value) => value],
  [encodeURIComponent, "encoding", encoded],
  [(value) => new URLSearchParams([["", value]]).toString().slice(1), "encoding", encoded],
  [
    (value) => value.replaceAll(" ", "+"),
    "encoding",
    "A + was sent without encoding, which means a space: send %2B.",
  ],
];

const joins: readonly Variant<(pairs: readonly (readonly [string, string])[]) => string>[] = [
  [(pairs) => pairs.flat().join("")],
  [
    (pairs) => pairs.map((pair) => pair.join("=")).join("&"),
    "encoding",
    "The query was signed, with its = and &, instead of names and values.",
  ],
];

function keysOf({ publicKey, privateKey }: SignedRequest): Variant<(pairs: string) => string>[] {
  return [
    [(pairs) => pairs + privateKey],
    [(pairs) => pairs, "key", "The private key was left out."],
    [(pairs) => pairs + publicKey, "key", "The public key was used in place of the private key."],
    [(pairs) => privateKey + pairs, "key", "The private key was put first; it belongs at the end."],
    [(pairs) => `${pairs}${privateKey}\n`, "key", "A line break follows the private key."],
  ];
}

import { readDefault } from "./default.js";
import { readEnumeration } from "./enumeration.js";
import { isConditional, plainText, type ScalarKind, sentenceBefore } from "./text.js";

/** Kind of fact that prose can mention. */
export type Aspect = "enumeration" | "default" | "range" | "deprecation" | "base64";

/** Machine-readable facts of a description. */
export interface ProseFacts {
  /** Values of an enumeration; `[]` if there is none. */
  readonly values: readonly (string | number)[];
  readonly default: string | number | boolean | undefined;
  readonly range: Pair | undefined;
  readonly length: Pair | undefined;
  readonly deprecated: boolean;
  readonly base64: boolean;
  /** Aspects that the prose mentions in a form that cannot be understood reliably. */
  readonly unclear: readonly Aspect[];
}

/** Far above the length of any real cell. The search takes quadratic time. */
const maxLength = 10_000;

/**
 * Reads the facts of a description. Ambiguous prose yields no fact: a wrong fact does more harm than a missing one.
 *
 * @param kind type of the field, or of the items of an array.
 */
export function readFacts(description: string, kind: ScalarKind): ProseFacts {
  const text = plainText(description.slice(0, maxLength));
  const values = readEnumeration(text, kind);
  const isNumber = kind === "integer" || kind === "number";
  const range = isNumber ? (onlyPair(text, rangeMarker) ?? onlyPair(text, bareRange)) : undefined;
  const anyLength = kind === "string" ? onlyPair(text, lengthMarker) : undefined;
  const length = anyLength !== undefined && anyLength[0] >= 0 ? anyLength : undefined;
  const { value, isUnclear: isDefaultUnclear } = readDefault(text, kind, values.known);
  const fits =
    value === undefined ||
    (values.known.length === 0 ? !isNothing(value) : values.known.includes(value as string));
  // A default can also be sent, so a range that excludes it is incomplete.
  const containsDefault =
    range === undefined || typeof value !== "number" || (value >= range[0] && value <= range[1]);
  const deprecated = isDeprecated(text);
  const base64 = kind === "string" && isBase64(text);
  const isUnclear: Readonly<Record<Aspect, boolean>> = {
    enumeration: values.isUnclear,
    default: isDefaultUnclear || !fits,
    range:
      (isNumber && range === undefined && /范围|\brange\b/i.test(text.replace(noRange, ""))) ||
      !containsDefault,
    deprecation: !deprecated && mentionsDeprecation.test(text),
    base64: !base64 && /base64/i.test(text),
  };
  return {
    values: values.known,
    default: fits ? value : undefined,
    range: containsDefault ? range : undefined,
    length,
    deprecated,
    base64,
    unclear: (Object.keys(isUnclear) as Aspect[]).filter((aspect) => isUnclear[aspect]),
  };
}

/** Words that mean "no value". */
function isNothing(value: string | number | boolean): boolean {
  return /^(?:null|nil|none|n\/a|empty)$/i.test(String(value));
}

type Pair = readonly [minimum: number, maximum: number];

const pair =
  "\\s*(?:[为是:：]|is|of)?\\s*[:：]?\\s*[\\[［]\\s*(-?\\d+)\\s*(?:,|，|-|~|～|–|至|到)\\s*(-?\\d+)\\s*[\\]］]";
const rangeMarker = new RegExp(`(?:范围|限定取值|取值|(?<![A-Za-z])range)${pair}`, "giu");
/** A range without brackets, which is all that the description says about ranges: `范围为 1-100。`. */
const bareRange =
  /^[^[［]*范围\s*[为是:：]\s*[:：]?\s*(\d+)\s*[-~～至到]\s*(\d+)(?=\s*(?:$|[。；;，,（(\n]))(?!.*\d\s*[-~～至到]\s*\d)(?!.*范围)/gsu;
/** Words about a range of time, or of a range that is described elsewhere or depends on something. */
const noRange = /时间范围|可选范围\s*(?:与[^。；;，,)）]*(?:相关|有关)|(?:请)?参[照考见])/gu;
const lengthMarker = new RegExp(`(?:长度|length)(?:范围)?${pair}`, "giu");

/** Reads a minimum and a maximum, such as `Range: [1, 100]` of a number or `Length: [1, 255]` of a string. */
function onlyPair(text: string, marker: RegExp): Pair | undefined {
  const matches = [...text.matchAll(marker)];
  const [match] = matches;
  if (match === undefined || matches.length > 1) return undefined;
  const [minimum, maximum] = [Number(match[1]), Number(match[2])];
  // A second pair of brackets means that the range depends on something.
  const others = text.slice(match.index + match[0].length);
  const isCertain =
    Number.isSafeInteger(minimum) &&
    Number.isSafeInteger(maximum) &&
    minimum <= maximum &&
    !/[[［]\s*-?\d+\s*[,，~～-]/.test(others) &&
    // `[1, 100] or 0`
    !/^\s*(?:[,，、]\s*)?(?:或|or(?:\s|$))/i.test(others) &&
    !isConditional(sentenceBefore(text, match.index));
  return isCertain ? [minimum, maximum] : undefined;
}

// What will be removed soon is deprecated already.
const gone = "(?:(?:已|即将|待|将被?)?(?:废弃|弃用)|(?:已|即将)下线|deprecated|obsolete)";
const mentionsDeprecation = new RegExp(gone, "iu");
const start = new RegExp(`^[【[（(「]?\\s*${gone}`, "iu");
const end = new RegExp(`[【[（(「]\\s*${gone}[^【[（(「】\\]）)」]*[】\\]）)」][\\s。.]*$`, "iu");
/** A clause that names what to use instead. */
const replaced = new RegExp(`[，,。；;]\\s*${gone}[，,。；;]\\s*(?:请|建议|推荐)(?:使用|改用|用)`, "iu");
const own = new RegExp(
  `(?:本|该|此)(?:字段|参数|接口|API)?\\s*${gone}|this (?:field|parameter|action|interface|api) is ${gone}`,
  "iu",
);

/** Whether a description marks its own field or action as deprecated. */
export function isDeprecated(text: string): boolean {
  // In a list, a mark at the end may apply to the last value only.
  return (
    start.test(text) ||
    own.test(text) ||
    ((end.test(text) || replaced.test(text)) && !/\n|枚举|可选值|有效值|取值|\bvalues?\b/i.test(text))
  );
}

const encoded =
  /(?:使用|用|经过?|进行|以|需|转|做)\s*base64\s*(?:进行|方式)?\s*(?:编码|加密)|base64\s*(?:编码|加密|encoded|encoding)|encod(?:e|ed|ing) (?:it )?(?:in|with|as|by|using) base64/iu;

/** Whether a value is encoded in base64. */
function isBase64(text: string): boolean {
  return (
    encoded.test(text) &&
    !/(?:无需|不需要?|不用|不要|未|非|not (?:be )?|without )\s*(?:使用|进行|经过|用|encoded? (?:in|with) )?\s*base64/iu.test(
      text,
    )
  );
}

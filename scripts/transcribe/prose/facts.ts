import { readDefault } from "./default.js";
import { readEnumeration } from "./enumeration.js";
import { isBase64, isDeprecated, mentionsBase64, mentionsDeprecation } from "./marks.js";
import { readLength, readRange } from "./range.js";
import { plainText, type ScalarKind } from "./text.js";

/** Kind of fact that prose can mention. */
export type Aspect = "enumeration" | "default" | "range" | "deprecation" | "base64";

/** Machine-readable facts of a description. */
export interface ProseFacts {
  /** Values of an enumeration; `[]` if there is none. */
  readonly values: readonly (string | number)[];
  readonly default: string | number | boolean | undefined;
  readonly range: readonly [minimum: number, maximum: number] | undefined;
  readonly length: readonly [minimum: number, maximum: number] | undefined;
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
  const range = readRange(text, kind);
  const length = readLength(text, kind);
  const found = readDefault(text, kind);
  const fits =
    found.value === undefined ||
    (values.known.length === 0 ? !isNothing(found.value) : values.known.includes(found.value as string));
  // A default can also be sent, so a range that excludes it is incomplete.
  const containsDefault =
    range.value === undefined || typeof found.value !== "number" || isIn(found.value, range.value);
  const deprecated = isDeprecated(text);
  const base64 = kind === "string" && isBase64(text);
  const isUnclear: Readonly<Record<Aspect, boolean>> = {
    enumeration: values.isUnclear,
    default: found.isUnclear || !fits,
    range: (range.isUnclear && length.value === undefined) || !containsDefault,
    deprecation: !deprecated && mentionsDeprecation(text),
    base64: !base64 && mentionsBase64(text),
  };
  return {
    values: values.known,
    default: fits ? found.value : undefined,
    range: containsDefault ? range.value : undefined,
    length: length.value,
    deprecated,
    base64,
    unclear: (Object.keys(isUnclear) as Aspect[]).filter((aspect) => isUnclear[aspect]),
  };
}

function isIn(value: number, [minimum, maximum]: readonly [number, number]): boolean {
  return value >= minimum && value <= maximum;
}

/** Words that mean "no value". */
function isNothing(value: string | number | boolean): boolean {
  return /^(?:null|nil|none|n\/a|empty)$/i.test(String(value));
}

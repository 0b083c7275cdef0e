import { readDefault } from "./default.js";
import { readEnumeration } from "./enumeration.js";
import { isBase64, isDeprecated, mentionsBase64, mentionsDeprecation } from "./marks.js";
import { readLength, readRange } from "./range.js";
import { plainText, type ScalarKind } from "./text.js";

/** What a description says that a machine can use. */
export interface ProseFacts {
  /** The values that are known; `[]` where none is certain. */
  readonly values: readonly (string | number)[];
  readonly default: string | number | boolean | undefined;
  readonly range: readonly [minimum: number, maximum: number] | undefined;
  readonly length: readonly [minimum: number, maximum: number] | undefined;
  readonly deprecated: boolean;
  readonly base64: boolean;
  /** What the prose speaks of without being certain enough: `enumeration`, `default` and so on. */
  readonly doubts: readonly string[];
}

/** No cell of a table comes near; the search for facts takes the square of what it reads. */
const longestProse = 10_000;

/**
 * Reads the facts of a description that are certain. What can be understood in more than one way is no fact but a
 * doubt, and stays prose: a fact that is wrong does more harm than one that is missing.
 *
 * @param kind type of the field, or of the items of an array.
 */
export function readFacts(description: string, kind: ScalarKind): ProseFacts {
  const text = plainText(description.slice(0, longestProse));
  const values = readEnumeration(text, kind);
  const range = readRange(text, kind);
  const length = readLength(text, kind);
  const found = readDefault(text, kind);
  const fits =
    found.value === undefined ||
    (values.known.length === 0 ? !isNothing(found.value) : values.known.includes(found.value as string));
  // What is assumed can be sent as well, so a range without it is not the whole of what is allowed.
  const holdsDefault =
    range.value === undefined || typeof found.value !== "number" || isIn(found.value, range.value);
  const deprecated = isDeprecated(text);
  const base64 = kind === "string" && isBase64(text);
  const doubts = [
    ["enumeration", values.isDoubtful],
    ["default", found.isDoubtful || !fits],
    ["range", (range.isDoubtful && length.value === undefined) || !holdsDefault],
    ["deprecation", !deprecated && mentionsDeprecation(text)],
    ["base64", !base64 && mentionsBase64(text)],
  ] as const;
  return {
    values: values.known,
    default: fits ? found.value : undefined,
    range: holdsDefault ? range.value : undefined,
    length: length.value,
    deprecated,
    base64,
    doubts: doubts.filter(([, isDoubtful]) => isDoubtful).map(([name]) => name),
  };
}

function isIn(value: number, [minimum, maximum]: readonly [number, number]): boolean {
  return value >= minimum && value <= maximum;
}

/** Words that stand for no value, unless one is called so. */
function isNothing(value: string | number | boolean): boolean {
  return /^(?:null|nil|none|n\/a|empty)$/i.test(String(value));
}

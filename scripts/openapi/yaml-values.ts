import { FAILSAFE_SCHEMA, load, Type, type YAMLException } from "js-yaml";
import { readBlockYaml } from "./block-yaml.js";

/**
 * The values of a YAML text that is plain: what nearly every document is. js-yaml reads it in a tenth of the time
 * that a parser takes which keeps positions, and the two are held to give the same values.
 *
 * @returns `undefined` for every other text, faulty ones among them: the parser that keeps positions decides there.
 */
export function readPlainYaml(text: string): { readonly value: unknown } | undefined {
  const blocks = readBlockYaml(text);
  if (blocks !== undefined) return { value: blocks };
  if (text === "" || unusual.test(text)) return undefined;
  try {
    const value = load(text, { schema, onWarning: refuse });
    return typeof value === "object" && isPlain(value) ? { value } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What two parsers may read differently: tabs, carriage returns, byte order marks, directives, anchors and with
 * them aliases, tags, explicit keys, keys that are lists or objects, and a comment right behind a quote.
 */
const unusual =
  /[\t\r\uFEFF]|^(?:%|---|\.\.\.)|(?:^|[\s,[\]{}:-])(?:&\S|!|\?\s)|[\]}]\s*:|[\]}]#|(?<![:-] )["']#|["']#(?!\/)/m;

function refuse(warning: YAMLException): never {
  throw warning;
}

/**
 * Whether a value holds no `null`, which may stand for something left out that only one of the parsers misses, and
 * no key that was none or is too long for YAML.
 */
function isPlain(value: unknown): boolean {
  if (value === null) return false;
  if (typeof value !== "object") return true;
  if (Array.isArray(value)) return value.every(isPlain);
  return Object.entries(value).every(([key, item]) => key !== "null" && key.length < 1000 && isPlain(item));
}

/** A plain scalar that is no text: the core schema of YAML 1.2, to the letter. js-yaml's own admits more numbers. */
function scalar(tag: string, form: RegExp, construct: (text: string) => unknown): Type {
  return new Type(`tag:yaml.org,2002:${tag}`, {
    kind: "scalar",
    resolve: (text: string | null) => form.test(text ?? ""),
    construct: (text: string | null) => construct(text ?? ""),
  });
}

const schema = FAILSAFE_SCHEMA.extend({
  implicit: [
    scalar("null", /^(?:~|null|Null|NULL)?$/, () => null),
    scalar("bool", /^(?:true|True|TRUE|false|False|FALSE)$/, (text) => /^t/i.test(text)),
    scalar("int", /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/, readInteger),
    scalar(
      "float",
      /^(?:[-+]?(?:(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN))$/,
      readFloat,
    ),
  ],
});

function readInteger(text: string): number {
  if (text.startsWith("0o")) return Number.parseInt(text.slice(2), 8);
  return Number.parseInt(text, text.startsWith("0x") ? 16 : 10);
}

function readFloat(text: string): number {
  if (/nan$/i.test(text)) return Number.NaN;
  if (/inf$/i.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  return Number.parseFloat(text);
}

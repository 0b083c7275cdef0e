import { agrees } from "../../model/agreement.js";
import type {
  Action,
  Field,
  Limits,
  NumberType,
  ObjectModel,
  StringType,
  Type,
} from "../../model/api-model.js";
import { isRandomString } from "../../model/random-string.js";
import { changeEncoded, decodedText, ifBase64 } from "./encoded-values.js";

/** Parameters of an action's samples, nested and not encoded: the required ones, and those that an overlay chooses. */
export function sampleParameters({ parameters, models, sample }: Action): Record<string, unknown> {
  const chosen = parameters.flatMap((field) => {
    if (Object.hasOwn(sample, field.name)) return [[field.name, sample[field.name]]];
    return field.required ? [[field.name, sampleValue(field, { models, inside: [] })]] : [];
  });
  return Object.fromEntries(chosen);
}

/** The example to show beside a field; `undefined` if there is none, if it is invalid, or if it is random. */
export function fieldExample({ type, example }: Field, models: readonly ObjectModel[]): unknown {
  const isUsable = example !== undefined && !hasRandomString(example) && agrees(example, type, models);
  return isUsable ? changeEncoded(example, type, models, ifBase64) : undefined;
}

/** The value that the document gives a field: its example or its default, if they are valid. */
export function documentedValue(field: Field, models: readonly ObjectModel[]): unknown {
  const example = fieldExample(field, models) ?? undefined;
  if (example !== undefined || field.default === undefined || field.default === null) return example;
  return agrees(field.default, field.type, models) ? field.default : undefined;
}

/** The models of an action, and those that the current value is inside of. */
interface Context {
  readonly models: readonly ObjectModel[];
  readonly inside: readonly string[];
}

function sampleValue(field: Field, context: Context): unknown {
  const { models } = context;
  const documented = documentedValue(field, models);
  const plain =
    documented === undefined ? undefined : changeEncoded(documented, field.type, models, decodedText);
  return plain ?? typeSample(field.type, field.name, context);
}

/** A value of a type: `undefined` if it would contain itself. */
function typeSample(type: Type, name: string, context: Context): unknown {
  switch (type.kind) {
    case "array": {
      const item = typeSample(type.items, itemName(name), context);
      return item === undefined ? undefined : [item];
    }
    case "object":
      return objectSample(type.model, context);
    case "map":
      return { [placeholder("Key")]: typeSample(type.values, "Value", context) };
    case "union":
      return type.members.map((member) => typeSample(member, name, context)).find((one) => one !== undefined);
    default:
      return simpleSample(type, name);
  }
}

/** The required fields of an object, or its first one, since an empty object is not sent. */
function objectSample(name: string, { models, inside }: Context): unknown {
  const model = models.find((one) => one.name === name);
  if (model === undefined || inside.includes(name)) return undefined;
  const context = { models, inside: [...inside, name] };
  const required = model.fields.filter((field) => field.required);
  const fields = required.length > 0 ? required : model.fields.slice(0, 1);
  const values = fields.map((field) => [field.name, sampleValue(field, context)]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/**
 * A value of a type without parts.
 *
 * @param text makes a string without a format, from the name of its field.
 */
export function simpleSample(
  type: Type,
  name: string,
  text: (name: string, type?: StringType) => string = placeholder,
): unknown {
  switch (type.kind) {
    case "string":
      return formatted.get(type.format) ?? text(name, type);
    case "enum":
      return type.values[0];
    case "const":
      return type.value;
    case "integer":
    case "number":
      return smallest(type);
    case "boolean":
      return false;
    default:
      return text(name);
  }
}

/** Values of formats that a placeholder does not have. */
const formatted: ReadonlyMap<string, string> = new Map([
  ["uri", "https://example.com/"],
  ["uuid", "00000000-0000-4000-8000-000000000000"],
  ["ipv4", "192.0.2.1"],
  ["ipv6", "2001:db8::1"],
  ["email", "someone@example.com"],
  ["hostname", "www.example.com"],
  ["date", "2026-01-31"],
  ["time", "12:00:00Z"],
  ["date-time", "2026-01-31T12:00:00Z"],
  ["duration", "PT1H"],
]);

export function placeholder(name: string): string {
  return `<${name}>`;
}

/** Name of an item of a list: `UHostId` of `UHostIds`. */
export function itemName(list: string): string {
  return list.replace(/(?<=Id|IP|Name)s$/, "");
}

/** The number within the limits that is closest to 1. */
function smallest({ kind, limits }: NumberType): number {
  const step = limit(limits, "multipleOf") ?? (kind === "integer" ? 1 : 0);
  const above = limit(limits, "exclusiveMinimum");
  const below = limit(limits, "exclusiveMaximum");
  const least = limit(limits, "minimum") ?? (above === undefined ? -Infinity : above + (step || 1e-3));
  const most = limit(limits, "maximum") ?? (below === undefined ? Infinity : below - (step || 1e-3));
  const closest = Math.min(Math.max(1, least), most);
  if (step === 0) return closest;
  const up = Math.ceil(closest / step) * step;
  return up <= most ? up : Math.floor(closest / step) * step;
}

function limit(limits: Limits, name: string): number | undefined {
  const value = limits[name];
  return typeof value === "number" ? value : undefined;
}

/** Whether a value is, or contains, a string that the vendor's generator made. */
function hasRandomString(value: unknown): boolean {
  if (typeof value === "string") return isRandomString(value);
  return typeof value === "object" && value !== null && Object.values(value).some(hasRandomString);
}

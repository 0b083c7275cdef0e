import * as checks from "../../templates/runtime/validation/checks.js";
import { date, dateTime, email, ipv4, ipv6, uri, uuid } from "../../templates/runtime/validation/formats.js";
import { type Check, violationsOf } from "../../templates/runtime/validation/inspection.js";
import type { ObjectModel, Type } from "./api-model.js";
import { type BasicCheck, type CheckBuilder, checkOf } from "./type-check.js";

/** Whether a value is valid for a type. Fields and values that the document does not list are not. */
export function agrees(value: unknown, type: Type, models: readonly ObjectModel[]): boolean {
  return problemsOf(value, type, models).length === 0;
}

/** The problems of a value that {@link agrees} rejects, as texts such as `[0].Size must be of type integer`. */
export function problemsOf(value: unknown, type: Type, models: readonly ObjectModel[]): string[] {
  const options = { unknownFields: true, unlistedValues: true };
  const found = violationsOf(checkOf(type, functionBuilder(models)), value, options);
  return found.map(({ path, problem }) => (path === "the body" ? problem : `${path} ${problem}`));
}

const { anything, boolean, integer, number, string } = checks;
const formats = { date, dateTime, email, ipv4, ipv6, uri, uuid };
const basicChecks: Readonly<Record<BasicCheck, Check>> = {
  anything,
  boolean,
  integer,
  number,
  string,
  ...formats,
};

/** The checks that clients validate responses with, as functions. */
function functionBuilder(models: readonly ObjectModel[]): CheckBuilder<Check> {
  const byName = new Map<string, Check>();
  const builder: CheckBuilder<Check> = {
    basic: (name) => basicChecks[name],
    nullable: checks.nullable,
    literal: checks.literal,
    listed: (check, values) => checks.listed(check, ...values),
    limited: (check, limits) => checks.limited(check, ...Object.entries(limits)),
    array: checks.array,
    map: checks.map,
    anyOf: (members) => checks.anyOf(...members),
    model(name) {
      const model = models.find((one) => one.name === name);
      if (model === undefined) return checks.anything;
      const check = byName.get(name) ?? objectCheck(model, builder);
      byName.set(name, check);
      return check;
    },
  };
  return builder;
}

function objectCheck({ fields, additional }: ObjectModel, builder: CheckBuilder<Check>) {
  return checks.object(
    fields.filter(({ required }) => required).map(({ name }) => name),
    () => Object.fromEntries(fields.map(({ name, type }) => [name, checkOf(type, builder)])),
    additional && (() => checkOf(additional, builder)),
  );
}

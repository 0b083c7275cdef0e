import { itemType, knownValuesOf, typeOf } from "../../scripts/emit/types.js";
import { waitView } from "../../scripts/emit/wait.js";
import type { Action, Brand, Field, Product, Type } from "../../scripts/model/api-model.js";
import { modelNames, responseFields } from "../../scripts/model/fields.js";
import { packageName } from "../../scripts/model/names.js";

/** Programs that use all of a package, as the people who installed it do. */
export interface Consumer {
  /** Calls every action with all, with some and with as few parameters as possible, and reads every field. */
  readonly ordinary: string;
  /**
   * Writes every member down: a fake of the client, mocks of responses, records of enumerations and of RetCodes, and
   * functions that read parameters, as fakes do.
   */
  readonly whole: string;
}

/** The fields of an object that a program writes: all, objects but no other optional fields, or only the required ones. */
const extents = ["all", "nested", "required"] as const;
type Extent = (typeof extents)[number];

/**
 * Programs that compile with the package of a product.
 *
 * @param only the action that they use, if they do not use all.
 */
export function consumerOf(product: Product, brand: Brand, only?: Action): Consumer {
  const name = packageName(brand.package.scope, product.name);
  const options = Object.keys(brand.locationOptions).map((option) => `${option}: of<string>()`);
  const start = `import type * as types from "${name}"; import * as product from "${name}";
declare function of<T>(): T;
const client = product.createClient({ ${options.join(", ")} });\n`;
  const actions = only === undefined ? product.actions : [only];
  const retCodes = only === undefined ? product.retCodes : [];
  const members = actions.flatMap(({ names, wait }) => [
    names.function,
    ...(wait === undefined ? [] : [wait.function]),
  ]);
  const faked =
    only === undefined
      ? "Omit<types.Client, keyof types.Connection>"
      : `Pick<types.Client, ${members.map((member) => JSON.stringify(member)).join(" | ")}>`;
  return {
    ordinary: [
      start,
      ...retCodes.map(({ code }) => `of<string>() === product.retCodes[${code}].name;`),
      ...retCodes.map((one) => `of<types.RetCodeError>().codeName === ${JSON.stringify(one.name)};`),
      ...actions.map((action) => callsOf(action, brand, name)),
    ].join("\n"),
    whole: [
      start,
      ...(only === undefined ? [record("RetCodeName", [...new Set(retCodes.map((one) => one.name))])] : []),
      `const fake: ${faked} = { ${actions.map(fakeOf).join(", ")} };`,
      ...actions.map((action) => mocksOf(action, brand)),
    ].join("\n"),
  };
}

function callsOf(action: Action, brand: Brand, packageName: string): string {
  const { names, paging, download } = action;
  const fields = unlocated(action, brand);
  const call = (extent: Extent) => objectOf(fields, action, true, extent);
  const isOptional = fields.every(({ required }) => !required);
  const all = fields.length === 0 ? "{}" : call("all");
  const wait = waitView(action);
  return `
{
  void [product.${names.operation}, product.${names.validator}];
  ${extents.map((extent) => `client.${names.function}(${call(extent)});`).join("\n  ")}
  ${isOptional ? `client.${names.function}();` : ""}
  const body = await product.${names.function}(client, ${all});
  const typed: types.${names.response} = body;
  client.${names.function}(of<types.${names.params}>());
  ${reads(responseFields(action), action, false, "body")}
  ${paging === undefined ? "" : `for await (const item of client.${names.function}(${all})) { const one: types.${names.item} = item; }`}
  ${wait === null ? "" : `const done: types.${names.item}[] = await client.${wait.name}(of<types.${wait.params}>());`}
  ${download === undefined ? "" : `(await import("${packageName}/node")).${download.function}(client, ${all}, { directory: "" });`}
}`;
}

function fakeOf(action: Action): string {
  const { names, paging } = action;
  const wait = waitView(action);
  const returned =
    paging === undefined
      ? `types.ActionCall<types.${names.response}>`
      : `types.PagedCall<types.${names.response}, types.${names.item}>`;
  return [
    `${names.function}: () => of<${returned}>()`,
    ...(wait === null ? [] : [`${wait.name}: () => of<Promise<types.${names.item}[]>>()`]),
  ].join(", ");
}

function mocksOf(action: Action, brand: Brand): string {
  const { names, knownValues } = action;
  const fields = unlocated(action, brand);
  const mocks = extents.map((extent) => objectOf(responseFields(action), action, false, extent));
  return `
{
  const mocks: types.${names.response}[] = [${mocks.join(", ")}];
  const params = of<types.${names.params}>();
  ${reads(fields, action, true, "params")}
  ${knownValuesOf(action)
    .map(({ name }, index) => record(name, knownValues[index]?.values ?? []))
    .join("\n  ")}
  ${itemType(action) === undefined ? "" : `const items: types.${names.item}[] = [];`}
}`;
}

/** Parameters, of which those that an option of the client sets are optional. */
function unlocated({ parameters }: Action, { locationOptions }: Brand): Field[] {
  const located = Object.values(locationOptions);
  return parameters.map((field) => (located.includes(field.name) ? { ...field, required: false } : field));
}

/** A record with a member for every name of a type. */
function record(type: string, names: readonly (string | number)[]): string {
  const members = names.map((name) => `${JSON.stringify(name)}: 0`);
  return `of<(all: Record<types.${type}, 0>) => void>()({ ${members.join(", ")} });`;
}

/** An object literal, whose values have the types that they have in this state. */
function objectOf(
  fields: readonly Field[],
  action: Action,
  isSent: boolean,
  extent: Extent,
  around: readonly string[] = [],
): string {
  const written = (type: Type, inside: readonly string[]): string => {
    if (modelNames(type).length === 0) return `of<${typeOf(type, action, isSent).source}>()`;
    if (type.nullable) return `of<boolean>() ? null : ${written({ ...type, nullable: false }, inside)}`;
    if (type.kind === "array") return `[${written(type.items, inside)}]`;
    if (type.kind === "map") return `{ key: ${written(type.values, inside)} }`;
    const model = action.models.find(({ name }) => type.kind === "object" && type.model === name);
    return model === undefined ? "of<never>()" : objectOf(model.fields, action, isSent, extent, inside);
  };
  const members = fields.flatMap(({ name, type, required }) => {
    const models = modelNames(type);
    const isWritten = extent === "all" || (extent === "nested" && models.length > 0);
    if (!required && (!isWritten || models.some((model) => around.includes(model)))) return [];
    return [`${JSON.stringify(name)}: ${written(type, [...around, ...models])}`];
  });
  return `{ ${members.join(", ")} }`;
}

/**
 * Statements that read every field, as a program does whose variables have the types of this state, and which has found out
 * that optional objects are there.
 */
function reads(fields: readonly Field[], action: Action, isSent: boolean, from: string): string {
  const readAll = (own: readonly Field[], path: string, around: readonly string[]): string[] =>
    own.flatMap(({ name, type, required }) => {
      const here = `${path}[${JSON.stringify(name)}]`;
      const models = modelNames(type);
      if (models.some((model) => around.includes(model))) return [];
      if (models.length > 0) return readInside(type, required ? here : `${here}!`, [...around, ...models]);
      const absent = required ? "" : " | undefined";
      const variable = `(value: ${typeOf(type, action, isSent).source}${absent}) => void`;
      return [`of<${variable}>()(${here});`];
    });
  const readInside = (type: Type, path: string, around: readonly string[]): string[] => {
    const here = type.nullable && !path.endsWith("!") ? `${path}!` : path;
    if (type.kind === "array") return readInside(type.items, `${here}[0]`, around);
    if (type.kind === "map") return readInside(type.values, `${here}["key"]`, around);
    const model = action.models.find(({ name }) => type.kind === "object" && name === type.model);
    const isOpen = !isSent && model?.additional !== undefined;
    return [
      ...readAll(model?.fields ?? [], here, around),
      ...(isOpen ? [`of<(value: unknown) => void>()(${here}["AnyOther"]);`] : []),
    ];
  };
  return readAll(fields, from, []).join("\n  ");
}

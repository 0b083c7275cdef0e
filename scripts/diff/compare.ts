import type { Action, ApiModel, Product, RetCode } from "../model/api-model.js";
import { compare as compareStrings } from "../text.js";
import { compareActions, type Settings } from "./actions.js";
import { type Change, changeOf, type Found, type Subject } from "./change.js";
import { compareBrands } from "./configuration.js";
import { compareRetCodes } from "./retcodes.js";

/** New name by the old one: of an action, or of a field as `Action.Field` with the field's old and new path. */
export type Renames = Readonly<Record<string, string>>;

/**
 * Compares two states of a specification: what changes for programs that use its packages. Order, the names of schemas and
 * the layout of references are no changes.
 *
 * @returns changes sorted by product, action and location.
 */
export function compareModels(before: ApiModel, after: ApiModel, renames: Renames = {}): Change[] {
  const common = { product: "", action: "" };
  const changes = [
    ...compareBrands(before.brand, after.brand).map((found) =>
      changeOf({ ...common, path: found.path }, found),
    ),
    ...compareRetCodes(before.brand.retCodes, after.brand.retCodes).map((found) =>
      changeOf({ ...common, path: `RetCode ${found.path}` }, found),
    ),
    ...compareProducts(before, after, renames),
  ];
  const key = ({ product, action, path, rule }: Change) => JSON.stringify([product, action, path, rule]);
  return changes.sort((a, b) => compareStrings(key(a), key(b)));
}

function compareProducts(before: ApiModel, after: ApiModel, renames: Renames): Change[] {
  const old = new Map(before.products.map((product) => [product.name, product]));
  const current = new Map(after.products.map((product) => [product.name, product]));
  const moves = movesOf(before.products, after.products);
  return [...new Set([...old.keys(), ...current.keys()])].flatMap((name) => {
    const [was, is] = [old.get(name) ?? empty(name), current.get(name) ?? empty(name)];
    return [
      ...compareTitles(was, is),
      ...productRetCodes(was, is, before, after),
      ...compareProduct(was, is, after.brand.locationOptions, moves, renames),
    ];
  });
}

function empty(name: string): Product {
  return { name, title: "", actions: [], retCodes: [] };
}

function compareTitles(before: Product, after: Product): Change[] {
  if (before.title === "" || after.title === "" || before.title === after.title) return [];
  const subject = { product: after.name, action: "", path: "title" };
  return [changeOf(subject, { rule: "product-title", before: before.title, after: after.title })];
}

/** Changes of a product's own RetCodes: those of the gateway are compared once, and those of a product that is new or gone follow from it. */
function productRetCodes(was: Product, is: Product, before: ApiModel, after: ApiModel): Change[] {
  if (was.actions.length === 0 || is.actions.length === 0) return [];
  const isOf = ({ brand }: ApiModel, code: number) => brand.retCodes.some((one) => one.code === code);
  const own = (codes: readonly RetCode[]) =>
    codes.filter(({ code }) => !isOf(before, code) || !isOf(after, code));
  const found = compareRetCodes(own(was.retCodes), own(is.retCodes));
  return found.map((one) => changeOf({ product: is.name, action: "", path: `RetCode ${one.path}` }, one));
}

/** Actions that one product lost and another one gained. */
interface Moves {
  /** The other product by `product/Action` that it has left. */
  readonly to: ReadonlyMap<string, string>;
  /** The other product by `product/Action` that it has come to. */
  readonly from: ReadonlyMap<string, string>;
}

function movesOf(before: readonly Product[], after: readonly Product[]): Moves {
  const old = placesOf(before);
  const current = placesOf(after);
  const to = new Map<string, string>();
  const from = new Map<string, string>();
  for (const [name, products] of old) {
    const now = current.get(name) ?? [];
    const left = products.filter((product) => !now.includes(product));
    const reached = now.filter((product) => !products.includes(product));
    const [source, target] = [left[0], reached[0]];
    if (source === undefined || target === undefined || left.length + reached.length > 2) continue;
    to.set(`${source}/${name}`, target);
    from.set(`${target}/${name}`, source);
  }
  return { to, from };
}

/** Names of the products that have an action, by the action's name. */
function placesOf(products: readonly Product[]): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const { name, actions } of products)
    for (const action of actions) places.set(action.name, [...(places.get(action.name) ?? []), name]);
  return places;
}

function compareProduct(
  was: Product,
  is: Product,
  locations: ApiModel["brand"]["locationOptions"],
  moves: Moves,
  renames: Renames,
): Change[] {
  const product = is.name;
  const pairs = pairActions(was.actions, is.actions, renames);
  const locationParameters = Object.values(locations);
  return pairs.flatMap(([old, current]): Change[] => {
    const name = current?.name ?? old?.name ?? "";
    const subject = (path = ""): Subject => ({ product, action: name, path });
    const create = (found: Found, path = "") => changeOf(subject(path), found, old?.source, current?.source);
    if (old === undefined) {
      const from = moves.from.get(`${product}/${name}`);
      return [
        create(from === undefined ? { rule: "action-added" } : { rule: "action-moved-here", before: from }),
      ];
    }
    if (current === undefined) {
      const to = moves.to.get(`${product}/${name}`);
      return [
        create(to === undefined ? { rule: "action-removed" } : { rule: "action-moved-product", after: to }),
      ];
    }
    const settings: Settings = { locationParameters, renames: renamesOf(old.name, renames) };
    return [
      ...renamed(old, current).map((found) => create(found)),
      ...compareActions(old, current, settings).map((found) => create(found, found.path)),
    ];
  });
}

function renamed(old: Action, current: Action): Found[] {
  if (old.name === current.name) return [];
  const isCase = old.name.toLowerCase() === current.name.toLowerCase();
  return [{ rule: isCase ? "action-renamed-case" : "action-renamed", before: old.name, after: current.name }];
}

/** Both states of each action: by name, by a configured rename, or by a name that differs in case. */
function pairActions(
  before: readonly Action[],
  after: readonly Action[],
  renames: Renames,
): (readonly [Action | undefined, Action | undefined])[] {
  const current = new Map(after.map((action) => [action.name, action]));
  const names = new Set(before.map(({ name }) => name));
  const free = new Map(
    after.filter(({ name }) => !names.has(name)).map((action) => [action.name.toLowerCase(), action]),
  );
  const taken = new Set<Action>();
  const pairs = before.map((old) => {
    const hint = Object.hasOwn(renames, old.name) ? renames[old.name] : undefined;
    const now = current.get(old.name) ?? free.get((hint ?? old.name).toLowerCase());
    if (now !== undefined) taken.add(now);
    return [old, now] as const;
  });
  return [
    ...pairs,
    ...after.filter((action) => !taken.has(action)).map((action) => [undefined, action] as const),
  ];
}

/** Renames of the fields of an action: new path by the old one. */
function renamesOf(action: string, renames: Renames): Renames {
  const prefix = `${action}.`;
  const own = Object.entries(renames).filter(([from]) => from.startsWith(prefix));
  return Object.fromEntries(own.map(([from, to]) => [from.slice(prefix.length), to]));
}

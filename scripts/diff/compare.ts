import { isDeepStrictEqual } from "node:util";
import type { LoadedModel } from "../load.js";
import type { Action, ApiModel, Product, RetCode } from "../model/api-model.js";
import { compare as compareStrings } from "../text.js";
import { compareActions, type Settings } from "./actions.js";
import { causeOf } from "./cause.js";
import { type Change, changeOf, type Found } from "./change.js";
import { compareBrands } from "./configuration.js";
import { type Moves, movesOf } from "./product-moves.js";
import { compareRetCodes } from "./retcodes.js";
import { sourcesOf } from "./sources.js";

/** New name by the old one: of an action, or of a field as `Action.Field` with the field's old and new path. */
export type Renames = Readonly<Record<string, string>>;

/** Compares two states of a specification, with the renames that the configuration of the newer one lists. */
export function compareStates(before: LoadedModel, after: LoadedModel): Change[] {
  const settingsOf = ({ transcribe: { ignore: _, ...settings } }: LoadedModel) => settings;
  const isConfigured = !isDeepStrictEqual(settingsOf(before), settingsOf(after));
  return compareModels(before, after, after.renames, isConfigured);
}

/**
 * Compares two states of a specification: what changes for programs that use its packages. Order, the names of schemas and
 * the layout of references are no changes, unless a package exports them.
 *
 * @param isConfigured whether the configuration of the transcription changed, which can be the cause of changes.
 * @returns changes sorted by product, action and location.
 */
export function compareModels(
  before: ApiModel,
  after: ApiModel,
  renames: Renames = {},
  isConfigured = false,
): Change[] {
  const common = { product: "", action: "" };
  const changes = [
    ...compareBrands(before.brand, after.brand).map((found) =>
      changeOf({ ...common, path: found.path }, found, "configuration"),
    ),
    ...compareRetCodes(before.brand.retCodes, after.brand.retCodes).map((found) =>
      changeOf({ ...common, path: `RetCode ${found.path}` }, found, "configuration"),
    ),
    ...compareProducts(before, after, renames, isConfigured),
  ];
  const key = ({ product, action, path, rule }: Change) => JSON.stringify([product, action, path, rule]);
  return changes.sort((a, b) => compareStrings(key(a), key(b)));
}

function compareProducts(
  before: ApiModel,
  after: ApiModel,
  renames: Renames,
  isConfigured: boolean,
): Change[] {
  const old = new Map(before.products.map((product) => [product.name, product]));
  const current = new Map(after.products.map((product) => [product.name, product]));
  const moves = movesOf(before.products, after.products);
  const locationParameters = Object.values(after.brand.locationOptions);
  const settings = { moves, renames, isConfigured, locationParameters };
  return [...new Set([...old.keys(), ...current.keys()])].flatMap((name) => {
    const [was, is] = [old.get(name) ?? empty(name), current.get(name) ?? empty(name)];
    return [
      ...compareTitles(was, is),
      ...productRetCodes(was, is, before, after),
      ...compareProduct(was, is, settings),
    ];
  });
}

function empty(name: string): Product {
  return { name, title: "", actions: [], retCodes: [], history: [] };
}

function compareTitles(before: Product, after: Product): Change[] {
  if (before.title === "" || after.title === "" || before.title === after.title) return [];
  const subject = { product: after.name, action: "", path: "title" };
  return [
    changeOf(subject, { rule: "product-title", before: before.title, after: after.title }, "configuration"),
  ];
}

/**
 * Changes of a product's own RetCodes, also of those that it has instead of the gateway's, which are compared once. Those of a
 * product that is new or gone follow from it.
 */
function productRetCodes(was: Product, is: Product, before: ApiModel, after: ApiModel): Change[] {
  if (was.actions.length === 0 || is.actions.length === 0) return [];
  const isOwn = ({ brand }: ApiModel, codes: readonly RetCode[], code: number) => {
    const [ofGateway, ofProduct] = [brand.retCodes, codes].map((all) => all.find((one) => one.code === code));
    return !isDeepStrictEqual(ofGateway, ofProduct);
  };
  const own = (codes: readonly RetCode[]) =>
    codes.filter(({ code }) => isOwn(before, was.retCodes, code) || isOwn(after, is.retCodes, code));
  const found = compareRetCodes(own(was.retCodes), own(is.retCodes));
  const actions = new Map(was.actions.map((action) => [action.name, action]));
  const changed = is.actions.find(
    ({ name, retCodes }) => !isDeepStrictEqual(actions.get(name)?.retCodes, retCodes),
  );
  // No page has tables of RetCodes: they come from overlays and from files.
  const cause =
    causeOf(actions.get(changed?.name ?? ""), changed, false) === "overlay" ? "overlay" : "document";
  return found.map((one) =>
    changeOf({ product: is.name, action: "", path: `RetCode ${one.path}` }, one, cause),
  );
}

/** What a comparison of products takes from everything else. */
interface ProductSettings {
  readonly moves: Moves;
  readonly renames: Renames;
  readonly isConfigured: boolean;
  readonly locationParameters: readonly string[];
}

function compareProduct(was: Product, is: Product, settings: ProductSettings): Change[] {
  const { moves, renames, isConfigured, locationParameters } = settings;
  const product = is.name;
  return pairActions(was.actions, is.actions, renames).flatMap(([old, current]): Change[] => {
    const action = current?.name ?? old?.name ?? "";
    const from = moves.from.get(`${product}/${action}`);
    const to = moves.to.get(`${product}/${action}`);
    const [earlier, later] = [old ?? from?.action, current ?? to?.action];
    const cause = causeOf(earlier, later, isConfigured);
    const create = (found: Found & { readonly path?: string }) => {
      const { path = "" } = found;
      return changeOf({ product, action, path }, found, cause, sourcesOf(earlier, later, found, path));
    };
    if (old === undefined) {
      const moved = { rule: "action-moved-here", before: from?.product ?? "" } as const;
      return [create(from === undefined ? { rule: "action-added" } : moved)];
    }
    const own: Settings = { locationParameters, renames: renamesOf(old.name, renames) };
    if (current === undefined) {
      const bump = old.deprecated ? { bump: "minor" as const } : {};
      if (to === undefined) return [create({ rule: "action-removed", ...bump })];
      // Programs have to import the action from the other package, as it is there.
      const moved = { rule: "action-moved-product", after: to.product, ...bump } as const;
      return [moved, ...compareActions(old, to.action, own)].map(create);
    }
    return [...renamed(old, current), ...compareActions(old, current, own)].map(create);
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

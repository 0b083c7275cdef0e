import { isDeepStrictEqual } from "node:util";
import type { LoadedModel } from "../load.js";
import type { Action, ApiModel, Product, RetCode } from "../model/api-model.js";
import { compare as compareStrings } from "../text.js";
import { pairActions, type Renames, renamesOf } from "./action-pairs.js";
import { compareActions, type Settings } from "./actions.js";
import { causeOf } from "./cause.js";
import { type Change, changeOf, type Found, type FoundAt } from "./change.js";
import { compareBrands } from "./configuration.js";
import { type Moves, movesOf } from "./product-moves.js";
import { compareRetCodes } from "./retcodes.js";
import { sourcesOf } from "./sources.js";

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
  // RetCodes are sorted as numbers.
  const sorted = (path: string) =>
    path.replace(/^RetCode (\d+)$/, (_, code) => `RetCode ${code.padStart(16, "0")}`);
  const key = ({ product, action, path, rule }: Change) =>
    JSON.stringify([product, action, sorted(path), rule]);
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
  const locationParameters = Object.values(after.brand.locationOptions);
  const moves = movesOf(before.products, after.products, locationParameters);
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
  const numbers = new Set(found.map(({ path }) => path));
  const foundOf = ({ retCodes }: Action) => retCodes.filter(({ code }) => numbers.has(`${code}`));
  const changed = is.actions.find((action) => {
    const old = actions.get(action.name);
    return old !== undefined && !isDeepStrictEqual(foundOf(old), foundOf(action));
  });
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
    const create = (found: Found & Partial<FoundAt>) => {
      const { path = "" } = found;
      return changeOf({ product, action, path }, found, cause, sourcesOf(earlier, later, { path, ...found }));
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

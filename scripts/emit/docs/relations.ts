import type { Action, Brand, Product } from "../../model/api-model.js";
import { packageName } from "../../model/names.js";
import { compare } from "../../text.js";
import { type Resource, resourceOf, sharedWords } from "./grouping.js";
import { idOf, ownership, returnedIds } from "./ids.js";
import { kindOf } from "./verbs.js";

/** A value that goes from the response of one action to a required parameter of another one. */
export interface Relation {
  /** The other action: the one that returns the value, or the one that requires it. */
  readonly action: string;
  /** Path of the response field: `DataSet.BackupId`. */
  readonly field: string;
  readonly parameter: string;
}

/** A function of the package that does more than one call. */
export type Helper =
  | {
      /** Downloads the files that the response links to. */
      readonly kind: "download";
      readonly function: string;
      /** The entry that exports it: `@dezai/umem/node`. */
      readonly entry: string;
    }
  | {
      /** Makes the call again until the state of what it lists is final. */
      readonly kind: "wait";
      readonly function: string;
      readonly entry: string;
    }
  | {
      /** The call of the action itself, which can be iterated for the items of all pages. */
      readonly kind: "paging";
      readonly function: string;
      readonly entry: string;
    };

/** How an action is used with the others of its product. */
export interface ActionRelations {
  /** Actions that return what this one requires, in the order of its parameters. */
  readonly before: readonly Relation[];
  /** Actions that require what this one returns, those of the same resource first. */
  readonly after: readonly Relation[];
  readonly helpers: readonly Helper[];
  /** The action that shows the effect of this one; `undefined` if none is known or this one only reads. */
  readonly effect: string | undefined;
}

const maxSources = 3;
const maxUsers = 5;

/** An action, as the index knows it. */
interface Node {
  readonly action: Action;
  readonly resource: Resource;
  readonly isRead: boolean;
  readonly isCreate: boolean;
  /** IDs in its response: path of the outermost field, by ID. */
  readonly returned: ReadonlyMap<string, string>;
  /** IDs that it requires: name of the parameter, by ID. */
  readonly required: ReadonlyMap<string, string>;
}

/** Relates the actions of a product by the IDs that they require and return. */
export function createRelations(product: Product, brand: Brand): (action: Action) => ActionRelations {
  const excluded = new Set([
    ...Object.values(brand.locationOptions).flatMap((name) => idOf(name) ?? []),
    ...genericIds,
  ]);
  const nodes = product.actions.map((action) => createNode(action, excluded));
  const nodeOf = new Map(nodes.map((node) => [node.action, node]));
  const givers = new Map<string, Node[]>();
  for (const node of nodes) {
    if (!node.isRead && !node.isCreate) continue;
    for (const id of node.returned.keys()) givers.set(id, [...(givers.get(id) ?? []), node]);
  }
  const sources = new Map(nodes.map((node) => [node, sourcesOf(node, givers)]));
  const users = new Map<Node, { readonly user: Node; readonly relation: Relation }[]>();
  for (const [user, found] of sources) {
    for (const { giver, field, parameter } of found) {
      const relation = { action: user.action.name, field, parameter };
      users.set(giver, [...(users.get(giver) ?? []), { user, relation }]);
    }
  }

  return (action) => {
    const node = nodeOf.get(action);
    if (node === undefined) throw new Error(`${action.name} is not an action of ${product.name}`);
    const own = sources.get(node) ?? [];
    return {
      before: [...node.required.values()].flatMap((parameter) => before(own, parameter)),
      after: after(node, users.get(node) ?? []),
      helpers: helpersOf(action, packageName(brand.package.scope, product.name)),
      effect: effectOf(node, nodes, givers, own),
    };
  };
}

function createNode(action: Action, excluded: ReadonlySet<string>): Node {
  const kind = kindOf(action.name);
  const required = new Map<string, string>();
  const resource = resourceOf(action.name);
  for (const { name, required: isRequired } of action.parameters) {
    const id = isRequired ? idOf(name) : undefined;
    if (id !== undefined && !excluded.has(id)) required.set(id, name);
  }
  const returned = returnedIds(action);
  for (const id of excluded) returned.delete(id);
  return { action, resource, isRead: kind === "read", isCreate: kind === "create", returned, required };
}

/** IDs that name nothing in particular. */
const genericIds = ["", "resource", "subresource", "request", "trace", "session"];

interface Source {
  readonly giver: Node;
  readonly field: string;
  readonly parameter: string;
}

/** The best actions that return what an action requires. */
function sourcesOf(node: Node, givers: ReadonlyMap<string, readonly Node[]>): Source[] {
  return [...node.required].flatMap(([wanted, parameter]) => {
    const id = givers.has(wanted) ? wanted : wanted.replace(qualifier, "");
    const candidates = (givers.get(id) ?? []).filter((giver) => isSource(giver, node, id));
    return best(candidates, id, node).map((giver) => ({
      giver,
      field: giver.returned.get(id) ?? "",
      parameter,
    }));
  });
}

/** What says which one of two things an ID names: `SourceImageId` is an `ImageId`. */
const qualifier = /^(?:source|src|target|dest|dst|new|old|origin)/;

function isSource(giver: Node, node: Node, id: string): boolean {
  if (giver === node || giver.required.has(id)) return false;
  if (ownership(giver.resource, id) > 0) return true;
  if (!node.isCreate) return giver.isRead;
  // What a new resource refers to is not read from another one of its kind.
  const { length } = giver.resource.keys;
  const isPart =
    length < node.resource.keys.length && sharedWords(giver.resource.keys, node.resource.keys) === length;
  return giver.isRead && isPart;
}

/** Those of the resource that an ID names, and of those the ones closest to the action. */
function best(candidates: readonly Node[], id: string, { resource }: Node): Node[] {
  const owners = highest(candidates, (giver) => ownership(giver.resource, id));
  return highest(owners, (giver) => sharedWords(giver.resource.keys, resource.keys));
}

function highest<T>(items: readonly T[], score: (item: T) => number): T[] {
  const top = Math.max(...items.map(score));
  return items.filter((item) => score(item) === top);
}

/** Lists, deprecated ones only if there is no other; the actions that create what an ID names only if no list has it. */
function before(sources: readonly Source[], parameter: string): Relation[] {
  const own = sources.filter((source) => source.parameter === parameter);
  return highest(own, ({ giver }) => (giver.isRead ? 2 : 0) + (giver.action.deprecated ? 0 : 1))
    .sort((a, b) => Number(b.giver.resource.isWhole) - Number(a.giver.resource.isWhole))
    .slice(0, maxSources)
    .map(({ giver, field }) => ({ action: giver.action.name, field, parameter }));
}

function after(
  { resource }: Node,
  users: readonly { readonly user: Node; readonly relation: Relation }[],
): Relation[] {
  const rank = ({ user: { resource: own } }: { readonly user: Node }) =>
    2 * sharedWords(resource.keys, own.keys) - own.keys.length;
  const names = new Set<string>();
  return users
    .filter(({ user }) => !user.action.deprecated)
    .sort(
      (a, b) =>
        rank(b) - rank(a) ||
        Number(b.user.resource.isWhole) - Number(a.user.resource.isWhole) ||
        compare(a.user.action.name, b.user.action.name),
    )
    .map(({ relation }) => relation)
    .filter(({ action }) => !names.has(action) && names.add(action))
    .slice(0, maxUsers);
}

function helpersOf({ download, paging, wait, names }: Action, name: string): Helper[] {
  const helpers: Helper[] = [];
  if (download !== undefined)
    helpers.push({ kind: "download", function: download.function, entry: `${name}/node` });
  if (paging !== undefined) helpers.push({ kind: "paging", function: names.function, entry: name });
  if (wait !== undefined) helpers.push({ kind: "wait", function: wait.function, entry: name });
  return helpers;
}

/** The action that reads what another one creates, or else its resource, or else what it requires. */
function effectOf(
  node: Node,
  nodes: readonly Node[],
  givers: ReadonlyMap<string, readonly Node[]>,
  sources: readonly Source[],
): string | undefined {
  if (node.isRead) return undefined;
  const [created = ""] = node.isCreate ? node.returned.keys() : [];
  const owners = (givers.get(created) ?? []).filter(
    ({ isRead, resource, required }) =>
      isRead &&
      !required.has(created) &&
      (ownership(resource, created) === 3 || sharedWords(resource.keys, node.resource.keys) > 0),
  );
  const sameResource = nodes.filter(
    ({ isRead, resource }) =>
      isRead && resource.isWhole && resource.keys.join() === node.resource.keys.join(),
  );
  const source = node.isCreate ? [] : sources.map(({ giver }) => giver).filter(({ isRead }) => isRead);
  const found = [best(owners, created, node), sameResource, source].find(
    (candidates) => candidates.length > 0,
  );
  return (found?.find(({ action }) => !action.deprecated) ?? found?.[0])?.action.name;
}

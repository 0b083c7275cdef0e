import type { Action } from "../../model/api-model.js";
import { freeName } from "../../model/names.js";
import { compare } from "../../text.js";
import { singular, wordKey } from "../humps.js";
import { kindOf, kinds, splitName } from "./verbs.js";

/** What lists need of an action. */
export type ListedAction = Pick<Action, "name" | "deprecated">;

/** The actions of one resource. */
export interface ActionGroup<T extends ListedAction> {
  /** `UHost instance`; {@link otherActions} of actions that share no resource. */
  readonly title: string;
  /** Anchor, unique in the product: `uhost-instance`. */
  readonly id: string;
  /** What they read, create, change and delete, in this order; deprecated ones last. */
  readonly actions: readonly T[];
}

/** Title of the last group, of actions that share no resource. */
export const otherActions = "Other";

/** The resource of an action: words of its name. */
export interface Resource {
  /** Words in the singular, as in the name: `["UMem", "Backup"]`. */
  readonly words: readonly string[];
  /** The same without case. */
  readonly keys: readonly string[];
  /** Whether the name has no other words, so that the action is about the whole resource: `DescribeUMemBackup`. */
  readonly isWhole: boolean;
}

const prepositions = new Set("by for from in of on to with without".split(" "));

/** Last words of names that say which part of a resource an action is about. */
const aspects = new Set(
  (
    "attribute detail info list name password price refund remark renew state status tag token upgrade update url " +
    "weight"
  ).split(" "),
);

/** The resource of an action by its name: `DescribeUMemBackupURL` and `CreateUMemBackup` are about `UMem Backup`. */
export function resourceOf(action: string): Resource {
  const { rest } = splitName(action);
  const isPreposition = (word: string) => prepositions.has(word.toLowerCase());
  const start = isPreposition(rest[0] ?? "") ? 1 : 0;
  const end = rest.findIndex((word, index) => index > start && isPreposition(word));
  const all = rest.slice(start, end === -1 ? undefined : end);
  let length = all.length;
  while (length > 1 && aspects.has(wordKey(all[length - 1] ?? ""))) length -= 1;
  const words = all.slice(0, length);
  words.push(...words.splice(-1).map(singular));
  return { words, keys: words.map(wordKey), isWhole: length === rest.length };
}

interface Entry<T> {
  readonly action: T;
  readonly resource: Resource;
}

interface Draft<T> {
  readonly resource: Resource;
  readonly entries: Entry<T>[];
}

/** Groups the actions of a product by resource; the group with most actions first, the others without a resource last. */
export function groupActions<T extends ListedAction>(actions: readonly T[]): ActionGroup<T>[] {
  const drafts = new Map<string, Draft<T>>();
  for (const action of actions) add(drafts, { action, resource: resourceOf(action.name) });
  const all = [...drafts.values()];
  const kept = all.filter((draft) => isOwnGroup(draft, all));
  const sizes = new Map(kept.map((draft) => [draft, draft.entries.length]));
  const rest: Entry<T>[] = [];
  for (const draft of all.filter((one) => !kept.includes(one))) {
    const target = closest(draft.resource, kept, sizes);
    (target?.entries ?? rest).push(...draft.entries);
  }
  const byFirstWord = new Map<string, Draft<T>>();
  for (const { action, resource } of rest) {
    const first = { words: resource.words.slice(0, 1), keys: resource.keys.slice(0, 1), isWhole: false };
    add(byFirstWord, { action, resource: first });
  }
  const isFamily = ({ resource, entries }: Draft<T>) => resource.keys.length > 0 && entries.length > 1;
  const groups = [...kept, ...[...byFirstWord.values()].filter(isFamily)];
  const others = [...byFirstWord.values()]
    .filter((draft) => !isFamily(draft))
    .flatMap(({ entries }) => entries);
  return print(groups, others);
}

function add<T>(drafts: Map<string, Draft<T>>, entry: Entry<T>): void {
  const key = entry.resource.keys.join("-");
  const draft = drafts.get(key) ?? { resource: entry.resource, entries: [] };
  draft.entries.push(entry);
  drafts.set(key, draft);
}

/** Whether a resource is one of its own, neither a single action nor a part of another resource. */
function isOwnGroup<T extends ListedAction>(
  { resource, entries }: Draft<T>,
  all: readonly Draft<T>[],
): boolean {
  if (resource.keys.length === 0 || entries.length < 2 || !entries.some((entry) => entry.resource.isWhole))
    return false;
  const lives = entries.some(({ action }) => ["create", "delete"].includes(kindOf(action.name)));
  const isPart = all.some(
    (other) =>
      other.resource.keys.length < resource.keys.length &&
      other.entries.length > 1 &&
      sharedWords(other.resource.keys, resource.keys) === other.resource.keys.length,
  );
  return lives || !isPart;
}

/** The group that a resource without one of its own belongs to. */
function closest<T>(
  { keys }: Resource,
  groups: readonly Draft<T>[],
  sizes: ReadonlyMap<Draft<T>, number>,
): Draft<T> | undefined {
  const ranked = groups
    .map((group) => {
      const own = group.resource.keys;
      const shared = sharedWords(own, keys);
      return {
        group,
        shared,
        isWhole: shared === own.length,
        isEnd: endsWith(keys, own) || endsWith(own, keys),
      };
    })
    .filter(({ shared, isEnd }) => shared > 0 || isEnd)
    .sort(
      (a, b) =>
        b.shared - a.shared ||
        Number(b.isWhole) - Number(a.isWhole) ||
        (sizes.get(b.group) ?? 0) - (sizes.get(a.group) ?? 0),
    );
  return ranked[0]?.group;
}

/** Number of words that two resources start with alike. */
export function sharedWords(a: readonly string[], b: readonly string[]): number {
  const end = a.findIndex((word, index) => word !== b[index]);
  return end === -1 ? a.length : end;
}

/** Whether the last words of a resource are those of another one. */
function endsWith(keys: readonly string[], end: readonly string[]): boolean {
  return (
    end.length > 0 &&
    end.length <= keys.length &&
    end.every((key, index) => key === keys[keys.length - end.length + index])
  );
}

function print<T extends ListedAction>(
  drafts: readonly Draft<T>[],
  others: readonly Entry<T>[],
): ActionGroup<T>[] {
  const ids = new Set<string>();
  const groups = drafts
    .map(({ entries, resource }) => ({
      title: sentence(titleWords(resource, entries)),
      entries: entries.sort(byKind(resource.keys.join())),
    }))
    .sort((a, b) => b.entries.length - a.entries.length || compare(a.title, b.title));
  if (others.length > 0) groups.push({ title: otherActions, entries: [...others].sort(byKind("")) });
  return groups.map(({ title, entries }) => ({
    title,
    id: freeName(title.toLowerCase().replace(/[^a-z0-9]+/g, "-"), ids),
    actions: entries.map(({ action }) => action),
  }));
}

/** The words that most of the actions of a group start with. */
function titleWords<T>({ words, keys }: Resource, entries: readonly Entry<T>[]): readonly string[] {
  for (let length = keys.length; length > 1; length -= 1) {
    const alike = entries.filter(
      ({ resource }) => sharedWords(keys.slice(0, length), resource.keys) === length,
    );
    if (alike.length * 2 > entries.length) return words.slice(0, length);
  }
  return words.slice(0, 1);
}

/** Words as a title, `UHost key pair`. */
function sentence(words: readonly string[]): string {
  return words
    .map((word, index) => (index > 0 && /^[A-Z][a-z]+$/.test(word) ? word.toLowerCase() : word))
    .join(" ");
}

/** The order in a group. @param resource of the group: actions on the whole of it precede those on its parts. */
function byKind<T extends ListedAction>(resource: string): (a: Entry<T>, b: Entry<T>) => number {
  const kind = ({ action }: Entry<T>) => kinds.indexOf(kindOf(action.name));
  const isPart = ({ resource: { keys, isWhole } }: Entry<T>) => Number(!isWhole || keys.join() !== resource);
  return (a, b) =>
    Number(a.action.deprecated) - Number(b.action.deprecated) ||
    kind(a) - kind(b) ||
    isPart(a) - isPart(b) ||
    compare(a.action.name, b.action.name);
}

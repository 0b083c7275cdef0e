import type { Action, Field, Product } from "../model/api-model.js";
import { fieldAt } from "../model/fields.js";
import { isInside, isWithin } from "../model/old-fields.js";
import type { Release, ReleasedChange } from "../model/release.js";

/** Versions of a package that added and changed a part of an action. */
export interface ChangeMarks {
  /** Version that added it; `""` if it is older than the first release. */
  readonly since: string;
  /** The last version that changed it; `undefined` if none did since it was added. */
  readonly changed: ChangedIn | undefined;
}

/** A change of a part of an action. */
export interface ChangedIn {
  readonly version: string;
  /** What changed, as sentences without a full stop. */
  readonly messages: readonly string[];
}

/** Marks of an action, and of its fields. */
export interface ActionMarks extends ChangeMarks {
  /** Marks of a parameter, of a response field, or of a field of their objects. */
  of(field: Field): ChangeMarks;
}

/** An action that knows the versions which added it and its fields. */
export interface MarkedAction extends Action {
  readonly marks?: ActionMarks;
}

/** A product whose actions have their marks. */
export interface MarkedProduct extends Product {
  readonly actions: readonly MarkedAction[];
}

const added = /^(?:action-added|action-moved-here|(?:param|resp)-added-.*)$/;
/** Changes that a reader of the reference sees in what it describes anyway. */
const unmarked = /-(?:docs|order|sample|deprecated|undeprecated)$|^page-moved$/;
const none: ChangeMarks = { since: "", changed: undefined };

/** Adds the marks to the actions of a product. */
export function markedProduct(product: Product): MarkedProduct {
  const marksOf = createMarks(product);
  return { ...product, actions: product.actions.map((action) => ({ ...action, marks: marksOf(action) })) };
}

/** Marks of the actions of a product, each found once. */
export function createMarks({ history }: Product): (action: Action) => ActionMarks {
  const found = new Map<Action, ActionMarks>();
  return (action) => {
    const marks = found.get(action) ?? marksOf(action, history);
    found.set(action, marks);
    return marks;
  };
}

/** Finds the versions that added and changed an action, its parameters and its response fields. */
function marksOf(action: Action, history: readonly Release[]): ActionMarks {
  const ofFields = new Map<Field, ChangeMarks>();
  const paths = createPaths(action);
  let own = none;
  let { name } = action;
  // From the newest release on, by the names that it had: what is older than the addition concerns another one of the name.
  for (const { version, changes } of history) {
    if (own.since !== "") break;
    const ofAction = changes.filter((change) => change.action === name);
    for (const change of ofAction.filter(({ rule }) => !unmarked.test(rule))) {
      const field = paths.fieldOf(change);
      own = marked(own, version, change, field === undefined);
      if (field !== undefined)
        ofFields.set(field, marked(ofFields.get(field) ?? none, version, change, true));
    }
    name = ofAction.find(({ rule }) => /^action-renamed(?:-case)?$/.test(rule))?.before ?? name;
    paths.goBack(ofAction);
  }
  return { ...own, of: (field) => ofFields.get(field) ?? none };
}

/** @param isOwn whether the change adds the part itself, if it adds anything. */
function marked(marks: ChangeMarks, version: string, change: ReleasedChange, isOwn: boolean): ChangeMarks {
  if (marks.since !== "" && marks.since !== version) return marks;
  if (isOwn && added.test(change.rule) && marks.since === "") return { ...marks, since: version };
  const { changed } = marks;
  if (changed !== undefined && changed.version !== version) return marks;
  const messages = [...(changed?.messages ?? []), change.message];
  return { ...marks, changed: { version, messages } };
}

/** Changes after which a field has another path. */
const elsewhere = /^(?:param|resp)-(?:renamed|moved)$/;
const gone = /^(?:param|resp)-removed(?:-(?:optional|required))?$/;

/** Paths of an action's fields in its earlier versions, from the newest on. */
function createPaths(action: Action) {
  /** Changes of paths in each later version, the oldest version first. */
  const later: (readonly ReleasedChange[])[] = [];

  /** The current path of what had a path; `undefined` if something else has it today. */
  function currentPath(direction: string, path: string): string | undefined {
    let current = path;
    for (const changes of later) {
      const own = changes.filter(({ rule }) => directionOf(rule) === direction);
      const next = pathAfter(current, own);
      if (next === current && own.some(({ after }) => isInside(after, current))) return undefined;
      current = next;
    }
    return current;
  }

  return {
    /** The field that a change is about; `undefined` if it is gone, or if the change is that of the action. */
    fieldOf({ rule, path, after }: ReleasedChange): Field | undefined {
      const direction = directionOf(rule);
      if (direction === undefined || gone.test(rule)) return undefined;
      const current = currentPath(direction, elsewhere.test(rule) ? after : path);
      return current === undefined ? undefined : fieldAt(action, direction, current)?.field;
    },
    /** Goes on to what is older than the changes of a version. */
    goBack(changes: readonly ReleasedChange[]): void {
      later.unshift(changes.filter(({ rule }) => elsewhere.test(rule)));
    },
  };
}

/** Path of a field after changes of a release, which list the fields of an object that has another path by that. */
function pathAfter(path: string, changes: readonly ReleasedChange[]): string {
  const found = changes.filter(({ before }) => isInside(before, path));
  const [change] = found.sort((a, b) => a.before.length - b.before.length);
  if (change === undefined) return path;
  const inner = changes.filter((one) => one !== change && isWithin(change.after, one.before));
  return pathAfter(change.after + path.slice(change.before.length), inner);
}

function directionOf(rule: string): "param" | "resp" | undefined {
  const [area] = rule.split("-");
  return area === "param" || area === "resp" ? area : undefined;
}

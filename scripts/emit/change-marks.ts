import type { Action, Field, Product, ReleasedChange, Type } from "../model/api-model.js";
import { responseFields } from "../model/fields.js";

/** Versions of a package that added and changed a part of an action. */
export interface ChangeMarks {
  /** Version that added it; `""` if it is older than the first release. */
  readonly since: string;
  /** The last version that changed it; `undefined` if none did since it was added. */
  readonly changed: ChangedIn | undefined;
}

export interface ChangedIn {
  readonly version: string;
  /** What changed, as sentences without a full stop. */
  readonly messages: readonly string[];
}

export interface ActionMarks extends ChangeMarks {
  /** Marks of a parameter, of a response field, or of a field of their objects. */
  of(field: Field): ChangeMarks;
}

/** An action that knows the versions which added it and its fields. */
export interface MarkedAction extends Action {
  readonly marks?: ActionMarks;
}

const added = /^(?:action-added|action-moved-here|(?:param|resp)-added-.*)$/;
/** Changes that a reader of the reference sees in what it describes anyway. */
const unmarked = /-(?:docs|order|sample|deprecated|undeprecated)$|^page-moved$/;
const none: ChangeMarks = { since: "", changed: undefined };

/** The actions of a product with their marks. */
export function markedActions(product: Product): MarkedAction[] {
  return product.actions.map((action) => ({ ...action, marks: marksOf(product, action) }));
}

/** Marks of the actions of a product, each found once. */
export function createMarks(product: Product): (action: Action) => ActionMarks {
  const found = new Map<Action, ActionMarks>();
  return (action) => {
    const marks = found.get(action) ?? marksOf(product, action);
    found.set(action, marks);
    return marks;
  };
}

/** Finds the versions that added and changed an action, its parameters and its response fields. */
function marksOf({ history }: Product, action: Action): ActionMarks {
  const ofFields = new Map<Field, ChangeMarks>();
  let own = none;
  // From the newest release on: what is older than the addition concerns another action or field of the name.
  for (const { version, changes } of history) {
    for (const change of changes) {
      if (change.action !== action.name || unmarked.test(change.rule)) continue;
      const field = fieldOf(action, change);
      own = marked(own, version, change, field === undefined);
      if (field !== undefined)
        ofFields.set(field, marked(ofFields.get(field) ?? none, version, change, true));
    }
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

/** The field that a change is about, in the current state; `undefined` if it is gone, or if the change is that of the action. */
function fieldOf(action: Action, { rule, path, after }: ReleasedChange): Field | undefined {
  const [area, ...rest] = rule.split("-");
  if (area !== "param" && area !== "resp") return undefined;
  const isElsewhere = rest.join() === "renamed" || rest.join() === "moved";
  let fields: readonly Field[] = area === "param" ? action.parameters : responseFields(action);
  let found: Field | undefined;
  const segments = (isElsewhere ? after : path).split(".");
  while (segments.length > 0) {
    const name = segments.shift();
    found = fields.find((field) => field.name === name);
    if (found === undefined) return undefined;
    fields = fieldsIn(action, found.type, segments);
  }
  return found;
}

/** Fields of the object in a type. @param segments rest of a path: those of items and values are removed. */
function fieldsIn(action: Action, type: Type, segments: string[]): readonly Field[] {
  if (type.kind === "array" || type.kind === "map") {
    if (segments[0] === (type.kind === "array" ? "N" : "*")) segments.shift();
    return fieldsIn(action, type.kind === "array" ? type.items : type.values, segments);
  }
  return action.models.find(({ name }) => type.kind === "object" && type.model === name)?.fields ?? [];
}

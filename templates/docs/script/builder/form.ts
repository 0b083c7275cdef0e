import { type Fields, kindOf } from "../../../runtime/operation.js";
import { button, say, uniqueId } from "../controls.js";
import { element } from "../dom.js";
import { message } from "../messages.js";
import type { RequestData } from "../request-data.js";
import { leaf, required } from "./leaf.js";

/** One pass over the form. */
export interface Reading {
  /** Whether to put placeholders for required values that are empty, as in samples. */
  readonly isSample: boolean;
  /** Whether the reader regards the form as complete, so that problems of controls not yet visited are shown too. */
  readonly isComplete: boolean;
  /** Collects the names of values that the form cannot read. Their controls show why. */
  readonly unreadable: string[];
  /** Collects how to show the problem of a value (`""` for none), by its path on the wire. */
  readonly show: Map<string, (problem: string) => void>;
}

/** A part of the form. */
export interface Control {
  readonly node: HTMLElement;
  /** @returns the value; `undefined` if it is empty. @param path name of the value on the wire. */
  read(path: string, reading: Reading): unknown;
}

/** Objects that lie deeper are written as JSON. */
const maxDepth = 3;
/** Optional parameters beyond this number are folded. */
const maxOptional = 4;

/** The form of an action's parameters. */
export function parametersForm({ parameters, models, choices, sample }: RequestData): Control {
  return fieldsOf(parameters, "", sample, 0);

  /** @param owner prefix of the keys of `choices`. */
  function fieldsOf(fields: Fields, owner: string, initial: unknown, depth: number): Control {
    const controls = Object.entries(fields).map(([name, type]) => {
      const isRequired = type.endsWith("!");
      const value = isRequired ? (initial as Record<string, unknown> | undefined)?.[name] : undefined;
      const known = choices[owner + name] ?? [];
      return {
        name,
        isRequired,
        control: control(name, type.replace("!", ""), isRequired, known, value, depth),
      };
    });
    const nodes = (isRequired: boolean) =>
      controls.filter((one) => one.isRequired === isRequired).map((one) => one.control.node);
    const node = element("div", { class: "parameters" }, ...nodes(true), ...folded(nodes(false)));
    return {
      node,
      read(path, reading) {
        const values = controls.map(({ name, control: { read } }) => [
          name,
          read((path && `${path}.${name}`) || name, reading),
        ]);
        const present = values.filter(([, value]) => value !== undefined);
        const isNeeded = path === "" || controls.some((one) => one.isRequired);
        return present.length > 0 || isNeeded ? Object.fromEntries(present) : undefined;
      },
    };
  }

  function control(
    name: string,
    type: string,
    isRequired: boolean,
    known: readonly (string | number)[],
    initial: unknown,
    depth: number,
  ): Control {
    const kind = depth < maxDepth || !/^#|\]$/.test(type) ? kindOf(type) : "json";
    const fields = (model: string) => (value: unknown) =>
      fieldsOf(models[model] ?? {}, `${model}.`, value, depth + 1);
    if (kind === "array") {
      const items = Array.isArray(initial) ? initial : isRequired ? [undefined] : [];
      const itemType = type.slice(0, -2);
      const item =
        kindOf(itemType) === "object"
          ? fields(itemType.slice(1))
          : (value: unknown) => control(name, itemType, isRequired, known, value, depth);
      return group(name, type, isRequired, items, Number.POSITIVE_INFINITY, item);
    }
    if (kind !== "object") return leaf({ name, kind, isRequired, choices: known, initial });
    return group(name, type, isRequired, isRequired ? [initial] : [], 1, fields(type.slice(1)));
  }
}

/** Optional fields, folded if there are many. */
function folded(nodes: readonly HTMLElement[]): readonly HTMLElement[] {
  if (nodes.length <= maxOptional) return nodes;
  const summary = element("summary", {}, `${nodes.length} `, message("span", "optional parameters"));
  return [element("details", {}, summary, ...nodes)];
}

/** An array, or an object: a group of at most one item. Items can be added and removed. */
function group(
  name: string,
  type: string,
  isRequired: boolean,
  initial: readonly unknown[],
  max: number,
  create: (value: unknown) => Control,
): Control {
  const isArray = max > 1;
  const items: { control: Control; node: HTMLElement; title: HTMLElement }[] = [];
  const id = uniqueId();
  const label = element("code", {}, name);
  const problem = message("p", "", { class: "problem", id: `${id}-problem`, hidden: true });
  const add = button(
    "Add",
    () => {
      const node = append(undefined);
      changed();
      node.querySelector<HTMLElement>("input, select, textarea, button")?.focus();
    },
    { id: `${id}-add`, "aria-labelledby": `${id}-add ${id}` },
  );
  const legend = element(
    "legend",
    { id },
    label,
    " ",
    element("small", {}, type.replace(/#[^[]*/, "object")),
    ...required(isRequired),
  );
  const node = element("fieldset", { "aria-describedby": problem.id }, legend, add, problem);
  for (const value of initial) append(value);

  function append(value: unknown): HTMLElement {
    const control = create(value);
    const titleId = uniqueId();
    const isUntitled = isArray && control.node.className === "parameters";
    const title = element("code", { id: titleId, hidden: !isUntitled }, name);
    const remove = button(
      "Remove",
      () => {
        items.splice(items.indexOf(item), 1);
        item.node.remove();
        changed();
        add.focus();
      },
      {
        id: `${titleId}-remove`,
        "aria-labelledby": `${titleId}-remove ${titleId}`,
        hidden: isRequired && !isArray,
      },
    );
    const box = element(
      "div",
      { class: "item", role: isUntitled && "group", "aria-labelledby": isUntitled && titleId },
      title,
      control.node,
      remove,
    );
    const item = { control, node: box, title };
    items.push(item);
    add.before(box);
    add.hidden = items.length >= max;
    return box;
  }

  function changed(): void {
    add.hidden = items.length >= max;
    node.dispatchEvent(new Event("input", { bubbles: true }));
  }

  return {
    node,
    read(path, reading) {
      label.textContent = path;
      reading.show.set(path, (text) => say(problem, reading.isComplete ? text : ""));
      const values: unknown[] = [];
      items.forEach(({ control, title }, index) => {
        const itemPath = isArray ? `${path}.${index}` : path;
        const sentPath = isArray ? `${path}.${values.length}` : path;
        title.textContent = itemPath;
        const show: typeof reading.show = new Map();
        const value = control.read(itemPath, { ...reading, show });
        // Empty items are not sent, so that they leave no gap in the indices.
        if (value !== undefined) values.push(value);
        for (const [inside, showProblem] of show) {
          if (value === undefined) showProblem("");
          else reading.show.set(sentPath + inside.slice(itemPath.length), showProblem);
        }
      });
      return isArray && values.length > 0 ? values : values[0];
    },
  };
}

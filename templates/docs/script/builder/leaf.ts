import { say, uniqueId } from "../controls.js";
import { element } from "../dom.js";
import { message, t } from "../messages.js";
import type { Control, Reading } from "./form.js";
import { inputOf, numberOf, valueFrom } from "./value.js";

/** What a control for one value is made from. */
export interface LeafOptions {
  readonly name: string;
  readonly kind: string;
  readonly isRequired: boolean;
  readonly choices: readonly (string | number)[];
  /** Value of the samples. */
  readonly initial: unknown;
}

/** A labelled control for one value, with the problem of the value below it. */
export function leaf({ name, kind, isRequired, choices, initial }: LeafOptions): Control {
  const id = uniqueId();
  const problem = message("p", "", { class: "problem", id: `${id}-problem`, hidden: true });
  const label = element("code", {}, name);
  const attributes = {
    id,
    autocomplete: "off",
    spellcheck: "false",
    "aria-required": isRequired && "true",
    "aria-describedby": problem.id,
  };
  const input = inputOf(initial, kind);
  const { nodes, value } = pick();
  const node = element(
    "div",
    { class: "control" },
    element("label", { for: id }, label, " ", element("small", {}, kind), ...required(isRequired)),
    ...nodes,
    problem,
  );
  let wasLeft = false;
  node.addEventListener("focusout", () => {
    wasLeft = true;
    node.dispatchEvent(new Event("input", { bubbles: true }));
  });

  function pick(): { nodes: HTMLElement[]; value: () => string } {
    if (kind === "boolean") return options(attributes, ["true", "false"], input, false);
    if (choices.length > 0) return options(attributes, choices.map(String), input, true);
    const isLong = kind === "json" || kind === "base64";
    const created = isLong
      ? element("textarea", { ...attributes, rows: "3" })
      : element("input", { ...attributes, inputmode: inputModes[kind] ?? false });
    created.value = input;
    return { nodes: [created], value: () => created.value };
  }

  function read(path: string, reading: Reading): unknown {
    label.textContent = path;
    let unreadable = "";
    reading.show.set(path, (text) => {
      const shown = unreadable || text;
      say(problem, wasLeft || reading.isComplete ? shown : "");
      for (const control of nodes) control.setAttribute("aria-invalid", String(!problem.hidden));
    });
    try {
      const got = valueFrom(value(), kind);
      if (got === undefined) return reading.isSample && isRequired ? `<${name}>` : undefined;
      return typeof choices[0] === "number" ? (numberOf(String(got)) ?? got) : got;
    } catch {
      unreadable = "is not valid JSON";
      reading.unreadable.push(path);
      return undefined;
    }
  }

  return { node, read };
}

const inputModes: Readonly<Record<string, string>> = { integer: "numeric", number: "decimal" };

/** The mark of a required parameter. */
export function required(isRequired: boolean): Node[] {
  return isRequired ? [document.createTextNode(" "), message("small", "required")] : [];
}

/** A choice between known values, and any other value if `isOpen`. */
function options(
  attributes: Readonly<Record<string, string | false>>,
  choices: readonly string[],
  initial: string,
  isOpen: boolean,
): { nodes: HTMLElement[]; value: () => string } {
  const other = message("option", "other…");
  const select = element(
    "select",
    attributes,
    message("option", "not set", { value: "" }),
    ...choices.map((choice) => element("option", {}, choice)),
    ...(isOpen ? [other] : []),
  );
  const input = element("input", {
    ...attributes,
    id: `${attributes.id}-other`,
    "aria-label": t("other value"),
    "data-t-attributes": "aria-label",
  });
  if (initial === "" || choices.includes(initial)) select.value = initial;
  else other.selected = true;
  input.value = initial;
  const update = () => {
    input.hidden = !other.selected;
  };
  select.addEventListener("change", () => {
    input.value = "";
    update();
    if (other.selected) input.focus();
  });
  update();
  return {
    nodes: isOpen ? [select, input] : [select],
    value: () => (other.selected ? input.value : select.value),
  };
}

import { uniqueId } from "../controls.js";
import { copyButton } from "../copy.js";
import { element } from "../dom.js";
import { message, t } from "../messages.js";

/** Tabs as the ARIA Authoring Practices describe them: arrow keys, Home and End select a tab. */
export function tabs(
  english: string,
  panels: readonly (readonly [title: string, panel: HTMLElement])[],
): HTMLElement {
  const list = element("div", {
    role: "tablist",
    "aria-label": t(english),
    "data-t-attributes": "aria-label",
  });
  const all = panels.map(([title, panel], index) => {
    const id = uniqueId();
    const tab = message("button", title, { type: "button", role: "tab", id, "aria-controls": `${id}-panel` });
    for (const [name, value] of [
      ["id", `${id}-panel`],
      ["role", "tabpanel"],
      ["aria-labelledby", id],
    ] as const)
      panel.setAttribute(name, value);
    tab.addEventListener("click", () => select(index));
    return { tab, panel };
  });
  list.append(...all.map(({ tab }) => tab));
  list.addEventListener("keydown", (event) => {
    const current = all.findIndex(({ tab }) => tab === document.activeElement);
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: current - 1,
      ArrowRight: current + 1,
      Home: 0,
      End: -1,
    };
    const index = steps[event.key];
    if (index === undefined) return;
    event.preventDefault();
    select((index + all.length) % all.length);
  });

  function select(selected: number): void {
    all.forEach(({ tab, panel }, index) => {
      const isSelected = index === selected;
      tab.ariaSelected = String(isSelected);
      tab.tabIndex = isSelected ? 0 : -1;
      panel.hidden = !isSelected;
      if (isSelected && list.contains(document.activeElement)) tab.focus();
    });
  }

  select(0);
  return element("div", { class: "tabs" }, list, ...all.map(({ panel }) => panel));
}

/** A block of code that is replaced as a whole, with a button that copies it. */
export function codeBlock(): { node: HTMLElement; set(code: string): void } {
  const code = element("code");
  const copy = copyButton("Copy", () => code.textContent ?? "");
  return {
    node: element("div", { class: "code" }, element("pre", { tabindex: "0" }, code), copy),
    set(text) {
      code.textContent = text;
    },
  };
}

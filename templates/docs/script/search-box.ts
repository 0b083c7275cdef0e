import { element, loadScript, root } from "./dom.js";
import { current, message, t } from "./messages.js";
import { createSearch, type SearchResult } from "./search.js";
import { hasIdeograph, highlight } from "./search-text.js";

/** An input with a list of results below it, as the combobox of the ARIA Authoring Practices Guide. */
export interface SearchBox {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  /** Loads the table if necessary, and shows the results. */
  update(): Promise<void>;
}

/** Results that are shown. */
const most = 20;

/** Loaded when a search box gets the focus first. */
let search: ReturnType<typeof createSearch> | undefined;

async function loadSearch(): Promise<ReturnType<typeof createSearch>> {
  await loadScript("search-data.js");
  if (globalThis.actiongenSearch === undefined) throw new Error("search-data.js sets no table");
  search ??= createSearch(globalThis.actiongenSearch);
  return search;
}

/**
 * Creates a search box.
 *
 * @param id unique on the page.
 * @param hasSuggestions whether guides are listed as long as nothing is typed.
 */
export function createSearchBox(id: string, hasSuggestions: boolean): SearchBox {
  const input = element("input", {
    class: "search-input",
    role: "combobox",
    "aria-label": t("Search"),
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": id,
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "go",
    placeholder: t("Search actions, parameters, RetCodes"),
    "data-t-attributes": "aria-label placeholder",
  });
  const list = element("div", { class: "search-list", id, role: "listbox", "aria-label": t("Results") });
  list.dataset.tAttributes = "aria-label";
  const status = element("p", { class: "search-status", role: "status" });
  const panel = element("div", { class: "search-panel", hidden: true }, status, list, keyHints());
  let selected = 0;

  const select = (index: number, scrolls = true): void => {
    const options = list.children;
    options[selected]?.setAttribute("aria-selected", "false");
    selected = (index + options.length) % (options.length || 1);
    const option = options[selected];
    option?.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", option?.id ?? "");
    if (scrolls) option?.scrollIntoView({ block: "nearest" });
  };
  const show = (results: readonly SearchResult[], ...message: (Node | string)[]): void => {
    const isEmpty = input.value.trim() === "";
    list.replaceChildren(...results.slice(0, most).map((result, at) => option(`${id}-${at}`, result)));
    panel.hidden = isEmpty && !hasSuggestions;
    input.setAttribute("aria-expanded", String(!panel.hidden && results.length > 0));
    status.replaceChildren(...message);
    select(0);
  };
  const update = async (): Promise<void> => {
    try {
      if (search === undefined) show([], message("span", "Loading…"));
      const find = search ?? (await loadSearch());
      const results = find(input.value);
      show(results, ...summary(input.value.trim(), results.length));
    } catch {
      show([], message("span", "The search could not be loaded. Reload the page."));
    }
  };
  input.addEventListener("input", (event) => {
    if (!(event as InputEvent).isComposing) void update();
  });
  input.addEventListener("compositionend", () => void update());
  input.addEventListener("focus", () => void update());
  input.addEventListener("keydown", (event) => {
    // While an input method is composing, its keys are its own.
    if (event.isComposing) return;
    if (event.key === "ArrowDown") select(selected + 1);
    else if (event.key === "ArrowUp") select(selected - 1);
    else if (event.key === "Enter") list.querySelector<HTMLElement>("[aria-selected=true]")?.click();
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointermove", ({ target }) => {
    const hovered = (target as Element).closest("[role=option]");
    if (hovered !== null) select([...list.children].indexOf(hovered), false);
  });
  return { element: element("div", { class: "search" }, input, panel), input, update };
}

function summary(query: string, count: number): (Node | string)[] {
  if (query === "") return [message("span", "Guides")];
  if (count > 0) return [`${count} `, message("span", count === 1 ? "result" : "results")];
  return [
    message("span", "No results for"),
    ` “${query}”. `,
    message("span", "Try the name of a product or a parameter."),
  ];
}

function option(id: string, { entry, field, words }: SearchResult): HTMLElement {
  const { kind, chineseName, summary, product, isDeprecated } = entry;
  const name = current() === "zh" && chineseName !== "" ? chineseName : entry.name;
  const anchor = field === undefined ? "" : `#${field.kind === "parameter" ? "p" : "r"}-${field.name}`;
  const details = [
    ...(isDeprecated ? [message("span", "deprecated", { class: "search-badge" }), " "] : []),
    ...(field === undefined
      ? []
      : [
          message("span", field.kind === "parameter" ? "Parameter" : "Response field"),
          " ",
          marked("code", field.name, words),
          " ",
        ]),
    ...(summary === "" ? [] : [marked("span", summary, words)]),
  ];
  return element(
    "a",
    {
      class: "search-option",
      id,
      role: "option",
      "aria-selected": "false",
      tabindex: "-1",
      href: root() + entry.href + anchor,
    },
    marked(kind === "action" ? "code" : "span", name, words, "search-name"),
    " ",
    element(
      "span",
      { class: "search-kind" },
      ...(kind === "action" ? [] : [message("span", kind === "guide" ? "Guide" : "RetCode"), " "]),
      product,
    ),
    " ",
    element("span", { class: "search-detail" }, ...details),
  );
}

/** An element with a text in which the words are marked; names can break between their words. */
function marked(tag: "code" | "span", text: string, words: readonly string[], className = ""): HTMLElement {
  const parts = highlight(text, words).flatMap(({ text, isMatch }) => {
    const pieces = text.split(/(?=[A-Z][a-z])/).flatMap((piece) => [element("wbr"), piece]);
    return isMatch ? [element("mark", {}, ...pieces)] : pieces;
  });
  return element(
    tag,
    { class: className !== "" && className, lang: hasIdeograph(text) ? "zh" : "en" },
    ...parts,
  );
}

function keyHints(): HTMLElement {
  const hint = (english: string, ...keys: string[]) =>
    element("span", {}, ...keys.map((key) => element("kbd", {}, key)), " ", message("span", english));
  return element(
    "p",
    { class: "search-keys", "aria-hidden": "true" },
    hint("Select", "↑", "↓"),
    hint("Open", "Enter"),
    hint("Close", "Esc"),
  );
}

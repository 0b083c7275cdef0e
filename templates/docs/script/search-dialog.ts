import { element } from "./dom.js";
import { t } from "./messages.js";
import { createSearchBox } from "./search-box.js";
import { isSearchShortcut } from "./shortcut.js";

/**
 * Adds the search to a page: in `[data-search-inline]` if there is one, else in a dialog, which it opens. `/`, Ctrl-K, ⌘K
 * and each `[data-search]` open it again.
 */
export function mountSearch(): void {
  const place = document.querySelector("[data-search-inline]");
  const open = place === null ? dialogSearch() : inlineSearch(place);
  document.addEventListener("keydown", (event) => {
    if (!isSearchShortcut(event)) return;
    event.preventDefault();
    open();
  });
  for (const button of document.querySelectorAll("[data-search]")) button.addEventListener("click", open);
  if (place === null) open();
}

/** The search of the home page. @returns a function that moves the focus to it. */
function inlineSearch(place: Element): () => void {
  const { element: box, input, update } = createSearchBox("search-inline", false);
  place.append(box);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    input.value = "";
    void update();
  });
  // A link to a part of the page shows that part.
  if (location.hash === "") input.focus({ preventScroll: true });
  return () => {
    input.focus();
    input.select();
  };
}

/** The search of all other pages. @returns a function that opens it. */
function dialogSearch(): () => void {
  const { element: box, input } = createSearchBox("search-dialog", true);
  const close = element("button", { class: "search-close", type: "button", "aria-label": t("Close") }, "✕");
  close.dataset.tAttributes = "aria-label";
  const dialog = element("dialog", { class: "search-dialog", "aria-label": t("Search") }, close, box);
  dialog.dataset.tAttributes = "aria-label";
  document.body.append(dialog);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => {
    const isResult = target instanceof Element && target.closest("[role=option]") !== null;
    if (isResult || target === dialog) dialog.close();
  });
  return () => {
    if (!dialog.open) dialog.showModal();
    input.focus();
    input.select();
  };
}

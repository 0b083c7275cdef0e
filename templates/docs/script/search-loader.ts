import { loadScript } from "./dom.js";
import { isSearchShortcut } from "./shortcut.js";

/** Loads the search: on the home page at once, on any other page when the reader first asks for it. */
export function mountSearchLoader(): void {
  const buttons = document.querySelectorAll<HTMLElement>("[data-search]");
  for (const button of buttons) button.hidden = false;
  if (document.querySelector("[data-search-inline]") !== null) {
    void loadScript("search.js");
    return;
  }
  const first = new AbortController();
  const load = (event: Event) => {
    if (event instanceof KeyboardEvent && !isSearchShortcut(event)) return;
    event.preventDefault();
    // The script handles every later request, and opens the search for this one.
    void loadScript("search.js").then(() => first.abort());
  };
  document.addEventListener("keydown", load, { signal: first.signal });
  for (const button of buttons) button.addEventListener("click", load, { signal: first.signal });
}

/** Whether a key opens the search: `/` outside of a text field, Ctrl-K or ⌘K. */
export function isSearchShortcut({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
  if (key.toLowerCase() === "k") return ctrlKey !== metaKey && !altKey;
  const isTyping =
    target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
  return key === "/" && !ctrlKey && !metaKey && !altKey && !isTyping;
}

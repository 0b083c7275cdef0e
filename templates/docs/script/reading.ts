/** Opens the folded parts that the anchor of the URL lies in, then scrolls to it. */
function reveal(): void {
  const id = anchor();
  const target = document.getElementById(id) ?? nestedField(id);
  if (target === null) return;
  let isHidden = false;
  for (
    let parent = target.closest("details");
    parent;
    parent = parent.parentElement?.closest("details") ?? null
  ) {
    isHidden ||= !parent.open;
    parent.open = true;
  }
  if (isHidden || target.id !== id) target.scrollIntoView();
}

/** The anchor of the URL; `""` if it cannot be decoded, as `#%`. */
function anchor(): string {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

/** The first field of an object that a link names without its path, as those of the search do: `p-Size` for `p-Disks.Size`. */
function nestedField(id: string): HTMLElement | null {
  const [, prefix, name] = /^([pr]-)([\w-]+)$/.exec(id) ?? [];
  return name === undefined ? null : document.querySelector(`[id^="${prefix}"][id$=".${name}"]`);
}

/** Makes links to folded parts work, and prints everything that is folded. */
export function mountReading(): void {
  addEventListener("hashchange", reveal);
  reveal();
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll<HTMLDetailsElement>(".content details"))
      details.open = true;
  });
  const navigation = document.querySelector<HTMLElement>("#navigation");
  const current = navigation?.querySelector<HTMLElement>("[aria-current]");
  if (navigation && current) navigation.scrollTop = current.offsetTop - navigation.clientHeight / 2;
}

/** Makes the filter of a product page work. */
export function mountFilter(): void {
  const filter = document.querySelector<HTMLElement>(".filter");
  const input = filter?.querySelector("input");
  if (filter === null || !input) return;
  filter.hidden = false;
  input.oninput = () => {
    const words = input.value.toLowerCase().split(/\s+/);
    for (const group of document.querySelectorAll<HTMLElement>(".group")) {
      const items = [...group.querySelectorAll<HTMLElement>("li")];
      for (const item of items) {
        const text = item.textContent?.toLowerCase() ?? "";
        item.hidden = !words.every((word) => text.includes(word));
      }
      group.hidden = items.every((item) => item.hidden);
    }
  };
}

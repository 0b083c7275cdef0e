import { element } from "./dom.js";
import { message, setMessage } from "./messages.js";

/** A button that copies a string. @param label English message. @param read returns the string, or a promise of it. */
export function copyButton(label: string, read: () => string | Promise<string>): HTMLButtonElement {
  const button = message("button", label, { class: "button copy", type: "button", "aria-live": "polite" });
  button.onclick = async () => {
    const done = await write(read).then(
      () => "Copied",
      () => "Copying failed",
    );
    setMessage(button, done);
    setTimeout(() => setMessage(button, label), 1500);
  };
  return button;
}

async function write(read: () => string | Promise<string>): Promise<void> {
  await navigator.clipboard.writeText(await read());
}

/** Adds copy buttons: to each block of code, and for the page as Markdown. */
export function mountCopyButtons(): void {
  for (const code of document.querySelectorAll("main pre > code")) {
    const block = code.parentElement as HTMLElement;
    const frame = element("div", { class: "code" });
    block.replaceWith(frame);
    frame.append(
      block,
      copyButton("Copy", () => code.textContent ?? ""),
    );
  }
  const twin = document.querySelector<HTMLLinkElement>('link[rel="alternate"]');
  // A page that was opened from a file may not read other files.
  if (twin === null || location.protocol === "file:") return;
  const button = copyButton("Copy as Markdown", async () => {
    const response = await fetch(twin.href);
    if (!response.ok) throw new Error(`${twin.href} returned ${response.status}`);
    return await response.text();
  });
  document.querySelector("h1")?.after(button);
}

import type { Attributes } from "./dom.js";
import { message, setMessage } from "./messages.js";

/** A button with a message of the interface. */
export function button(english: string, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const created = message("button", english, { type: "button", class: "button", ...attributes });
  created.addEventListener("click", onClick);
  return created;
}

let ids = 0;

/** An id that no other element of the page has. */
export function uniqueId(): string {
  ids += 1;
  return `b${ids}`;
}

/** Changes the message that an element shows; `""` hides the element. */
export function say(target: HTMLElement, english: string): void {
  target.hidden = english === "";
  setMessage(target, english);
}

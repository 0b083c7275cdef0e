import { type Attributes, element, loadScript } from "./dom.js";

/** Languages of the interface. Messages are written in English; other languages have a table of translations. */
export type Language = "en" | "zh";

declare global {
  /** Set by `messages.js`: translations of English messages, by language. */
  var actiongenMessages: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
}

/** A message of the interface in the current language. */
export function t(english: string): string {
  return globalThis.actiongenMessages?.[current()]?.[english] ?? english;
}

/** The current language. */
export function current(): Language {
  return document.documentElement.dataset.language === "zh" ? "zh" : "en";
}

/** An element whose whole text is a message of the interface, which changes with the language. */
export function message<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  english: string,
  attributes: Attributes = {},
): HTMLElementTagNameMap[Tag] {
  const created = element(tag, attributes);
  setMessage(created, english);
  return created;
}

/** Changes the message that an element shows. */
export function setMessage(target: HTMLElement, english: string): void {
  // Two messages can have one translation, so that it does not lead back to the English one.
  target.dataset.t = english;
  target.textContent = t(english);
}

/**
 * Changes the language of the interface: of the text of each element with `data-t`, and of the attributes that
 * `data-t-attributes` lists.
 */
export async function changeLanguage(language: Language): Promise<void> {
  await loadScript("messages.js");
  const english = new Map(
    Object.values(globalThis.actiongenMessages ?? {})
      .flatMap(Object.entries)
      .map(([key, text]) => [text as string, key]),
  );
  document.documentElement.dataset.language = language;
  const englishOf = (text: string) => english.get(text.trim()) ?? text.trim();
  for (const found of document.querySelectorAll<HTMLElement>("[data-t]")) {
    setMessage(found, found.dataset.t || englishOf(found.textContent ?? ""));
    found.lang = language;
  }
  for (const found of document.querySelectorAll<HTMLElement>("[data-t-attributes]")) {
    for (const name of (found.dataset.tAttributes ?? "").split(" "))
      found.setAttribute(name, t(englishOf(found.getAttribute(name) ?? "")));
  }
}

import { element } from "./dom.js";
import { message } from "./messages.js";

/** Adds the box to the errors page that finds the sections of the RetCodes in a pasted response or message. */
export function mountExplain(): void {
  const box = document.getElementById("explain");
  if (box === null) return;
  const input = element("textarea", {
    id: "error-text",
    rows: "4",
    spellcheck: "false",
    autocomplete: "off",
  });
  const result = element("div", { role: "status" });
  input.oninput = () => result.replaceChildren(...explain(input.value));
  box.append(
    element("h2", {}, message("label", "Paste an error response or message", { for: input.id })),
    input,
    message("p", "Nothing leaves this page.", { class: "note" }),
    result,
  );
  box.hidden = false;
}

/** What to show for a text. The text itself is never shown, since it can contain secrets. */
function explain(text: string): HTMLElement[] {
  const shown = [...new Set(retCodesIn(text))].map(sectionOf);
  if (secret.test(text)) {
    const warning = "The text contains a key or a signature. Remove it before you share the text.";
    shown.unshift(message("p", warning, { class: "warning" }));
  } else if (shown.length === 0 && text.trim() !== "") {
    shown.push(message("p", "The text contains no RetCode other than 0.", { class: "note" }));
  }
  return shown;
}

/** A copy of the section of a RetCode, without its id. */
function sectionOf(code: number): HTMLElement {
  const section = document.getElementById(`${code}`);
  if (section !== null) return element("div", { class: "retcode" }, ...section.cloneNode(true).childNodes);
  return element(
    "p",
    {},
    element("strong", {}, `${code} `),
    message("span", "This reference does not describe this RetCode."),
  );
}

/** RetCodes other than 0 in a response, a message or a URL of this page. */
function retCodesIn(text: string): number[] {
  const named = numbersIn(text, /RetCode\W{0,20}?(-?\d+)/gi);
  if (named.length > 0) return named.filter(Boolean);
  const written = numbersIn(text, /\[(\d{3,})\]|^\s*(-?\d+)\s*$/g);
  if (written.length > 0) return written.filter(Boolean);
  return numbersIn(text, /(\d+)/g).filter((number) => document.getElementById(`${number}`));
}

/** Numbers that the groups of a pattern match. */
function numbersIn(text: string, pattern: RegExp): number[] {
  return [...text.matchAll(pattern)].map(([, first, second]) => Number(first ?? second));
}

const secret =
  /(?:signature|private_?key|public_?key|security_?token)["']?\s*[=:]\s*["']?[^\s"'&,;]{8}|(?<![\da-f])[\da-f]{40}(?![\da-f])/i;

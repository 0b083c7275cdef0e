import { button, say, uniqueId } from "../controls.js";
import { element } from "../dom.js";
import { message } from "../messages.js";
import type { RequestData, SiteData } from "../request-data.js";
import { labelled } from "./keys.js";
import { type BuiltRequest, send } from "./send.js";

/**
 * A button that sends the request and shows the response. Before anything but a read, it asks for the name of the action.
 *
 * @param build returns the signed request; `undefined` if it cannot be sent yet, which it has shown then.
 */
export function sendControls(
  { action, isRead }: RequestData,
  { endpoint, requestIdHeader }: SiteData,
  build: () => BuiltRequest | undefined,
): HTMLElement {
  const output = element("div", { role: "status", class: "response" });
  const { dialog, ask } = confirmation(action);
  let current = new AbortController();

  async function onSend(): Promise<void> {
    current.abort();
    current = new AbortController();
    const { signal } = current;
    const request = build();
    if (request === undefined || !(isRead || (await ask())) || signal.aborted) return;
    output.replaceChildren(message("p", "Sending…"));
    try {
      output.replaceChildren(...(await send(endpoint, request, requestIdHeader, signal)));
    } catch {
      // A later request took its place.
    }
  }

  return element("div", {}, button("Send", onSend, { class: "button primary" }), dialog, output);
}

/** A dialog that asks for the name of an action before it is called. */
function confirmation(action: string): { dialog: HTMLDialogElement; ask: () => Promise<boolean> } {
  const title = uniqueId();
  const problem = message("p", "", { class: "problem", id: `${title}-problem`, hidden: true });
  const input = element("input", { id: uniqueId(), autocomplete: "off", "aria-describedby": problem.id });
  const confirm = () => {
    const isSame = input.value.trim() === action;
    input.ariaInvalid = String(!isSame);
    say(problem, isSame ? "" : "This is not the name of the action.");
    if (isSame) dialog.close("send");
    else input.focus();
  };
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    confirm();
  });
  const dialog = element(
    "dialog",
    { "aria-labelledby": title },
    element(
      "p",
      { id: title },
      message("span", "This call may change something."),
      " ",
      element("code", {}, action),
    ),
    labelled("Type the name of the action to send it", input),
    problem,
    element(
      "p",
      {},
      button("Send", confirm),
      " ",
      button("Cancel", () => dialog.close("")),
    ),
  );
  // The keys and parameters of the form do not depend on it.
  dialog.addEventListener("input", (event) => event.stopPropagation());
  return {
    dialog,
    ask() {
      input.value = "";
      dialog.returnValue = "";
      say(problem, "");
      dialog.showModal();
      return new Promise((resolve) => {
        dialog.addEventListener("close", () => resolve(dialog.returnValue === "send"), { once: true });
      });
    },
  };
}

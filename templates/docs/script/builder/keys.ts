import type { KeyPair as Keys } from "../../../runtime/credentials.js";
import { uniqueId } from "../controls.js";
import { element } from "../dom.js";
import { message } from "../messages.js";

/** The controls of a key pair. It stays in them, and they are emptied when the reader leaves the page. */
export interface KeyPair {
  readonly node: HTMLDetailsElement;
  readonly publicKey: HTMLInputElement;
  readonly privateKey: HTMLInputElement;
  /** The key pair as far as it is filled in: a missing key is `""`. */
  read(): Keys;
}

/** Creates the controls of a key pair. */
export function keyPair(): KeyPair {
  const publicKey = keyInput("text");
  const privateKey = keyInput("password");
  const token = keyInput("password");
  const node = element(
    "details",
    { class: "keys" },
    message("summary", "Key pair"),
    message(
      "p",
      "The keys stay in the memory of this page until you leave it. The private key is only hashed, never sent.",
      { class: "note" },
    ),
    labelled("Public key", publicKey),
    labelled("Private key", privateKey),
    labelled("Security token (temporary credentials only)", token),
  );
  addEventListener("pagehide", () => {
    for (const input of [publicKey, privateKey, token]) input.value = "";
    node.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return {
    node,
    publicKey,
    privateKey,
    read: () => ({
      publicKey: publicKey.value.trim(),
      privateKey: privateKey.value.trim(),
      securityToken: token.value.trim(),
    }),
  };
}

function keyInput(type: string): HTMLInputElement {
  return element("input", { id: uniqueId(), type, autocomplete: "off", spellcheck: "false" });
}

/** A control with a message above it. */
export function labelled(english: string, input: HTMLElement): HTMLElement {
  return element("div", { class: "control" }, message("label", english, { for: input.id }), input);
}

import { privateKeyPlaceholder, signedNames, stringToSign } from "../../../runtime/signature.js";
import { element } from "../dom.js";
import { message } from "../messages.js";

/** The steps that lead to a signature, without the private key. */
export function signatureSteps(covered: ReadonlyMap<string, string>, signature: string): HTMLElement {
  const rows = signedNames(covered).map((name) =>
    element("div", {}, element("b", {}, name), ` ${covered.get(name)}`),
  );
  return element(
    "ol",
    {},
    step("Sort all parameters except Signature by name, in byte order.", ...rows),
    step(
      "Write each name directly followed by its value, without URL encoding, then the private key.",
      stringToSign(covered, privateKeyPlaceholder),
    ),
    step("The signature is the SHA-1 of this string, in lower-case hexadecimal digits.", signature),
  );
}

function step(english: string, ...shown: (Node | string)[]): HTMLElement {
  return element("li", {}, message("p", english), element("pre", { class: "wrap", tabindex: "0" }, ...shown));
}

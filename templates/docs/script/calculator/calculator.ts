import { sign } from "../../../runtime/signature.js";
import { keyPair, labelled } from "../builder/keys.js";
import { signatureSteps } from "../builder/steps.js";
import { button, uniqueId } from "../controls.js";
import { element } from "../dom.js";
import { message } from "../messages.js";
import { parseInput } from "./input.js";
import { findMistakes, type Mistake } from "./mistakes.js";

/**
 * Fills the section `#calculator` of the signing page: it signs parameters, and finds out why a signature differs. The section
 * carries a worked example: `data-query`, `data-public-key` and `data-private-key`.
 */
export function mountCalculator(): void {
  const section = document.getElementById("calculator");
  if (section === null) return;
  const { dataset } = section;
  const problem = element("p", { class: "problem", id: uniqueId(), hidden: true });
  const input = element("textarea", {
    id: uniqueId(),
    rows: "5",
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": problem.id,
  });
  const keys = keyPair();
  keys.node.open = true;
  const verdict = element("div", { role: "status" });
  const steps = element("div");

  function update(): void {
    const { parameters, problem: found, subject } = parseInput(input.value);
    problem.replaceChildren(...about(subject), message("span", found));
    problem.hidden = found === "";
    input.ariaInvalid = String(found !== "");
    const given = parameters.get("Signature") ?? "";
    const pair = keys.read();
    if (pair.publicKey && !parameters.has("PublicKey")) parameters.set("PublicKey", pair.publicKey);
    if (pair.securityToken && !parameters.has("SecurityToken"))
      parameters.set("SecurityToken", pair.securityToken);
    parameters.delete("Signature");
    const isReady = input.value !== "" && pair.privateKey !== "";
    if (!isReady) {
      steps.replaceChildren(signatureSteps(parameters, "<signature>"));
      verdict.replaceChildren();
      return;
    }
    const signature = sign(parameters, pair.privateKey);
    const publicKey = pair.publicKey || (parameters.get("PublicKey") ?? "");
    const mistakes = given && findMistakes({ ...pair, publicKey, parameters, signature: given });
    steps.replaceChildren(signatureSteps(parameters, signature));
    verdict.replaceChildren(...(mistakes === "" ? [] : judgement(mistakes)));
  }

  section.append(
    labelled("Parameters as JSON, as a query, or a whole URL", input),
    problem,
    keys.node,
    button("Fill in the worked example", () => {
      input.value = dataset.query ?? "";
      keys.publicKey.value = dataset.publicKey ?? "";
      keys.privateKey.value = dataset.privateKey ?? "";
      update();
    }),
    verdict,
    steps,
  );
  section.addEventListener("input", update);
  section.hidden = false;
  update();
}

/** The name that a message is about, if it is about one. */
function about(subject: string): (Node | string)[] {
  return subject === "" ? [] : [element("code", {}, subject), " "];
}

/** What to show of the signature in the request. */
function judgement(mistakes: readonly Mistake[] | undefined): HTMLElement[] {
  if (mistakes === undefined)
    return [
      message("p", "The signature of the request does not match.", { class: "problem" }),
      message(
        "p",
        "No known mistake explains it: check that both keys belong to one pair, and that the request is complete.",
      ),
    ];
  if (mistakes.length === 0)
    return [message("p", "The signature of the request is correct.", { class: "good" })];
  return [
    message("p", "The signature of the request does not match. These mistakes lead to it:", {
      class: "problem",
    }),
    element(
      "ul",
      {},
      ...mistakes.map(({ message: text, subject, section }) =>
        element(
          "li",
          {},
          message("span", text),
          " ",
          ...about(subject),
          message("a", "How to fix it", { href: `#mistake-${section}` }),
        ),
      ),
    ),
  ];
}

import { queryOf } from "../../../runtime/parameters.js";
import { sign, withCredentials } from "../../../runtime/signature.js";
import { say, uniqueId } from "../controls.js";
import { copyButton } from "../copy.js";
import { element } from "../dom.js";
import { message } from "../messages.js";
import type { RequestData } from "../request-data.js";
import type { SampleWriter } from "../samples/sample.js";
import { parametersForm } from "./form.js";
import { keyPair, labelled } from "./keys.js";
import { readForm } from "./reading.js";
import type { BuiltRequest } from "./send.js";
import { sendControls } from "./send-controls.js";
import { signatureSteps } from "./steps.js";
import { codeBlock, tabs } from "./tabs.js";

/**
 * Fills the section `#build` of an action's page with a form, from which samples and the signed request are made.
 *
 * @param writers of the samples, by title of their tab.
 */
export function mountBuilder(writers: Readonly<Record<string, SampleWriter>>): void {
  const section = document.getElementById("build");
  if (section === null) return;
  const data: RequestData = JSON.parse(document.getElementById("request-data")?.textContent ?? "");
  const site = globalThis.actiongenSite;
  const form = parametersForm(data);
  const keys = keyPair();
  const methods = ["GET", "POST"].map((name) => element("option", {}, name));
  const method = element("select", { id: uniqueId() }, ...methods);
  const samples = Object.entries(writers).map(([title, write]) => ({ title, write, ...codeBlock() }));
  const signed = signedPanels(site.baseUrl);
  const note = message("p", "", { class: "problem", role: "status", hidden: true });
  let isComplete = false;

  /** Updates everything that depends on the form. @returns the request; `undefined` if it cannot be sent. */
  function update(): BuiltRequest | undefined {
    const { isValid, sample, flat } = readForm(form, data, isComplete);
    for (const { set, write } of samples) set(write(data, site, sample));
    const pair = keys.read();
    const hasKeys = pair.publicKey !== "" && pair.privateKey !== "";
    const parameters = withCredentials(flat, { ...pair, publicKey: pair.publicKey || "<public key>" });
    const request = { method: method.value, parameters };
    say(note, "");
    if (!isValid || !hasKeys) {
      signed.show(request, "");
      return undefined;
    }
    const signature = sign(parameters, pair.privateKey);
    signed.show(request, signature);
    return { ...request, parameters: new Map([...parameters, ["Signature", signature]]) };
  }

  /** The request to send; otherwise, shows what it lacks. */
  function build(): BuiltRequest | undefined {
    isComplete = true;
    const request = update();
    const problem = form.node.querySelector(".problem:not([hidden])");
    if (problem !== null) reveal(problem.parentElement?.querySelector("input, select, textarea, button"));
    else if (request === undefined) {
      say(note, "Fill in the key pair first.");
      reveal(keys.publicKey);
    }
    return request;
  }

  section.append(
    ...(section.querySelector("h2") ? [] : [message("h2", "Build a request")]),
    form.node,
    keys.node,
    labelled("Method", method),
    note,
    tabs("Request", [
      ...samples.map(({ title, node }) => [title, node] as const),
      ["Signed URL", signed.url],
      ["Signature", signed.steps],
    ]),
    ...(site.endpoint === "" ? [] : [sendControls(data, site, build)]),
  );
  section.addEventListener("input", update);
  section.hidden = false;
  update();
}

/** The panels of the signed request. */
function signedPanels(baseUrl: string) {
  const code = codeBlock();
  const warning = message("p", "Anyone who has this request can send it: it does not expire.", {
    hidden: true,
  });
  const current = element("div");
  return {
    url: element("div", {}, code.node, warning),
    steps: element(
      "div",
      {},
      current,
      copyButton("Copy", () => current.innerText),
    ),
    /** @param signature `""` if there is none yet. */
    show({ method, parameters }: BuiltRequest, signature: string): void {
      const shown = signature || "<signature>";
      const query = queryOf(new Map([...parameters, ["Signature", shown]]));
      // Without a signature, this is for reading only, and so are its placeholders.
      const readable = signature
        ? query
        : query.replace(/%3C.*?%3E/g, (encoded) => decodeURIComponent(encoded));
      code.set(
        method === "POST"
          ? `POST ${baseUrl}\nContent-Type: application/x-www-form-urlencoded\n\n${readable}`
          : `${baseUrl}?${readable}`,
      );
      warning.hidden = signature === "";
      current.replaceChildren(signatureSteps(parameters, shown));
    },
  };
}

/** Focuses a control, and opens what it lies in. */
function reveal(control: HTMLElement | null | undefined): void {
  for (let around = control?.closest("details"); around; around = around.parentElement?.closest("details"))
    around.open = true;
  control?.focus();
}

import { expect, test } from "vitest";
import { Diagnostics, formatDiagnostics } from "../../scripts/diagnostic.js";
import { applyOverlays } from "../../scripts/overlay/apply.js";
import type { Overlay, OverlayAction } from "../../scripts/overlay/overlay.js";
import { reportUnmatched } from "../../scripts/overlay/unmatched.js";
import { overlayOf } from "../support/overlays.js";

const documents = ["A", "B"].map((name) => ({
  path: `spec/p/${name}.openapi.yaml`,
  value: { paths: { "/": { get: { operationId: name } } }, [name]: {} },
}));

function reportOf(overlays: readonly Overlay[], among = documents): string {
  const diagnostics = new Diagnostics();
  const matched = new Set<OverlayAction>();
  for (const document of among) applyOverlays(overlays, document, matched, diagnostics);
  reportUnmatched(overlays, matched, among, diagnostics);
  return formatDiagnostics(diagnostics.list).replaceAll(/^\S*o\.yaml:/gm, "o.yaml:");
}

test("does not report an action that matches in one document", async () => {
  expect(reportOf([await overlayOf({ target: "$.A", update: {} }, { target: "$.B", remove: true })])).toBe(
    "",
  );
});

test.each([
  [
    "$.nowhere.x",
    "$ matches, but nothing below it matches .nowhere. Correct the target, or remove the action.",
  ],
  [
    "$.paths['/'][?@.operationId == 'C'].parameters",
    "$.paths['/'] matches, but nothing below it matches [?@.operationId == 'C']. Correct the target, or remove the action.",
  ],
])("reports %s and where it stops matching", async (target, help) => {
  expect(reportOf([await overlayOf({ target: "$.A", update: {} }, { target, update: {} })])).toBe(
    `o.yaml:8: action 2 (${JSON.stringify(target)}) matches nothing in 2 documents\n  help: ${help}`,
  );
});

test("reports an action whose target was removed before", async () => {
  const overlay = await overlayOf({ target: "$.A", remove: true }, { target: "$.A", update: {} });
  expect(reportOf([overlay], documents.slice(0, 1))).toBe(
    'o.yaml:8: action 2 ("$.A") matches nothing in 1 document\n' +
      "  help: A previous action removes what it selects. Correct the target, or remove the action.",
  );
});

test("reports an overlay for a missing document once", async () => {
  const overlay = await overlayOf({ target: "$.x", update: {} }, { target: "$.y", update: {} });
  expect(reportOf([{ ...overlay, extends: "spec/p/C.openapi.yaml" }])).toBe(
    "o.yaml:1: extends spec/p/C.openapi.yaml, which is not one of the 2 documents\n" +
      "  help: Correct the path, which is relative to the overlay, or remove the overlay.",
  );
});

test("compares an overlay for one document with that document only", async () => {
  const overlay = { ...(await overlayOf({ target: "$.B", update: {} })), extends: "spec/p/A.openapi.yaml" };
  expect(reportOf([overlay])).toContain('action 1 ("$.B") matches nothing in 1 document\n');
});

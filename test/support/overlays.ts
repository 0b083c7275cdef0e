import { writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { expect } from "vitest";
import { stringify } from "yaml";
import { Diagnostics, formatDiagnostics } from "../../scripts/diagnostic.js";
import { applyOverlays } from "../../scripts/overlay/apply.js";
import type { Overlay, OverlayAction } from "../../scripts/overlay/overlay.js";
import { readOverlays } from "../../scripts/overlay/read.js";
import { temporaryFolder } from "./spec-folder.js";

/** Reads an overlay. `report` lists its problems, without the name of the temporary folder. */
export async function readText(text: string): Promise<{ overlays: Overlay[]; report: string }> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "o.yaml"), text);
  const diagnostics = new Diagnostics();
  const overlays = await readOverlays([join(folder, "o.yaml")], diagnostics);
  const report = formatDiagnostics(diagnostics.list).replaceAll(`${relative(process.cwd(), folder)}/`, "");
  return { overlays, report };
}

/** Creates an overlay with these actions. */
export async function overlayOf(...actions: readonly object[]): Promise<Overlay> {
  const { overlays, report } = await readText(
    stringify({ overlay: "1.0.0", info: { title: "test", version: "1" }, actions }),
  );
  expect(report).toBe("");
  return overlays[0] ?? expect.fail("no overlay was read");
}

/** Applies overlays. `report` lists their problems, without the name of the temporary folder. */
export function applied(
  overlays: readonly Overlay[],
  value: object,
): { result: object; matched: number[]; report: string } {
  const diagnostics = new Diagnostics();
  const matched = new Set<OverlayAction>();
  const result = applyOverlays(overlays, { path: "spec/p/A.openapi.yaml", value }, matched, diagnostics);
  const report = formatDiagnostics(diagnostics.list).replaceAll(/^\S*o\.yaml:/gm, "o.yaml:");
  return { result, matched: [...matched].map(({ number }) => number), report };
}

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inTurn, measure, median, type Usage } from "./child.js";
import { oneDocument } from "./one-document.js";
import { changeOnePage, generate, openWorkshop, tools, transcribe } from "./workshop.js";

/** What is measured for each set of pages, in the order in which it is done and shown. */
export const stages = {
  transcribe: "transcribe",
  cold: "generate, cold",
  both: "transcribe + generate, cold",
  warm: "generate, nothing changed",
  changed: "transcribe + generate, one page changed",
  types: "openapi-typescript, types alone",
} as const;

export type Stage = keyof typeof stages;

/** The medians of a set of pages. */
export interface SizeFigures {
  readonly actions: number;
  readonly usage: Readonly<Record<Stage, Usage>>;
}

/**
 * Measures every stage on a folder of pages. The stages take turns, so that a machine that slows down slows all of
 * them. The pages are changed. What the stages wrote stays: some file systems take ten times as long to make a file
 * where others were removed a moment ago.
 *
 * @param folder an empty folder to work in.
 */
export async function measureSize(folder: string, pages: string, runs: number): Promise<SizeFigures> {
  const rounds: Record<Stage, Usage>[] = [];
  const document = join(folder, "every-action.json");
  let actions = 0;
  for (let run = 0; run < runs; run += 1) {
    const place = join(folder, `run-${run}`);
    // A folder of its own each time: nothing of the run before is there to be used again.
    const workshop = await openWorkshop(place, pages);
    const transcribed = await transcribe(workshop);
    if (run === 0) {
      const all = await oneDocument(workshop.spec);
      await writeFile(document, JSON.stringify(all.document));
      actions = all.actions;
    }
    const cold = await generate(workshop);
    const warm = await generate(workshop);
    await changeOnePage(workshop, `${run + 1}`);
    const changed = inTurn(await transcribe(workshop), await generate(workshop));
    const types = await measure([tools.openapiTypescript, document, "--output", join(place, "types.d.ts")]);
    rounds.push({ transcribe: transcribed, cold, both: inTurn(transcribed, cold), warm, changed, types });
  }
  return { actions, usage: mediansOf(rounds) };
}

function mediansOf(rounds: readonly Readonly<Record<Stage, Usage>>[]): Record<Stage, Usage> {
  const of = (stage: Stage) => median(rounds.map((round) => round[stage]));
  const names = Object.keys(stages) as Stage[];
  return Object.fromEntries(names.map((stage) => [stage, of(stage)])) as Record<Stage, Usage>;
}

import type { SourceFile } from "../files.js";
import type { PageSettings, WrittenPage } from "../transcribe/transcribe-page.js";

/** Work that can be shared between threads: what it is told once, and what it makes of a list of items. */
export interface Tasks {
  readonly read: { context: PageSettings; item: SourceFile; result: WrittenPage };
}

export type TaskName = keyof Tasks;

/** Makes one result of each item, in order. */
export type Run<Name extends TaskName> = (
  items: readonly Tasks[Name]["item"][],
) => Promise<Tasks[Name]["result"][]>;

const starts: { [Name in TaskName]: (context: Tasks[Name]["context"]) => Promise<Run<Name>> } = {
  read: async (context) => {
    const { writePage } = await import("../transcribe/transcribe-page.js");
    return async (items) => items.map((page) => writePage(page, context));
  },
};

/** Gets a task ready in this thread. */
export async function startTask<Name extends TaskName>(
  name: Name,
  context: Tasks[Name]["context"],
): Promise<Run<Name>> {
  return await starts[name](context);
}

import type { MadeDocument, MakeContext } from "../incremental/make-documents.js";
import type { FoundDocument } from "../openapi/find-documents.js";

/** Work that can be shared between threads: what it is told once, and what it makes of a list of items. */
export interface Tasks {
  readonly make: { context: MakeContext; item: FoundDocument; result: MadeDocument };
}

export type TaskName = keyof Tasks;

/** Makes one result of each item, in order. */
export type Run<Name extends TaskName> = (
  items: readonly Tasks[Name]["item"][],
) => Promise<Tasks[Name]["result"][]>;

const starts: { [Name in TaskName]: (context: Tasks[Name]["context"]) => Promise<Run<Name>> } = {
  make: async (context) => await (await import("../incremental/make-documents.js")).startMaking(context),
};

/** Gets a task ready in this thread. */
export async function startTask<Name extends TaskName>(
  name: Name,
  context: Tasks[Name]["context"],
): Promise<Run<Name>> {
  return await starts[name](context);
}

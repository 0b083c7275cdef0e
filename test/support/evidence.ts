import type { TestContext } from "vitest";

/** Row of the table at the end of `npm run test:evidence`. */
export interface Evidence {
  /** What was measured. */
  readonly what: string;
  /** Figure with its unit. */
  readonly measured: string;
  /** Limit that the test asserts. */
  readonly limit: string;
  /** Cases that are left out of the figure on purpose, each with its reason. */
  readonly tolerated?: readonly string[];
}

declare module "vitest" {
  interface TaskMeta {
    evidence?: Evidence[];
  }
}

/** Adds a row to the table. The test asserts the limit itself, after the call, so that a figure beyond it is printed too. */
export function addEvidence({ task }: Pick<TestContext, "task">, evidence: Evidence): void {
  task.meta.evidence = [...(task.meta.evidence ?? []), evidence];
}

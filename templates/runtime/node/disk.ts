import { systemCode } from "../secrets.js";
import { ShardFailure } from "./download-error.js";

/** What work on files comes to. @throws ShardFailure where the file system refuses. */
export async function onDisk<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (failure) {
    const code = systemCode(failure);
    throw new ShardFailure("none", "disk", `the file system refused${code && ` (${code})`}`, {
      code,
      cause: failure,
    });
  }
}

/** The same, but `undefined` where there is no such file. */
export async function ifThere<Result>(work: Promise<Result>): Promise<Result | undefined> {
  return await onDisk(
    work.catch((failure: unknown) => {
      if (systemCode(failure) === "ENOENT") return undefined;
      throw failure;
    }),
  );
}

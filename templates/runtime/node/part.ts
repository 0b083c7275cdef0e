import { constants } from "node:fs";
import { lstat, open, rename } from "node:fs/promises";
import { ifThere, onDisk } from "./disk.js";
import { ShardFailure } from "./download-error.js";
import { type Entity, validatorOf } from "./entity.js";
import { readSidecar, writeSidecar } from "./sidecar.js";

/** A file that is being written, under the name `<file>.part`. */
export interface Part {
  /** What it is a part of; `undefined` before anything is known. */
  readonly entity: () => Entity | undefined;
  /** Bytes that are on disk and count. */
  readonly received: () => number;
  /** Where to go on: 0 where what is there cannot be trusted. Never the end, so that the server confirms a part that is whole. */
  readonly resume: () => number;
  /** Starts anew. */
  readonly begin: (entity: Entity) => Promise<void>;
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** Throws away what is there. */
  readonly discard: () => Promise<void>;
  /** Gives the file its name. @throws ShardFailure where its length is not the entity's, or where one of that name came up. */
  readonly finish: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A finished file of an earlier run that did not come to its end; the server has to confirm it. `undefined` where there is none. */
export async function finishedEarlier(file: string, path: string): Promise<Entity | undefined> {
  const [stats, part, entity] = await Promise.all([
    ifThere(lstat(file)),
    ifThere(lstat(partName(file))),
    readSidecar(file, path),
  ]);
  const isWhole = stats?.isFile() && part === undefined && stats.size === entity?.size;
  return isWhole && entity !== undefined && validatorOf(entity) !== "" ? entity : undefined;
}

/** @throws ShardFailure where something of that name is there. */
export async function refuseExisting(file: string): Promise<void> {
  if ((await ifThere(lstat(file))) === undefined) return;
  const help = "take another directory, or pass `overwrite: true`";
  throw new ShardFailure("none", "exists", `a file of that name is there already: ${help}`);
}

const partName = (file: string) => `${file}.part`;

// A link in the place of a part could lead anywhere. Windows has no such flag.
const flags = constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

/**
 * Opens the part of a file, with what an earlier run left where that is from the same link.
 *
 * @param path of the link.
 */
export async function openPart(file: string, path: string, overwrite: boolean): Promise<Part> {
  const known = await readSidecar(file, path);
  const handle = await onDisk(open(partName(file), flags, 0o666));
  const { size: left } = await onDisk(handle.stat());
  const isTrusted = known !== undefined && left <= known.size && validatorOf(known) !== "";
  let entity = isTrusted ? known : undefined;
  let received = isTrusted ? left : 0;

  async function begin(next: Entity): Promise<void> {
    await discard();
    await writeSidecar(file, path, next);
    entity = next;
  }

  async function discard(): Promise<void> {
    entity = undefined;
    received = 0;
    await onDisk(handle.truncate(0));
  }

  return {
    entity: () => entity,
    received: () => received,
    resume() {
      const isKnown = entity !== undefined && validatorOf(entity) !== "";
      received = isKnown && entity !== undefined ? Math.min(received, Math.max(0, entity.size - 1)) : 0;
      return received;
    },
    begin,
    discard,
    async write(bytes) {
      for (let done = 0; done < bytes.length; ) {
        const work = handle.write(bytes, done, bytes.length - done, received);
        const { bytesWritten } = await onDisk(work);
        done += bytesWritten;
        received += bytesWritten;
      }
    },
    async finish() {
      const { size } = await onDisk(handle.stat());
      if (size !== entity?.size) {
        await discard();
        throw new ShardFailure("again", "length", "another number of bytes is on disk than was received");
      }
      // Else a file that is there after a power failure could be empty.
      await onDisk(handle.sync());
      await handle.close();
      if (!overwrite) await refuseExisting(file);
      await onDisk(rename(partName(file), file));
    },
    close: () => handle.close(),
  };
}

/** Bytes of pieces that were dropped since the collector was last asked for. */
let dropped = 0;

const often = 2 ** 23;
/** More than the engine lets the pieces in its nursery grow to: 32 MiB where it was not told otherwise. */
const muchMemory = 33 * 2 ** 20;

/**
 * Keeps memory flat: the engine sees only the small handles of pieces and would let a hundred megabytes of them lie. To ask
 * for much makes it collect; what it gives is never touched, so that it takes up no memory itself.
 *
 * @param bytes that nobody needs any more.
 */
export function relieve(bytes: number): void {
  dropped += bytes;
  if (dropped < often) return;
  dropped = 0;
  new ArrayBuffer(muchMemory);
}

/**
 * Computes the SHA-1 of a string in UTF-8: 40 lower-case hexadecimal digits (FIPS 180-4).
 *
 * Synchronous, unlike WebCrypto, which takes longer than the rest of a call and which browsers provide on https and localhost
 * only.
 */
export function sha1(text: string): string {
  const message = padded(new TextEncoder().encode(text));
  const words = new Int32Array(80);
  const word = (index: number) => words[index] as number;
  let hash: Hash = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  for (let block = 0; block < message.byteLength; block += 64) {
    let [a, b, c, d, e] = hash;
    for (let i = 0; i < 80; i += 1) {
      words[i] =
        i < 16
          ? message.getInt32(block + i * 4)
          : rotated(word(i - 3) ^ word(i - 8) ^ word(i - 14) ^ word(i - 16), 1);
      const sum = (rotated(a, 5) + mixed(i, b, c, d) + e + word(i)) | 0;
      e = d;
      d = c;
      c = rotated(b, 30);
      b = a;
      a = sum;
    }
    hash = [hash[0] + a, hash[1] + b, hash[2] + c, hash[3] + d, hash[4] + e];
  }
  return hash.map((part) => (part >>> 0).toString(16).padStart(8, "0")).join("");
}

type Hash = readonly [a: number, b: number, c: number, d: number, e: number];

/** The message, a 1 bit, zeros, and the length in bits, in blocks of 64 bytes. */
function padded(bytes: Uint8Array): DataView {
  const blocks = new Uint8Array(((bytes.length + 72) >> 6) << 6);
  blocks.set(bytes);
  blocks[bytes.length] = 0x80;
  const view = new DataView(blocks.buffer);
  view.setUint32(blocks.length - 8, bytes.length / 2 ** 29);
  view.setUint32(blocks.length - 4, bytes.length << 3);
  return view;
}

/** The function and the constant of a round. */
function mixed(round: number, b: number, c: number, d: number): number {
  if (round < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (round < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (round < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

const rotated = (word: number, bits: number) => (word << bits) | (word >>> (32 - bits));

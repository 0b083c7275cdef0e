import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sha1 } from "../../templates/runtime/sha1.js";

const byNode = (text: string) => createHash("sha1").update(text).digest("hex");

async function byWebCrypto(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(text));
  return Buffer.from(digest).toString("hex");
}

test.each([
  ["", "da39a3ee5e6b4b0d3255bfef95601890afd80709"],
  ["abc", "a9993e364706816aba3e25717850c26c9cd0d89d"],
  ["abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"],
  ["a".repeat(1_000_000), "34aa973cd4c4daa4f61eeb2bdbad27316534016f"],
])("the SHA-1 of a published example is as published", (text, digest) => {
  expect(sha1(text)).toBe(digest);
});

test("strings of every length around block boundaries have the digest of Node and of WebCrypto", async () => {
  // Characters of one to four bytes, so that some lie across a boundary.
  for (const character of ["a", "\u0000", "é", "中", "😀"])
    for (let count = 0; count <= 200; count += 1) {
      const text = "-".repeat(count % 4) + character.repeat(count);
      expect(sha1(text), `${count} times ${character}`).toBe(byNode(text));
      expect(await byWebCrypto(text)).toBe(byNode(text));
    }
});

test("tens of thousands of random strings have the digest of Node", () => {
  const texts = [
    ...fc.sample(fc.string({ unit: "binary", maxLength: 300 }), { seed: 1, numRuns: 15_000 }),
    ...fc.sample(fc.string({ unit: "grapheme", maxLength: 100 }), { seed: 2, numRuns: 15_000 }),
  ];
  const wrong = texts.filter((text) => sha1(text) !== byNode(text));
  expect(texts).toHaveLength(30_000);
  expect(wrong).toEqual([]);
});

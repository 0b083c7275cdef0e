import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** What a quantity is at some shares of a sample, such as `[0.5, 3]` for a median of 3; by rising share, 0 to 1. */
export type Quantiles = readonly (readonly [share: number, value: number])[];

/** Draws that a seed determines. */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** A whole number that is spread as a sample was. */
  sized(quantiles: Quantiles): number;
}

/** The same draws for the same seeds, independent ones for others. */
export function createRandom(...seeds: readonly number[]): Random {
  const generator = xoroshiro128plus(seeds.reduce((mixed, seed) => mix(mixed ^ seed), 0));
  const integer = (min: number, max: number) => uniformInt(generator, min, max);
  const share = () => uniformFloat64(generator);
  return {
    integer,
    chance: (probability) => share() < probability,
    pick: (items) => items[integer(0, items.length - 1)] ?? items[0],
    sized: (quantiles) => quantile(quantiles, share()),
  };
}

/** The value at a share, between two that are known on the line that joins them. */
export function quantile(quantiles: Quantiles, share: number): number {
  const after = quantiles.findIndex(([known]) => known >= share);
  const [toShare, to] = quantiles[after] ?? [1, 0];
  const [fromShare, from] = quantiles[Math.max(after - 1, 0)] ?? [0, 0];
  return Math.round(
    toShare === fromShare ? to : from + ((to - from) * (share - fromShare)) / (toShare - fromShare),
  );
}

/** Seeds that differ little have to give states that have nothing in common (the finaliser of MurmurHash3). */
function mix(seed: number): number {
  let hash = (seed + 0x9e3779b9) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

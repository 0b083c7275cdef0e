import type { ConsumerFigures } from "./consumer.js";
import type { SizeFigures } from "./rounds.js";
import { table } from "./table.js";

/** A figure beside the most that it may be. */
export interface Check {
  readonly what: string;
  readonly figure: number;
  readonly limit: number;
  readonly unit: "" | "s" | "MB" | "kB";
}

/** How figures stand to their limits. */
export function checkTable(checks: readonly Check[]): string {
  const withUnit = (number: number, unit: string) =>
    `${number.toFixed(unit === "MB" ? 0 : 2)}${unit && ` ${unit}`}`;
  const rows = checks.map(({ what, figure, limit, unit }) => [
    what,
    withUnit(figure, unit),
    withUnit(limit, unit),
    figure <= limit ? "pass" : "over",
  ]);
  return table(["limit", "figure", "at most", ""], rows);
}

/** The limits that hold for the largest set of pages. */
export function sizeChecks({ actions, usage }: SizeFigures): Check[] {
  const { transcribe, cold, both, types, warm, changed } = usage;
  const of = `${actions} actions:`;
  return [
    {
      what: `${of} transcribe + generate, cold / openapi-typescript (aim 1.0)`,
      figure: both.wallSeconds / types.wallSeconds,
      limit: 1.5,
      unit: "",
    },
    {
      what: `${of} peak memory of transcribe, and of generate`,
      figure: Math.max(transcribe.peakMegabytes, cold.peakMegabytes),
      limit: 700,
      unit: "MB",
    },
    { what: `${of} generate, nothing changed`, figure: warm.wallSeconds, limit: 0.7, unit: "s" },
    {
      what: `${of} transcribe + generate, one page changed`,
      figure: changed.wallSeconds,
      limit: 1,
      unit: "s",
    },
  ];
}

/** How much more the larger set costs than its share of the smaller one's time. */
export function growthCheck(smaller: SizeFigures, larger: SizeFigures): Check {
  const cost = ({ usage }: SizeFigures) => usage.both.wallSeconds;
  return {
    what: `growth from ${smaller.actions} to ${larger.actions} actions / linear growth`,
    figure: cost(larger) / cost(smaller) / (larger.actions / smaller.actions),
    limit: 1.15,
    unit: "",
  };
}

/** The cost of a large package to a program that imports one of its actions. */
export function consumerCheck({ actions, one, many }: ConsumerFigures): Check {
  return {
    what: `tsc on one action of a package of ${actions} / of a package of 1`,
    figure: many.wallSeconds / one.wallSeconds,
    limit: 1.3,
    unit: "",
  };
}

/** The limits of a client with one call. */
export const clientLimits = {
  /** Bytes of a bundle, minified and compressed. */
  gzip: 6000,
  /** Of the time of a call of openapi-fetch with a signing middleware that makes the request anew. */
  time: 1,
  failures: 0,
  /** Memory at the end of many calls, of that after half of them. */
  growth: 1.1,
};

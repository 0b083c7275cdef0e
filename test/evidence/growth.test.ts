import { expect, test } from "vitest";
import { redactionOf } from "../../templates/runtime/secrets.js";
import { actiongen, runNode } from "../support/actiongen.js";
import { addEvidence } from "../support/evidence.js";
import { type GrowingInput, growingInputs } from "../support/growing-inputs.js";
import { madeUpProduct } from "../support/made-up-product.js";
import { interpretValidator } from "../support/validator.js";

/** CPU time of a command in milliseconds, the least of three runs: the first one also compiles code, and others slow one down. */
async function cpuTimeOf({ write, ...input }: GrowingInput, size: number): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 3; run++) {
    const args = await write(size);
    const before = process.cpuUsage();
    const { code, err } = await actiongen(args);
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
    expect(code, err.slice(0, 1000)).toBe(input.code);
  }
  return Math.min(...times);
}

/** Prints the peak memory of a program in KiB when it ends. */
const printPeak = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process.stderr.write('\\npeak ' + process.resourceUsage().maxRSS + '\\n'));",
)}`;

/** Peak memory of a command with the largest input, in MiB. */
async function peakOf({ write, largest, ...input }: GrowingInput): Promise<number> {
  const program = ["--import", "tsx", "--import", printPeak, "scripts/main.ts"];
  const { code, err } = await runNode([...program, ...(await write(largest))]);
  expect(code, err.slice(0, 1000)).toBe(input.code);
  return Number(/^peak (\d+)$/m.exec(err)?.[1]) / 1024;
}

interface Figure {
  readonly kind: string;
  readonly figure: number;
}

/** Measures every kind, one after the other. @returns the figures, the highest one first. */
async function measureAll(measure: (input: GrowingInput) => Promise<number>): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const input of growingInputs) {
    figures.push({ kind: input.kind, figure: await measure(input) });
  }
  return figures.sort((a, b) => b.figure - a.figure);
}

test("neither time nor memory grows out of proportion to the input", async (context) => {
  const ratioOf = async (input: GrowingInput) =>
    (await cpuTimeOf(input, 4 * input.size)) / (await cpuTimeOf(input, input.size));
  // Peaks are those of other processes, which do not count as CPU time of this one.
  const [ratios, peaks] = await Promise.all([measureAll(ratioOf), measureAll(peakOf)]);
  const [slowest, largest] = [ratios[0], peaks[0]] as [Figure, Figure];
  addEvidence(context, {
    what: `CPU time for four times the input, of ${ratios.length} kinds (worst: ${slowest.kind})`,
    measured: `${slowest.figure.toFixed(1)} times`,
    limit: "less than 8 times",
  });
  addEvidence(context, {
    what: `Peak memory for the largest input of ${peaks.length} kinds (worst: ${largest.kind})`,
    measured: `${largest.figure.toFixed(0)} MiB`,
    limit: "less than 1024 MiB",
  });
  expect(ratios.filter(({ figure }) => !(figure < 8))).toEqual([]);
  expect(peaks.filter(({ figure }) => !(figure < 1024))).toEqual([]);
});

test("a client validates large responses in time that is in proportion to them", async (context) => {
  const item = {
    type: "object",
    required: ["Id"],
    properties: {
      Id: { type: "string", pattern: "^i-" },
      Tags: { type: "array", items: { type: "string" } },
    },
  };
  const { action } = await madeUpProduct({
    ListThem: {
      response: {
        Items: { type: "array", items: item },
        Unique: { type: "array", uniqueItems: true, items: item },
        Either: { type: "array", items: { anyOf: [{ type: "integer" }, item] } },
        Map: { type: "object", additionalProperties: item },
      },
    },
  });
  const validate = interpretValidator(action("ListThem"));
  const timeOf = (size: number) => {
    const items = Array.from({ length: size }, (_, at) => ({ Id: `i-${at}`, Tags: ["a", "b"] }));
    const body = { RetCode: 0, Items: items, Unique: items, Either: items, Map: { ...items } };
    const before = process.cpuUsage();
    for (let run = 0; run < 3; run++) expect(validate({ ...body, Items: [...items, {}] })).toHaveLength(1);
    return process.cpuUsage(before).user;
  };
  timeOf(1000);
  // The less of two runs: the collection of garbage is in both.
  const leastOf = (size: number) => Math.min(timeOf(size), timeOf(size));
  const ratio = leastOf(80_000) / leastOf(20_000);
  addEvidence(context, {
    what: "CPU time of a client's validation for four times the response",
    measured: `${ratio.toFixed(1)} times`,
    limit: "less than 8 times",
  });
  expect(ratio).toBeLessThan(8);
});

test("a client redacts long strings in time that is in proportion to them", (context) => {
  const redact = redactionOf(new Map([["Password", "pass word/1"]]), ["Password"], "private$key[of]test");
  const parts = ["\\", "\\u", "\\\\u0041", "%", "%25", "&", "&amp;", "&#x41;", "<", "a ", "pass%20word"];
  const timeOf = (size: number) => {
    const before = process.cpuUsage();
    for (const part of parts) redact(part.repeat(size / part.length));
    return process.cpuUsage(before).user;
  };
  timeOf(100_000);
  // A square would be 256 times. What engines need for large strings and the collection of garbage varies.
  const leastOf = (size: number) => Math.min(timeOf(size), timeOf(size), timeOf(size));
  const ratio = leastOf(1_600_000) / leastOf(100_000);
  addEvidence(context, {
    what: `CPU time of a client's redaction for strings of 16 times the length, of ${parts.length} kinds`,
    measured: `${ratio.toFixed(1)} times`,
    limit: "less than 128 times",
  });
  expect(ratio).toBeLessThan(128);
});

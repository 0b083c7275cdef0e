import { expect, test } from "vitest";
import { bundleProgram } from "../../scripts/bench/bundle.js";
import { programs } from "../../scripts/bench/programs.js";
import { product } from "../support/seed-action.js";

/** Names of the product's actions that a bundle holds. */
const actionsIn = (text: string) =>
  product.actions.map(({ name }) => name).filter((name) => new RegExp(`\\b${name}\\b`).test(text));

/**
 * Bytes, minified and compressed, that a bundle with one call has come down to. The limit of `npm run bench -- client`
 * is lower; whoever makes the bundle smaller lowers this too.
 */
const most = 7800;

const bySubpath = `
import { connect } from "@dezai/umem/connect";
import { describeUMemBackupURL } from "@dezai/umem/actions/DescribeUMemBackupURL";
console.log(await describeUMemBackupURL(connect({ region: "r" }), { Zone: "z", SpaceId: "s", BackupId: "b" }));
`;

test.each([
  ["the package", programs["@dezai/umem"]],
  ["modules of their own", bySubpath],
])(
  "a bundle with one call, imported from %s, is within its limit and holds no other action",
  async (_, source) => {
    const { text, gzip } = await bundleProgram(source);
    expect(gzip).toBeLessThanOrEqual(most);
    expect(actionsIn(text)).toEqual(["DescribeUMemBackupURL"]);
  },
);

test("what a program does not import costs nothing", async () => {
  const { text } = await bundleProgram(programs["@dezai/umem"]);
  // Texts of the logger and of paging.
  for (const words of ["<hidden>", "as in the part before"]) expect(text).not.toContain(words);
});

test("a client holds every action", async () => {
  const { text } = await bundleProgram(
    'import { createClient } from "@dezai/umem"; console.log(createClient());',
  );
  expect(actionsIn(text)).toEqual(product.actions.map(({ name }) => name));
});

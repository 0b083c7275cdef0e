import { expect, test } from "vitest";
import { bundleProgram } from "../../scripts/bench/client.js";
import { product } from "../support/seed-action.js";

/** Names of the actions that a bundle contains. */
const actionsIn = (text: string) =>
  product.actions.map(({ name }) => name).filter((name) => new RegExp(`\\b${name}\\b`).test(text));

/** Maximum size of a bundle with one call, minified and compressed, in bytes. Lower it when the bundle gets smaller. */
const maxSize = 10_800;

const byPackage = 'export * from "./scripts/bench/clients/actiongen.ts"';

const bySubpath = `
import { connect } from "@dezai/umem/connect";
import { describeUMemBackupURL } from "@dezai/umem/actions/DescribeUMemBackupURL";
console.log(await describeUMemBackupURL(connect({ region: "r" }), { Zone: "z", SpaceId: "s", BackupId: "b" }));
`;

test.each([
  ["the package", byPackage],
  ["the modules of the action and the connection", bySubpath],
])(
  "a bundle with one call, imported from %s, is small enough and contains no other action",
  async (_, source) => {
    const { text, gzip } = await bundleProgram(source);
    expect(gzip).toBeLessThanOrEqual(maxSize);
    expect(actionsIn(text)).toEqual(["DescribeUMemBackupURL"]);
  },
);

test("code that a program does not import is not in its bundle", async () => {
  const { text } = await bundleProgram(byPackage);
  // Strings of the logger, of paging and of waiting.
  for (const words of ["<hidden>", "as in an earlier page", "Waiting longer"])
    expect(text).not.toContain(words);
});

test("a bundle with a client contains every action", async () => {
  const { text } = await bundleProgram(
    'import { createClient } from "@dezai/umem"; console.log(createClient());',
  );
  expect(actionsIn(text)).toEqual(product.actions.map(({ name }) => name));
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Operation } from "@dezai/core";
import { createFakeGateway } from "@dezai/core/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { after, before, renames } from "../support/pots.js";
import {
  errorsIn,
  install,
  packageFiles,
  releasedProduct,
  run,
  writeConfig,
} from "../support/released-package.js";

const preamble = `
import { createClient, describePot, listPots, breakPot, type ListPotsParams, type Client } from "@dezai/pots";
import { listPots as alone } from "@dezai/pots/actions/ListPots";
declare const client: Client;
`;

/** Programs of the version before, each with its error when it is compiled with the version after; `""` if it has none. */
const programs: readonly [what: string, code: string, error: string][] = [
  ["a parameter by its old name", `describePot(client, { PotName: "a" });`, ""],
  ["a field of a parameter", `client.describePot({ Name: "a", Disks: [{ Size: 1 }] });`, ""],
  [
    "response fields",
    `const body = await client.describePot({ Name: "a" }); export const size: number | undefined = body.Items?.[0]?.Size; export const title: string | undefined = body.Title;`,
    "",
  ],
  [
    "a renamed action",
    `const params: ListPotsParams = {}; await listPots(client, params); await client.listPots(); await alone(client);`,
    "",
  ],
  ["an action that is gone", `breakPot(client, {});`, ""],
  ["its method", `client.breakPot({});`, ""],
  [
    "a parameter that is gone",
    `client.describePot({ Name: "a", Gone: "b" });`,
    "is not assignable to type 'undefined'",
  ],
  [
    "a parameter that moved",
    `client.describePot({ Name: "a", Kind: "b" });`,
    "is not assignable to type 'undefined'",
  ],
  [
    "a response field that is gone",
    `export const lost: string = (await client.describePot({ Name: "a" })).Lost;`,
    "'undefined' is not assignable to type 'string'",
  ],
];

let folder = "";
let pots: Record<string, unknown> = {};
let errors: Record<string, string[]> = {};
const nameOf = (what: string) => `${what.replaceAll(" ", "-")}.ts`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "actiongen-pots-"));
  await install(folder, "pots", await packageFiles(await releasedProduct([before, after], renames)));
  const code = `export * from "@dezai/pots"; export * from "@dezai/pots/testing"; export { listPots as alone } from "@dezai/pots/actions/ListPots";`;
  pots = await run(folder, code);
  await writeConfig(folder);
  errors = errorsIn(
    folder,
    Object.fromEntries(programs.map(([what, code]) => [nameOf(what), preamble + code])),
  );
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(programs)(
  "a program of the version before compiles, or the compiler reports what is gone: %s",
  (what, _, error) => {
    expect(errors[nameOf(what)]).toEqual(error === "" ? [] : [expect.stringContaining(error)]);
  },
);

type Call = (...values: readonly unknown[]) => Promise<Record<string, unknown>>;

/** A client of a gateway that returns a body, and what the gateway has received. */
function setUp(body: object = {}) {
  const gateway = createFakeGateway()
    .on(pots.describePotOperation as Operation<object, object>, body)
    .on(pots.listAllPotsOperation as Operation<object, object>, {});
  const create = pots.createClient as (options: object) => Readonly<Record<string, Call>>;
  const client = create(gateway.clientOptions);
  const call = (name: string, ...values: readonly unknown[]) => (client[name] as Call)(...values);
  const received = () => gateway.calls.map(({ action, parameters }) => ({ action, ...parameters }));
  return { client, call, received };
}

test("old names of parameters are sent under the new ones", async () => {
  const { call, received } = setUp();
  await call("describePot", { PotName: "a", Disks: [{ Size: 1 }, { Capacity: 2 }] });
  expect(received()).toMatchObject([{ Name: "a", "Disks.0.Capacity": "1", "Disks.1.Capacity": "2" }]);
  expect(Object.keys(received()[0] ?? {}).join()).not.toMatch(/PotName|Size/);
});

test.each([
  [
    "both names of a parameter",
    { PotName: "a", Name: "b", Disks: [{ Size: 1, Capacity: 2 }] },
    "PotName is the old name of Name, which is passed too: pass Name only; Disks[0].Size is the old name of Capacity, which is passed too: pass Capacity only",
  ],
  [
    "parameters that are gone",
    { Name: "a", Gone: "b", Kind: "c" },
    "Gone was removed in version 0.2.0: do not pass it; Kind was moved to Filter.Kind in version 0.2.0: pass that",
  ],
])("an error says why, and nothing is sent: %s", async (_, params, problems) => {
  const { call, received } = setUp();
  await expect(call("describePot", params)).rejects.toMatchObject({
    name: "InvalidParameterError",
    message: `DescribePot: ${problems}. Nothing was sent.`,
  });
  expect(received()).toEqual([]);
});

test("an action that is gone throws an error that says so, and nothing is sent", () => {
  const { client, call, received } = setUp();
  const problem = "BreakPot: the action was removed in version 0.2.0. Nothing was sent.";
  expect(() => call("breakPot")).toThrow(problem);
  expect(() => (pots.breakPot as Call)(client, {})).toThrow(problem);
  expect(received()).toEqual([]);
});

test("a renamed action is called by its new name", async () => {
  const { client, call, received } = setUp();
  await call("listPots");
  await (pots.listPots as Call)(client);
  await (pots.alone as Call)(client);
  expect(received().map(({ action }) => action)).toEqual(["ListAllPots", "ListAllPots", "ListAllPots"]);
});

describe("old names of response fields", () => {
  test("have the values of the new ones, and appear in no copy", async () => {
    const { call } = setUp({ Heading: "t", Items: [{ Capacity: 5 }], ByName: { a: { Years: "9" } } });
    const body = await call("describePot", { Name: "a" });
    expect(body).toMatchObject({ Title: "t", Items: [{ Size: 5 }], ByName: { a: { Age: "9" } } });
    expect(JSON.stringify(body)).not.toMatch(/Title|Size|Age/);
    expect(Object.keys({ ...body })).not.toContain("Title");
    expect(body.Lost).toBeUndefined();
  });

  test("keep the value that the gateway still returns", async () => {
    const { call } = setUp({ Heading: "new", Title: "old" });
    expect((await call("describePot", { Name: "a" })).Title).toBe("old");
  });
});

test.each(["0.4.0", "1.0.0"])("version %s has no old names any more", async (version) => {
  const files = await packageFiles(await releasedProduct([before, after], renames, version));
  const current = await packageFiles(await releasedProduct([after], {}, version));
  for (const path of [...files.keys()].filter((one) => one.startsWith("src/")))
    expect(files.get(path), path).toBe(current.get(path));
});

import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { checkPrograms } from "../support/programs.js";

const preamble = `
import { createClient, type DescribeUMemSpaceItem, type DescribeUMemSpaceItemState, type DescribeUMemSpaceProtocol, failedItems, RetCodeError, type RetCodeName, retCodes } from "@dezai/umem";
declare const credentials: { publicKey: string; privateKey: string };
declare const error: unknown;
const client = createClient({ credentials, region: "cn-zj" });
const isThrown = error instanceof RetCodeError;
`;

const valid: [what: string, code: string][] = [
  [
    "the name of a RetCode, compared with one that is listed, and with none",
    `if (isThrown) { const name: string = error.codeName; if (error.codeName === "RequestThrottled" || error.codeName === "") void name; }`,
  ],
  [
    "the name of a RetCode in a result",
    `const one = await client.describeUMemSpace().result(); if (!one.ok && one.error.name === "RetCodeError") switch (one.error.codeName) { case "RequestThrottled": break; default: break; }`,
  ],
  [
    "a value of an enumeration that the specification does not list",
    `client.describeUMemSpace({ Protocol: "valkey" }); const state: DescribeUMemSpaceItem["State"] = "Deleting"; void state;`,
  ],
  [
    "a map with every known value of a parameter and of a field",
    `const ports: Record<DescribeUMemSpaceProtocol, number> = { memcache: 11211, redis: 6379 }; const states: Record<DescribeUMemSpaceItemState, string> = { Starting: "", Running: "", Fail: "" }; void ports, states;`,
  ],
  [
    "fields of a failed item",
    `declare const body: { RetCode: 0; Hosts?: { Id: string; RetCode: number; Disks: { DiskId: string; RetCode?: number }[] }[]; Other: { Extra: unknown }; Tree: Tree }; interface Tree { Inner?: Tree[] }; for (const { item, codeName } of failedItems(body, retCodes)) { const id: string = "Id" in item ? item.Id : item.DiskId; void id, codeName === "RequestThrottled"; }`,
  ],
  [
    "a failed item of a body whose type has none",
    `const item: object | undefined = failedItems({ RetCode: 0, Hosts: [{ Id: "h" }] }, retCodes)[0]?.item; void item;`,
  ],
];

const invalid: [what: string, code: string, message: string][] = [
  [
    "a misspelt name of a RetCode in a comparison",
    `if (isThrown && error.codeName === "RequestThrotled") {}`,
    "This comparison appears to be unintentional",
  ],
  [
    "a misspelt name of a RetCode in a switch",
    `if (isThrown) switch (error.codeName) { case "REQUESTTHROTTLED": break; }`,
    `Type '"REQUESTTHROTTLED"' is not comparable to type`,
  ],
  [
    "a misspelt name of a RetCode in a result",
    `const one = await client.describeUMemSpace().result(); if (!one.ok && one.error.name === "RetCodeError" && one.error.codeName === "Busy") {}`,
    "This comparison appears to be unintentional",
  ],
  [
    "a map that lacks a known value",
    `const ports: Record<DescribeUMemSpaceProtocol, number> = { redis: 6379 }; void ports;`,
    "Property 'memcache' is missing",
  ],
  [
    "a value of an enumeration of another type",
    `client.describeUMemSpace({ Protocol: 6379 });`,
    "Type 'number' is not assignable to type",
  ],
  [
    "a field that no failed item has",
    `declare const body: { RetCode: 0; Hosts: { Id: string; RetCode: number }[] }; failedItems(body, retCodes)[0]?.item.Name;`,
    "Property 'Name' does not exist",
  ],
];

const { errorsOf } = checkPrograms(
  fileURLToPath(new URL(".", import.meta.url)),
  preamble,
  [...valid, ...invalid].map(([, code]) => code),
);

describe("valid programs compile", () => {
  test.each(valid.map(([what], index) => [what, index] as const))("%s", (_, index) => {
    expect(errorsOf(index)).toEqual([]);
  });
});

describe("invalid programs do not compile", () => {
  test.each(invalid.map(([what, , message], index) => [what, message, index] as const))(
    "%s",
    (_, message, index) => {
      expect(errorsOf(valid.length + index)).toEqual([expect.stringContaining(message)]);
    },
  );
});

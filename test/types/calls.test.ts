import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import type { Field } from "../../scripts/model/api-model.js";
import { responseFields } from "../../scripts/model/fields.js";
import { checkPrograms } from "../support/programs.js";
import { action } from "../support/seed-action.js";

/** Start of every program; all are compiled with the strict options of a consumer. */
const preamble = `
import type { ActionCall, PagedCall } from "@dezai/umem";
import { connect, createClient, describeUMemBackupURL, describeUMemSpace, type Client, type Connection, type RetCodeError } from "@dezai/umem";
import { createOpenApiFetchClient } from "@dezai/umem/openapi-fetch";
import { describeUMemBackupOperation, describeUMemBackupURLOperation } from "@dezai/umem";
import { createFakeGateway, delayed, fail, throttled } from "@dezai/umem/testing";
import { validate, validateWith } from "@dezai/umem/validate";
declare const credentials: { publicKey: string; privateKey: string };
declare const maybe: string | undefined;
const plain = createClient({ credentials });
const located = createClient({ credentials, region: "cn-zj", zone: "cn-zj-01" });
const all = { Region: "r", Zone: "z", SpaceId: "s", BackupId: "b" };
`;

const valid: [what: string, code: string][] = [
  ["a call with the required parameters", `plain.describeUMemBackupURL(all);`],
  [
    "a call with all parameters",
    `plain.describeUMemBackupURL({ ...all, ProjectId: "p", BlockId: "k" }, { signal: AbortSignal.timeout(1), headers: { a: "b" } });`,
  ],
  [
    "a call whose location is set by the client",
    `located.describeUMemBackupURL({ SpaceId: "s", BackupId: "b" });`,
  ],
  [
    "a call that overrides a location",
    `located.describeUMemBackupURL({ SpaceId: "s", BackupId: "b", Zone: "z" });`,
  ],
  [
    "the success body",
    `const links: string[] = (await plain.describeUMemBackupURL(all)).BackupURL; const code: 0 = (await plain.describeUMemBackupURL(all)).RetCode; void links, code;`,
  ],
  [
    "an optional response field",
    `const message: string | undefined = (await plain.describeUMemBackupURL(all)).Message; void message;`,
  ],
  [
    "the standalone function with a client",
    `describeUMemBackupURL(plain, all); describeUMemBackupURL(located, { SpaceId: "s", BackupId: "b" });`,
  ],
  [
    "the standalone function with a connection",
    `describeUMemBackupURL(connect({ credentials, region: "r", zone: "z" }), { SpaceId: "s", BackupId: "b" });`,
  ],
  [
    "an action and connect, each from its own module",
    `const one = await import("@dezai/umem/actions/DescribeUMemBackupURL"); const { connect: join } = await import("@dezai/umem/connect"); const params: import("@dezai/umem/actions/DescribeUMemBackupURL").DescribeUMemBackupURLParams = all; const body: import("@dezai/umem").DescribeUMemBackupURLResponse = await one.describeUMemBackupURL(join({ credentials }), params); void body;`,
  ],
  [
    "a call whose location is set by options of the call",
    `plain.describeUMemBackupURL({ SpaceId: "s", BackupId: "b" }, { region: "r", zone: "z" }); describeUMemBackupURL(located, { SpaceId: "s", BackupId: "b" }, { project: "p" });`,
  ],
  [
    "a call with every option",
    `plain.describeUMemBackupURL(all, { timeout: 1_000, maxRetries: 0, method: "POST", credentials: async () => credentials });`,
  ],
  [
    "the result of a call, successful or not",
    `const one = await plain.describeUMemBackupURL(all).result(); if (one.ok) { const links: string[] = one.data.BackupURL; void links; } else if (one.error.name === "RetCodeError") { const code: number = one.error.retCode; void code; } else if (one.error.name === "HttpError") { const status: number = one.error.status; void status; }`,
  ],
  [
    "the response, its request id and the attempts",
    `const { data, response, requestId, attempts } = await plain.describeUMemBackupURL(all).withResponse(); const details: [string[], number, string | undefined, number] = [data.BackupURL, response.status, requestId, attempts]; void details;`,
  ],
  [
    "the items and the pages of a list",
    `const call = plain.describeUMemBackup({ Region: "r", Zone: "z", SpaceId: "s" }); for await (const backup of call) { const id: string = backup.BackupId; void id; } for await (const page of located.describeUMemBackup({ SpaceId: "s", Limit: 5 }).pages()) { const total: number | undefined = page.TotalCount; void total; } const one: number | undefined = (await call).TotalCount; const base: ActionCall<{ TotalCount?: number }> = call; void one, base;`,
  ],
  ["a client from the environment", `createClient().describeUMemBackupURL(all);`],
  ["credentials from a provider", `createClient({ credentials: async () => credentials });`],
  [
    "options that may be undefined",
    `createClient({ credentials, baseUrl: maybe, region: maybe }).describeUMemBackupURL(all); plain.describeUMemBackupURL({ ...all, Zone: maybe as string }, { region: maybe });`,
  ],
  [
    "options from a variable, whose location may be absent",
    `const o: { credentials: typeof credentials; region?: string } = { credentials }; createClient(o).describeUMemBackupURL({ Zone: "z", SpaceId: "s", BackupId: "b" });`,
  ],
  [
    "a call without parameters, of an action that requires locations only",
    `located.describeUMemSpace(); describeUMemSpace(located); const call: PagedCall<object, { SpaceId?: string }> = plain.describeUMemSpace({}, { region: "r" }); void call;`,
  ],
  [
    "a wrapper of the client that a program declares itself",
    `const mock: Pick<Client, "describeUMemBackupURL"> = { describeUMemBackupURL: (params, options) => plain.describeUMemBackupURL({ ...params, BlockId: "k" }, options) }; const f: (params: { SpaceId: string; BackupId: string }) => PromiseLike<{ BackupURL: string[] }> = mock.describeUMemBackupURL; void f;`,
  ],
  ["a client as a type", `const c: Client = located; const d: Connection = located; void c, d;`],
  [
    "validators, of all actions and of one",
    `createClient({ credentials, validate, onContractViolation: ({ violations }) => { const path: string | undefined = violations[0]?.path; void path; } }); createClient({ credentials, validate: validateWith({ unknownFields: true }) }); const one = await import("@dezai/umem/actions/DescribeUMemBackupURL"); const { validateOnly } = await import("@dezai/umem/validate-only"); createClient({ credentials, validate: validateOnly({ DescribeUMemBackupURL: one.validateDescribeUMemBackupURL }) });`,
  ],
  [
    "a fake gateway and its responses",
    `const { describeUMemBackupExample } = await import("@dezai/umem/testing/DescribeUMemBackup"); const gateway = createFakeGateway().on(describeUMemBackupURLOperation, throttled(), delayed(1, fail(230)), { BackupURL: [] }, async ({ BackupId }, { attempt }) => attempt > 1 ? fail(1) : { BackupURL: [BackupId.trim()] }).onExample(describeUMemBackupExample); createClient(gateway.clientOptions); createClient({ fetch: gateway.fetch, credentials, region: "r" }); const limit: number | undefined = gateway.callsOf(describeUMemBackupOperation)[0]?.params.Limit; void limit;`,
  ],
  [
    "an action by name, whose location is set by an option",
    `const body = await located.call("DescribeUHostInstance", { Limit: 1 }, { region: "cn-bj2" }); void body.UHostSet; const one: { Total: number } = await connect({ credentials }).call<{ Total: number }>("GetTotal", {}, { project: "p", timeout: 1 }); void one; describeUMemBackupURL(located as Connection, all);`,
  ],
  [
    "a typed openapi-fetch client",
    `const { data } = await createOpenApiFetchClient().GET("/DescribeUMemBackupURL", { params: { query: all } }); void data?.RetCode;`,
  ],
];

const invalid: [what: string, code: string, message: string][] = [
  [
    "a module of an action that does not exist",
    `await import("@dezai/umem/actions/DescribeNothing");`,
    "Cannot find module '@dezai/umem/actions/DescribeNothing'",
  ],
  [
    "a module that is not an entry",
    `await import("@dezai/umem/settings");`,
    "Cannot find module '@dezai/umem/settings'",
  ],
  [
    "a mock response of another action",
    `createFakeGateway().on(describeUMemBackupURLOperation, { TotalCount: 1 });`,
    "'TotalCount' does not exist in type",
  ],
  [
    "a mock response with a value of the wrong type",
    `createFakeGateway().on(describeUMemBackupURLOperation, { BackupURL: [7] });`,
    "Type 'number' is not assignable to type 'string'",
  ],
  [
    "a missing mock response",
    `createFakeGateway().on(describeUMemBackupURLOperation);`,
    "Expected at least 2 arguments",
  ],
  [
    "a mock response that reads a parameter that does not exist",
    `createFakeGateway().on(describeUMemBackupURLOperation, ({ BackupUrl }) => ({ BackupURL: [BackupUrl] }));`,
    "Property 'BackupUrl' does not exist",
  ],
  [
    "a missing required parameter",
    `plain.describeUMemBackupURL({ Region: "r", Zone: "z", SpaceId: "s" });`,
    "Property 'BackupId' is missing",
  ],
  [
    "a missing parameter that no option sets",
    `located.describeUMemBackupURL({ SpaceId: "s" });`,
    "Property 'BackupId' is missing",
  ],
  ["no parameters at all", `plain.describeUMemBackupURL();`, "Expected 1-2 arguments, but got 0"],
  [
    "a parameter of the wrong type",
    `plain.describeUMemBackupURL({ ...all, BlockId: 7 });`,
    "Type 'number' is not assignable to type 'string'",
  ],
  [
    "a parameter that does not exist",
    `plain.describeUMemBackupURL({ ...all, Blockid: "k" });`,
    "'Blockid' does not exist in type",
  ],
  [
    "PublicKey as a parameter",
    `plain.describeUMemBackupURL({ ...all, PublicKey: "k" });`,
    "'PublicKey' does not exist in type",
  ],
  [
    "Signature as a parameter",
    `plain.describeUMemBackupURL({ ...all, Signature: "s" });`,
    "'Signature' does not exist in type",
  ],
  [
    "Action as a parameter",
    `plain.describeUMemBackupURL({ ...all, Action: "A" });`,
    "'Action' does not exist in type",
  ],
  [
    "a response field that does not exist",
    `(await plain.describeUMemBackupURL(all)).BackupURLs;`,
    "Property 'BackupURLs' does not exist",
  ],
  [
    "an option of a client that does not exist",
    `createClient({ credentials, space: "s" });`,
    "'space' does not exist in type 'ConnectionOptions'",
  ],
  [
    "a misspelt location beside a correct one",
    `createClient({ credentials, region: "r", zoen: "z" });`,
    "'zoen' does not exist in type 'ConnectionOptions'",
  ],
  [
    "a misspelt option of a connection",
    `connect({ credentials, zoen: "z" });`,
    "'zoen' does not exist in type 'ConnectionOptions'",
  ],
  [
    "a location of the wrong type",
    `createClient({ credentials, region: 1 });`,
    "Type 'number' is not assignable to type 'string'",
  ],
  [
    "a type argument for the client",
    `const c: Client<"Region"> = plain; void c;`,
    "Type 'Client' is not generic",
  ],
  [
    "a type argument for a function",
    `describeUMemBackupURL<"Region">(plain, all);`,
    "Expected 0 type arguments",
  ],
  [
    "an iteration over the items of an action that is not paged",
    `for await (const _ of plain.describeUMemBackupURL(all)) {}`,
    "must have a '[Symbol.asyncIterator]()' method",
  ],
  [
    "a field of an item that does not exist",
    `for await (const backup of located.describeUMemBackup({ SpaceId: "s" })) backup.Backup;`,
    "Property 'Backup' does not exist",
  ],
  [
    "an option of a call that does not exist",
    `plain.describeUMemBackupURL(all, { timeuot: 1 });`,
    "'timeuot' does not exist in type",
  ],
  [
    "an option of a call by name that does not exist",
    `located.call("DescribeUHostInstance", {}, { regoin: "cn-bj2" });`,
    "No overload matches this call",
  ],
  [
    "an error name that does not exist",
    `const one = await plain.describeUMemBackupURL(all).result(); if (!one.ok && one.error.name === "Oops") {}`,
    "This comparison appears to be unintentional",
  ],
  [
    "half a key pair",
    `createClient({ credentials: { publicKey: "p" } });`,
    "Property 'privateKey' is missing",
  ],
];

const { program, path, errorsOf } = checkPrograms(
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
      const errors = errorsOf(valid.length + index);
      expect(errors).toEqual([expect.stringContaining(message)]);
    },
  );
});

test("descriptions of the document are shown on the method, each parameter and each field", () => {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(path(0));
  if (file === undefined) throw new Error("no program");
  const documented = (symbol: ts.Symbol | undefined) =>
    [
      ts.displayPartsToString(symbol?.getDocumentationComment(checker)),
      ...(symbol?.getJsDocTags(checker) ?? []).map(({ text }) => ts.displayPartsToString(text)),
    ].join(" ");

  const local = (name: string) => {
    const symbol = checker
      .getSymbolsInScope(file, ts.SymbolFlags.Variable)
      .find((candidate) => candidate.name === name);
    if (symbol === undefined) throw new Error(`no ${name}`);
    return checker.getTypeOfSymbol(symbol);
  };
  const method = local("located").getProperty("describeUMemBackupURL");
  expect(documented(method)).toContain(action.summary);
  expect(documented(method)).toContain(action.description);

  // As an editor resolves the call.
  const call = file.statements.flatMap((statement) =>
    ts.isExpressionStatement(statement) && ts.isCallExpression(statement.expression)
      ? [statement.expression]
      : [],
  )[0];
  if (call === undefined) throw new Error("no call");
  const signature = checker.getResolvedSignature(call);
  const params = checker.getTypeOfSymbol(signature?.getParameters()[0] as ts.Symbol);
  const documentation = (symbols: readonly ts.Symbol[] = []) =>
    Object.fromEntries(symbols.map((symbol) => [symbol.name, documented(symbol).trim()]));
  const described = (fields: readonly Field[]) =>
    Object.fromEntries(fields.map(({ name, description }) => [name, expect.stringContaining(description)]));
  expect(action.parameters.length).toBeGreaterThan(0);
  expect(documentation(params.getProperties())).toEqual(described(action.parameters));

  const body = checker.getAwaitedType(signature?.getReturnType() as ts.Type);
  expect(documentation(body?.getProperties())).toEqual(described(responseFields(action)));
});

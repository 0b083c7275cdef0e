import { expect, test } from "vitest";
import { type CaseFile, contractOf } from "../support/contract-cases.js";

type Path = readonly (string | number)[];

/** Paths of the values in a value that have no parts. */
function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const items: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return items.flatMap(([key, item]) => leaves(item, [...path, key]));
}

function wrong(value: unknown): unknown {
  if (typeof value === "string") return `${value}x`;
  if (typeof value === "number") return value === 0 ? 1 : value * 3;
  return typeof value === "boolean" ? !value : "x";
}

/** A copy of a value with another value at a path. */
function withWrong(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return wrong(value);
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  copy[key] = withWrong(copy[key], rest);
  return copy;
}

/** A copy of a case with one property more in an object of strings or fields, or one less. */
function resized(value: object, name: string): object[] {
  const part = (value as Record<string, object>)[name];
  if (part === undefined) return [];
  const [first = "", ...others] = Object.keys(part);
  const fewer = Object.fromEntries(others.map((key) => [key, (part as Record<string, unknown>)[key]]));
  return first === "" ? [] : [fewer, { ...part, Other: "x" }].map((one) => ({ ...value, [name]: one }));
}

/** Every copy of a file with one case, in which one value of the case is wrong. */
function mutantsOf(file: CaseFile): CaseFile[] {
  const none = { ...file, requests: [], responses: [] };
  const requests = file.requests.flatMap((one) => {
    const { id: _, documentation: __, ...rest } = one as unknown as Record<string, unknown>;
    return [...leaves(rest).map((path) => withWrong(one, path)), ...resized(one, "flat")];
  });
  const responses = file.responses.flatMap((one) => {
    const outcome = { ...(one.value && { value: one.value }), ...(one.error && { error: one.error }) };
    const changed = leaves(outcome).map((path) => withWrong(one, path));
    return [...changed, ...resized(one, "value"), ...resized(one, "error")];
  });
  return [
    ...requests.map((one) => ({ ...none, requests: [one as CaseFile["requests"][number]] })),
    // The call of a response has the parameters of the first request.
    ...responses.map((one) => ({
      ...file,
      requests: file.requests.slice(0, 1),
      responses: [one as CaseFile["responses"][number]],
    })),
  ];
}

test("a wrong value in a contract case is found by the generated client and by Python", async () => {
  const { files, clientProblems, pythonProblems, close } = await contractOf("test/golden/shapes/spec");
  const mutants = [...files.values()].flatMap((content) => mutantsOf(JSON.parse(content)));
  expect(mutants.length).toBeGreaterThan(500);
  const byPython = await pythonProblems(mutants.map((one) => JSON.stringify(one)));
  const missed: unknown[] = [];
  for (const [index, mutant] of mutants.entries()) {
    const byClient = await clientProblems(mutant).catch((error) => [String(error)]);
    if (byClient.length === 0) missed.push(["the client", mutant]);
    if (byPython[index]?.length === 0) missed.push(["Python", mutant]);
  }
  await close();
  expect(missed).toEqual([]);
});

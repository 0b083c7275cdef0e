import { readdir } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { readRecordings } from "../../scripts/contract/recording.js";
import { pageName } from "../../scripts/emit/docs/context.js";
import { operationOf } from "../../scripts/emit/operation-fields.js";
import { load } from "../../scripts/load.js";
import type { Action } from "../../scripts/model/api-model.js";
import { flattenParameters } from "../../templates/runtime/parameters.js";
import { signParameters } from "../../templates/runtime/signature.js";
import { ownParameters } from "../../templates/runtime/testing/har.js";
import { readParameters } from "../../templates/runtime/testing/typed-parameters.js";
import { callProblems, exampleProblems, responseProblems } from "../support/examples.js";
import { generated } from "../support/generated.js";
import { codeBlocks } from "../support/readme.js";
import { recordingServer, runProgram } from "../support/samples.js";
import { documentPath, specFolder } from "../support/spec-folder.js";

const golden = (await readdir("test/golden", { withFileTypes: true })).filter((entry) => entry.isDirectory());
const specs = ["spec", "test/data/spec", ...golden.map(({ name }) => `test/golden/${name}/spec`)];
const keys = { publicKey: "p", privateKey: "k" };

/** Runs samples one after another, as one program. @returns the flat parameters that each sends, without the signature. */
async function sentBy(command: string, samples: readonly string[], prefix: string) {
  const { url, calls } = await recordingServer();
  const env = {
    [`${prefix}_BASE_URL`]: url,
    [`${prefix}_PUBLIC_KEY`]: keys.publicKey,
    [`${prefix}_PRIVATE_KEY`]: keys.privateKey,
  };
  const { status, stderr } = await runProgram(command, ["-c", samples.join("\n")], { env });
  expect(status, stderr).toBe(0);
  expect(calls).toHaveLength(samples.length);
  return calls.map((call) => {
    const sent = new Map(call);
    expect(Object.fromEntries(sent)).toEqual(Object.fromEntries(signParameters(sent, keys)));
    return new Map(call.filter(([name]) => !["Action", "PublicKey", "Signature"].includes(name)));
  });
}

describe.each(specs)("in %s,", (spec) => {
  test("the examples of documents, and the responses and requests of pages, are valid", async () => {
    const [{ brand, products }, files] = await Promise.all([load(spec), generated(spec)]);
    const pages = products.flatMap(({ name, actions }) =>
      actions.map((action) => ({ action, text: files.get(`docs/${name}/${pageName(action)}.md`) ?? "" })),
    );
    const blocks = (language: string) => pages.map(({ text }) => codeBlocks(text, language)[0] ?? "");
    const responses = blocks("json");
    const curl = await sentBy("sh", blocks("sh"), brand.environmentPrefix);
    const python = await sentBy("python3", blocks("python"), brand.environmentPrefix);
    const problems = pages.map(({ action }, index) => [
      ...exampleProblems(action),
      ...responseProblems(action, JSON.parse(responses[index] as string)),
      ...[curl, python].flatMap((calls) =>
        callProblems(action, readParameters(calls[index] as Map<string, string>, operationOf(action)).params),
      ),
    ]);
    expect(problems).toEqual(pages.map(() => []));
  });
});

test("a documented call and its response are those of the recording of the same call", async () => {
  const recordings = await readRecordings("test/recordings");
  const compared = new Set<string>();
  const actions = (await load("spec")).products.flatMap((product) => product.actions);
  for (const { name, examples } of actions) {
    const ofAction = recordings.filter(({ parameters }) => parameters.get("Action") === name);
    for (const { parameters, response } of examples) {
      const flat = Object.fromEntries(flattenParameters(parameters));
      for (const recording of ofAction) {
        const body = JSON.parse(recording.body);
        if (body.RetCode !== 0 || !isDeepStrictEqual(ownParameters(recording), flat)) continue;
        compared.add(name);
        expect(body, recording.file).toEqual(response);
      }
    }
  }
  expect([...compared]).toEqual(actions.map(({ name }) => name));
});

test.each([
  ["example: cn-zj\n", "example: 12\n", "example of DescribeUMemBackupURL: /Region must be of type string"],
  ["- GElzOkvy\n", "- 12\n", "the response: /BackupURL/0 must be of type string"],
  [
    "                RetCode: 0",
    "                RetCode: 0\n                Other: 1",
    'the response: has the unknown key "Other"',
  ],
])("an example is reported if it is wrong: %j → %j", async (from, to, problem) => {
  const spec = await specFolder([documentPath, from, to]);
  const [action] = (await load(spec)).products[0]?.actions ?? [];
  expect(exampleProblems(action as Action).join("\n")).toContain(problem);
});

test("a request is reported if it is wrong", async () => {
  const [action] = (await load("test/data/spec")).products[0]?.actions ?? [];
  const params = { Region: "r", Zone: "z", SpaceId: "s", BackupId: "b" };
  expect(callProblems(action as Action, params)).toEqual([]);
  const { Zone: _, ...others } = { ...params, Region: 1, Regoin: "r" };
  expect(callProblems(action as Action, others)).toEqual([
    'the request: lacks the required key "Zone"',
    'the request: has the unknown key "Regoin" (did you mean Region?)',
    "the request: /Region must be of type string",
  ]);
});

import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, describe, expect, test } from "vitest";
import { type CaseFile, contractOf } from "../support/contract-cases.js";
import { once } from "../support/once.js";

const schema = JSON.parse(await readFile("templates/contract/cases.schema.json", "utf8"));
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

describe.each(["spec", ...["shapes", "base64", "paging"].map((name) => `test/golden/${name}/spec`)])(
  "the contract cases of %s",
  (spec) => {
    const contract = once(() => contractOf(spec));
    afterAll(async () => await (await contract()).close());

    test("have the form that their schema describes, and unique names", async () => {
      for (const [path, content] of (await contract()).files) {
        const file = JSON.parse(content) as CaseFile;
        validate(file);
        expect(validate.errors, path).toBeNull();
        for (const cases of [file.requests, file.responses]) {
          const ids = cases.map(({ id }) => id);
          expect(new Set(ids).size, path).toBe(ids.length);
        }
      }
    });

    test("agree with the generated client", async () => {
      const { files, clientProblems } = await contract();
      for (const [path, file] of files) expect(await clientProblems(JSON.parse(file)), path).toEqual([]);
    });

    test("agree with a Python program that shares no code with it", async () => {
      const { files, pythonProblems } = await contract();
      const problems = await pythonProblems([...files.values()]);
      expect(problems).toEqual([...files].map(() => []));
    });
  },
);

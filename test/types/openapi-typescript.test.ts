import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generate } from "../../scripts/generate.js";
import { load } from "../../scripts/load.js";
import { compile } from "../support/compile.js";
import { temporaryFolder } from "../support/spec-folder.js";

const goldens = await readdir("test/golden", { withFileTypes: true });
const specifications = [
  "spec",
  ...goldens.filter((entry) => entry.isDirectory()).map(({ name }) => `test/golden/${name}/spec`),
];

/**
 * Compiles a program only if `Ours` and `Theirs` are assignable to each other, and also with every field made required: a
 * missing optional field makes no difference to assignability.
 */
const helpers = `
type Located<Query, Names> = Omit<Query, Names & keyof Query> & Partial<Pick<Query, Names & keyof Query>>;
type Parameters<Operation> = Operation extends { parameters: { query: infer Query } } ? Query
  : Operation extends { parameters: { query?: infer Query } } ? NonNullable<Query> : never;
type Body<Operation> = Operation extends { responses: { 200: { content: { "application/json": infer Body } } } }
  ? Extract<Body, { RetCode: 0 }> : never;
type Complete<T> = T extends string | number | boolean | null | undefined | Uint8Array ? T
  : T extends readonly (infer Item)[] ? Complete<Item>[] : { [Key in keyof T]-?: Complete<T[Key]> };
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
function same<Ours, Theirs>(assignable: [Same<Ours, Theirs>, Same<Complete<Ours>, Complete<Theirs>>]): void { void assignable; }
`;

/** Generates a specification into a folder. @returns the path of a program that compares the types of each product. */
async function writePrograms(spec: string, out: string): Promise<string[]> {
  await generate({ spec, out, check: false });
  const { brand, products } = await load(spec);
  const located = Object.values(brand.locationOptions).map((name) => JSON.stringify(name));
  expect(products.length).toBeGreaterThan(0);
  return await Promise.all(
    products.map(async ({ name, actions }) => {
      const checks = actions.flatMap(({ name: action, names, parameters }, index) => [
        `import type * as action${index} from "./packages/${name}/src/actions/${action}.js";`,
        parameters.length === 0
          ? `same<keyof Parameters<paths["/${action}"]["get"]>, keyof never>([true, true]);`
          : `same<action${index}.${names.params}, Located<Parameters<paths["/${action}"]["get"]>, ${located.join(" | ")}>>([true, true]);`,
        `same<action${index}.${names.response}, Body<paths["/${action}"]["get"]>>([true, true]);`,
      ]);
      const imports = `import type { paths } from "./packages/${name}/src/openapi-fetch-paths.js";\n`;
      const program = join(out, `${name}.ts`);
      await writeFile(program, imports + helpers + checks.join("\n"));
      return program;
    }),
  );
}

// One program: most of the time, the compiler checks its own library and core.
test("the interfaces and the types of openapi-typescript are assignable to each other", async () => {
  const out = await temporaryFolder();
  const programs = await Promise.all(
    specifications.map((spec, index) => writePrograms(spec, join(out, `${index}`))),
  );
  const core = join(out, "0/packages/core/src");
  const { errors } = compile(out, programs.flat(), {
    module: "ESNext",
    moduleResolution: "Bundler",
    baseUrl: ".",
    paths: Object.fromEntries(
      ["@dezai/core", "@example/core"].flatMap((name) => [
        [name, [`${core}/index.ts`]],
        [`${name}/*`, [`${core}/*.ts`]],
      ]),
    ),
  });
  expect(errors).toEqual([]);
});

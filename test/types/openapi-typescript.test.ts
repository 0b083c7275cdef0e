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

/** Compiles a program only if `Ours` and `Theirs` are assignable to each other. */
const helpers = `
type Located<Query, Names> = Omit<Query, Names & keyof Query> & Partial<Pick<Query, Names & keyof Query>>;
type Parameters<Operation> = Operation extends { parameters: { query: infer Query } } ? Query
  : Operation extends { parameters: { query?: infer Query } } ? NonNullable<Query> : never;
type Body<Operation> = Operation extends { responses: { 200: { content: { "application/json": infer Body } } } }
  ? Extract<Body, { RetCode: 0 }> : never;
function same<Ours, Theirs>(assignable: [ours: Ours extends Theirs ? true : never, theirs: Theirs extends Ours ? true : never]): void { void assignable; }
`;

test.each(specifications)(
  "the interfaces of %s and the types of openapi-typescript are assignable to each other",
  async (spec) => {
    const out = await temporaryFolder();
    await generate({ spec, out, check: false });
    const { brand, products } = await load(spec);
    const located = Object.values(brand.locationOptions).map((name) => JSON.stringify(name));
    const programs = await Promise.all(
      products.map(async ({ name, actions }) => {
        const checks = actions.flatMap(({ name: action, names }, index) => [
          `import type * as action${index} from "./packages/${name}/src/actions/${action}.js";`,
          `same<action${index}.${names.params}, Located<Parameters<paths["/${action}"]["get"]>, ${located.join(" | ")}>>([true, true]);`,
          `same<action${index}.${names.response}, Body<paths["/${action}"]["get"]>>([true, true]);`,
        ]);
        const imports = `import type { paths } from "./packages/${name}/src/openapi-fetch-paths.js";\n`;
        await writeFile(join(out, `${name}.ts`), imports + helpers + checks.join("\n"));
        return `${name}.ts`;
      }),
    );
    const core = `${brand.package.scope}/core`;
    const { errors } = compile(out, programs, {
      module: "ESNext",
      moduleResolution: "Bundler",
      baseUrl: ".",
      paths: { [core]: ["packages/core/src/index.ts"], [`${core}/*`]: ["packages/core/src/*.ts"] },
    });
    expect(programs.length).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  },
);

import type { Brand, GeneratedFile } from "../model/api-model.js";
import type { Templates } from "./render.js";

/** What a package needs to be told apart from the others. */
interface PackageFacts {
  readonly folder: string;
  readonly name: string;
  readonly description: string;
  readonly dependencies: Readonly<Record<string, string>>;
  /** What a program installs itself for the entries that need it. */
  readonly optionalPeers: Readonly<Record<string, string>>;
  /** Modules that can be imported besides the index, below `src` and without their ending; `*` stands for any name. */
  readonly subpaths: readonly string[];
  /** Sources that may use Node's own modules, below `src`; all others may not. */
  readonly nodeSources?: readonly string[];
}

/** The files that every generated package has: package.json, tsconfig.json and the licence. */
export function emitPackageFiles(facts: PackageFacts, brand: Brand, templates: Templates): GeneratedFile[] {
  const { version, license, copyright } = brand.package;
  const manifest = {
    name: facts.name,
    version,
    description: facts.description,
    license,
    type: "module",
    sideEffects: false,
    engines: { node: ">=20.19.0" },
    main: "./dist/cjs/index.js",
    types: "./dist/cjs/index.d.ts",
    exports: {
      ".": entryPoint("index"),
      ...Object.fromEntries(facts.subpaths.map((path) => [`./${path}`, entryPoint(path)])),
      "./package.json": "./package.json",
    },
    ...(facts.subpaths.length === 0 ? {} : { typesVersions: typesVersions(facts.subpaths) }),
    files: ["dist", "src"],
    dependencies: facts.dependencies,
    peerDependencies: facts.optionalPeers,
    peerDependenciesMeta: Object.fromEntries(
      Object.keys(facts.optionalPeers).map((name) => [name, { optional: true }]),
    ),
  };
  return [
    { path: `${facts.folder}/package.json`, content: `${JSON.stringify(manifest, null, 2)}\n` },
    ...buildConfigs(facts),
    { path: `${facts.folder}/LICENSE`, content: templates.render("package/LICENSE.hbs", { copyright }) },
  ];
}

/** How a module of `src` is reached from outside, once it is built. */
function entryPoint(path: string) {
  return {
    // Lets a checkout run from the sources. No tool resolves it unless it is told to.
    "@actiongen/source": `./src/${path}.ts`,
    import: { types: `./dist/esm/${path}.d.ts`, default: `./dist/esm/${path}.js` },
    require: { types: `./dist/cjs/${path}.d.ts`, default: `./dist/cjs/${path}.js` },
  };
}

/** Leads a compiler that resolves modules as Node 10 did, which passes over `exports`, to the declarations. */
function typesVersions(subpaths: readonly string[]) {
  return { "*": Object.fromEntries(subpaths.map((path) => [path, [`./dist/cjs/${path}.d.ts`]])) };
}

/** How the package is compiled: what may use Node's own modules apart from all the rest. */
function buildConfigs({ folder, nodeSources = [] }: PackageFacts): GeneratedFile[] {
  const file = (name: string, config: object): GeneratedFile => ({
    path: `${folder}/${name}`,
    content: `${JSON.stringify(config, null, 2)}\n`,
  });
  if (nodeSources.length === 0) return [file("tsconfig.json", buildConfig)];
  const own = nodeSources.map((path) => `src/${path}`);
  return [
    file("tsconfig.json", { ...buildConfig, exclude: own }),
    file("tsconfig.node.json", {
      extends: "./tsconfig.json",
      compilerOptions: { types: ["node"] },
      include: own,
      exclude: [],
    }),
  ];
}

/** No platform's own types: what compiles here runs wherever there are web standards. */
const buildConfig = {
  compilerOptions: {
    target: "ES2022",
    module: "NodeNext",
    lib: ["ES2022", "DOM", "DOM.Iterable"],
    types: [],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    declaration: true,
    declarationMap: true,
    sourceMap: true,
    rootDir: "src",
    outDir: "dist/esm",
  },
  include: ["src"],
};

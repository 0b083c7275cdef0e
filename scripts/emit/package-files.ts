import type { Brand, GeneratedFile } from "../model/api-model.js";
import type { Templates } from "./templates.js";

/** The properties in which a package differs from the others. */
interface PackageFacts {
  readonly folder: string;
  readonly name: string;
  readonly description: string;
  readonly dependencies: Readonly<Record<string, string>>;
  /** Packages that a program installs itself if it imports an entry that needs them. */
  readonly optionalPeers: Readonly<Record<string, string>>;
  /** Modules of `src` that can be imported besides the index, without extension; `*` matches any name. */
  readonly subpaths: readonly string[];
  /** Files and folders of `src` that may import Node's modules. */
  readonly nodeSources?: readonly string[];
}

/** package.json, tsconfig.json and LICENSE of a generated package. */
export function emitPackageFiles(facts: PackageFacts, brand: Brand, templates: Templates): GeneratedFile[] {
  const { version, license, copyright, keywords, homepage, repository } = brand.package;
  const manifest = {
    name: facts.name,
    version,
    description: facts.description,
    ...(keywords.length === 0 ? {} : { keywords }),
    ...(homepage === "" ? {} : { homepage }),
    // `generated` is the default output folder.
    ...(repository === ""
      ? {}
      : { repository: { type: "git", url: `git+${repository}`, directory: `generated/${facts.folder}` } }),
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
    typesVersions: typesVersions(facts.subpaths),
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

/** Conditional exports of a module of `src`. */
function entryPoint(path: string) {
  return {
    // For a checkout, which runs from the sources. Tools ignore the condition unless it is configured.
    "@actiongen/source": `./src/${path}.ts`,
    import: { types: `./dist/esm/${path}.d.ts`, default: `./dist/esm/${path}.js` },
    require: { types: `./dist/cjs/${path}.d.ts`, default: `./dist/cjs/${path}.js` },
  };
}

/** Declarations for compilers that ignore `exports` (`moduleResolution: "node10"`). */
function typesVersions(subpaths: readonly string[]) {
  return { "*": Object.fromEntries(subpaths.map((path) => [path, [`./dist/cjs/${path}.d.ts`]])) };
}

/** Compiler configurations: a separate one for the sources that may import Node's modules. */
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

/** Without the types of a platform: the code uses web standards only. */
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

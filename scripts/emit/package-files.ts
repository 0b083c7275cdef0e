import type { Brand, GeneratedFile } from "../model/api-model.js";
import { toolkitPackage } from "../toolkit.js";
import type { Templates } from "./templates.js";

/** The properties in which a package differs from the others. */
interface PackageFacts {
  readonly folder: string;
  readonly name: string;
  readonly description: string;
  /** Path of its home page in the reference: `umem/`. */
  readonly page: string;
  readonly keywords: readonly string[];
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  /** Modules of `src` that can be imported besides the index, without extension; `*` matches any name. */
  readonly subpaths: readonly string[];
  /** Files of the package besides those that every package has. */
  readonly files?: readonly string[];
  /** Files and folders of `src` that may import Node's modules. */
  readonly nodeSources?: readonly string[];
}

/** Packages that programs install if they import the entry `telemetry` or `openapi-fetch`. */
const peers = {
  "@opentelemetry/api": "^1.3.0",
  "openapi-fetch": `^${toolkitPackage.dependencies["openapi-fetch"]}`,
};

/** package.json, tsconfig.json and LICENSE of a generated package. */
export function emitPackageFiles(facts: PackageFacts, brand: Brand, templates: Templates): GeneratedFile[] {
  const { license, copyright, repository, bugs } = brand.package;
  const homepage = brand.package.homepage || (brand.docs.url && `${brand.docs.url}${facts.page}`);
  const keywords = [...brand.package.keywords, brand.name.toLowerCase(), ...facts.keywords];
  const file = (name: string, content: string) => ({ path: `${facts.folder}/${name}`, content });
  const json = (name: string, value: object) => file(name, `${JSON.stringify(value, null, 2)}\n`);
  const manifest = {
    name: facts.name,
    version: facts.version,
    description: facts.description,
    keywords: [...new Set(keywords)],
    ...(homepage !== "" && { homepage }),
    ...(bugs !== "" && { bugs: { url: bugs } }),
    ...(repository !== "" && { repository: repositoryOf(facts, brand) }),
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
    // For compilers that ignore `exports` (`moduleResolution: "node10"`).
    typesVersions: {
      "*": Object.fromEntries(facts.subpaths.map((path) => [path, [`./dist/cjs/${path}.d.ts`]])),
    },
    files: [...(facts.files ?? []), "api.md", "CHANGELOG.md", "dist", "src"],
    // The registry would reject a scoped package that is not public by default.
    publishConfig: { access: "public" },
    // A package without its build would be published without any module.
    scripts: { prepack: "actiongen build --package ." },
    ...(Object.keys(facts.dependencies).length > 0 && { dependencies: facts.dependencies }),
    peerDependencies: peers,
    peerDependenciesMeta: Object.fromEntries(Object.keys(peers).map((name) => [name, { optional: true }])),
  };
  // Sources that may import Node's modules have a configuration of their own.
  const nodeSources = facts.nodeSources?.map((path) => `src/${path}`);
  const nodeConfig = {
    extends: "./tsconfig.json",
    compilerOptions: { types: ["node"] },
    include: nodeSources,
    exclude: [],
  };
  return [
    json("package.json", manifest),
    json("tsconfig.json", { ...buildConfig, exclude: nodeSources }),
    ...(nodeSources === undefined ? [] : [json("tsconfig.node.json", nodeConfig)]),
    file("LICENSE", templates.render("package/LICENSE.hbs", { copyright })),
  ];
}

function repositoryOf({ folder }: PackageFacts, brand: Brand) {
  const { repository, outputPath } = brand.package;
  const directory = [outputPath, folder].filter(Boolean).join("/");
  return { type: "git", url: `git+${repository}`, ...(outputPath !== undefined && { directory }) };
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

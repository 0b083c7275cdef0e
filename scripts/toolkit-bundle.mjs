// Bundles the TypeScript of this folder into one file, once for each state of it: to load some hundred modules and
// compile them takes longer than most runs.
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "node_modules", ".cache", "actiongen");

/**
 * Loads what cli.ts exports.
 *
 * @param {string} purpose names the machine code that is kept: each command needs another part of it.
 * @returns {Promise<{ toolkit: typeof import("./cli.js"), keepCode: () => void } | undefined>} `undefined` where no
 *   bundle can be kept. `keepCode` is to be called when the work is done: then the code that was needed is known.
 */
export async function loadBundle(purpose) {
  const bundle = join(folder, `${stamp()}.cjs`);
  if (!existsSync(bundle) && !(await buildBundle(bundle))) return undefined;
  const code = bundle.replace(/\.cjs$/, `.${purpose}.code`);
  const cachedData = existsSync(code) ? readFileSync(code) : undefined;
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(bundle, "latin1")}\n})`;
  const script = new Script(source, { filename: bundle, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(import.meta.url), module, bundle, folder);
  const keepCode = () => {
    if (cachedData !== undefined && !script.cachedDataRejected) return;
    try {
      keep(code, script.createCachedData());
    } catch {
      // It would only have saved time.
    }
  };
  return { toolkit: module.exports, keepCode };
}

/** Names the state of all that goes into the bundle: this folder too, so that a copy of it gets a bundle of its own. */
function stamp() {
  const hash = createHash("sha256").update(process.version).update(root);
  const sources = ["scripts", join("templates", "runtime")].flatMap((name) =>
    readdirSync(join(root, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  for (const path of [...sources.sort(), join(root, "package.json"), join(root, "package-lock.json")]) {
    hash.update(path.slice(root.length)).update(readFileSync(path));
  }
  return hash.digest("hex").slice(0, 16);
}

/** @returns whether it could be built and kept. */
async function buildBundle(path) {
  try {
    const { build } = await import("esbuild");
    const { outputFiles } = await build({
      entryPoints: [join(root, "scripts", "cli.ts")],
      bundle: true,
      platform: "node",
      format: "cjs",
      // The other form of some packages finds its own modules in a way that cannot be bundled.
      mainFields: ["module", "main"],
      target: "node20",
      // Plain characters can be read without decoding. Names and lines stay, so that a stack can be read.
      charset: "ascii",
      minifySyntax: true,
      write: false,
      logLevel: "silent",
      external: ["esbuild"],
      define: { "import.meta.url": JSON.stringify(new URL("cli.ts", import.meta.url).href) },
    });
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) {
      if (/\.(cjs|code)$/.test(name)) rmSync(join(folder, name), { force: true });
    }
    // esbuild leaves the characters of regular expressions as they are.
    const plain = outputFiles[0].text.replace(
      /[\u0080-\uFFFF]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    keep(path, plain);
    return true;
  } catch {
    return false;
  }
}

/** Another process may be doing the same: what stands there is always whole. */
function keep(path, content) {
  const temporary = `${path}-${randomBytes(6).toString("hex")}`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}

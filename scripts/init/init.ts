import { existsSync } from "node:fs";
import { join } from "node:path";
import { Diagnostics, InputError } from "../diagnostic.js";
import { generate, transcribe, verify } from "../index.js";
import { writeAll } from "../output/write.js";
import { type BrandSettings, configPath, printFiles } from "./files.js";
import { printPackageJson } from "./package-json.js";

/** What `init` did to a repository. Paths are relative to it. */
export interface InitResult {
  readonly written: readonly string[];
  /** Files that existed and were left as they are. */
  readonly kept: readonly string[];
  /** Entries that were added to an existing package.json. */
  readonly added: readonly string[];
  /** Entries of an existing package.json that differ from those of the toolkit, and were left as they are. */
  readonly keptEntries: readonly string[];
}

/**
 * Writes the files of a repository that do not exist, and adds the entries that its package.json lacks.
 *
 * @param settings of a new configuration; `undefined` if there is one, so that no example is added to it.
 * @throws InputError with every problem of the settings and of the package.json; then nothing was written.
 */
export async function writeRepository(folder: string, settings?: BrandSettings): Promise<InitResult> {
  const diagnostics = new Diagnostics();
  const manifest = await printPackageJson(folder, diagnostics);
  const files = await printFiles(folder, settings ?? anySettings).catch((error) => diagnostics.addAll(error));
  diagnostics.throwIfAny();
  if (manifest === undefined || files === undefined) throw new Error("unreachable: both were printed");

  const isExample = (path: string) => /^(?:spec|test)\//.test(path);
  const wanted = settings === undefined ? files.filter(({ path }) => !isExample(path)) : files;
  const exists = ({ path }: { readonly path: string }) => existsSync(join(folder, path));
  const kept = wanted.filter(exists).map(({ path }) => path);
  const fresh = wanted.filter((file) => !exists(file));
  const manifestFile = { path: "package.json", content: manifest.text };
  const isChanged = !manifest.exists || manifest.added.length > 0;
  await writeAll(folder, isChanged ? [...fresh, manifestFile] : fresh);
  const written = manifest.exists ? fresh : [...fresh, manifestFile];
  return {
    written: written.map(({ path }) => path).sort(),
    kept: [
      ...(settings === undefined ? [configPath] : []),
      ...kept,
      ...(isChanged ? [] : ["package.json"]),
    ].sort(),
    added: manifest.added,
    keptEntries: manifest.kept,
  };
}

/** For the files that do not depend on the configuration. */
const anySettings: BrandSettings = {
  brand: "Example",
  baseUrl: "https://api.example.com/",
  scope: "@example",
  prefix: "EXAMPLE",
};

/** Numbers of what {@link runPipeline} made. */
export interface PipelineResult {
  readonly documents: number;
  readonly files: number;
  readonly recordings: number;
}

/**
 * Transcribes, generates and verifies a repository.
 *
 * @throws InputError with the problems of the first step that has any.
 */
export async function runPipeline(folder: string): Promise<PipelineResult> {
  const spec = join(folder, "spec");
  const [pages, recordings] = [join(spec, "pages"), join(folder, "test/recordings")];
  const { written, unchanged, findings } = existsSync(pages)
    ? await transcribe({ pages: [pages], spec })
    : { written: [], unchanged: [], findings: [] };
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new InputError(errors);
  const generated = await generate({ spec });
  const verified = existsSync(recordings) ? await verify({ spec, recordings }) : undefined;
  if (verified !== undefined && verified.disagreements.length > 0)
    throw new InputError(verified.disagreements);
  return {
    documents: written.length + unchanged.length,
    files: generated.written.length + generated.unchanged,
    recordings: verified?.recordings.length ?? 0,
  };
}

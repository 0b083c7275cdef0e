import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { Diagnostics } from "../diagnostic.js";
import { toSlashes } from "../files.js";
import type { ActionCard } from "../model/api-model.js";
import type { Owned } from "../model/products.js";
import type { FoundDocument } from "../openapi/find-documents.js";
import type { ExistingFiles } from "../output/existing-files.js";
import type { KnownFile } from "../output/plan.js";
import type { Cache } from "./cache.js";
import { hashOf, hashOfAll } from "./hash.js";

/** What a document became in an earlier run. */
export interface DocumentEntry {
  /** Files that it refers to, by path in the specification folder, with the hash of their text. */
  readonly dependencies: readonly (readonly [path: string, hash: string])[];
  readonly actions: readonly Owned<ActionCard>[];
  readonly files: readonly KnownFile[];
}

/** Finds what earlier runs made, and is still so. */
export interface EarlierRuns {
  /** A document's entry, if all that went into it is the same and all that came of it stands in the output folder. */
  document(key: string): DocumentEntry | undefined;
  /** The files of another part, such as a product, under the same conditions. */
  files(key: string): readonly KnownFile[] | undefined;
  /** All files, where nothing at all has changed. */
  everything(documents: readonly FoundDocument[], keys: Keys): readonly KnownFile[] | undefined;
}

/** Looks for what earlier runs made of a specification folder. */
export function earlierRuns(cache: Cache, specFolder: string, existing: ExistingFiles): EarlierRuns {
  const hashes = new Map<string, string>();
  const isThere = ({ path, hash }: KnownFile) => existing.hash(path, new Diagnostics()) === hash;

  function hashOfDependency(path: string): string {
    const known = hashes.get(path) ?? hashOfFile(resolve(specFolder, path));
    hashes.set(path, known);
    return known;
  }

  function document(key: string): DocumentEntry | undefined {
    const entry = unpack(cache, key);
    const isSame =
      entry?.dependencies.every(([path, hash]) => hashOfDependency(path) === hash) &&
      entry.files.every(isThere);
    return isSame ? entry : undefined;
  }

  function files(key: string): readonly KnownFile[] | undefined {
    const known = cache.get(key) as readonly KnownFile[] | undefined;
    return known?.every(isThere) ? known : undefined;
  }

  return {
    document,
    files,
    everything(documents, keys) {
      const own = documents.map((found) => document(keys.document(found)));
      if (!own.every((entry) => entry !== undefined)) return undefined;
      const ids = own.map((entry, index) =>
        identityOf(keys.document(documents[index] as FoundDocument), entry),
      );
      const rest = files(keys.rest(ids));
      return rest && [...own.flatMap((entry) => entry.files), ...rest];
    },
  };
}

/** An entry as it is kept: each table of RetCodes once, since most actions have the same. */
interface PackedEntry extends Omit<DocumentEntry, "actions"> {
  readonly actions: readonly { product: string; action: Omit<ActionCard, "retCodes">; retCodes: string }[];
}

/** Keeps what a document became. */
export function keepDocument(cache: Cache, key: string, entry: DocumentEntry): void {
  const actions = entry.actions.map(({ product, action: { retCodes, ...action } }) => {
    const tableKey = hashOfAll("retcodes", JSON.stringify(retCodes));
    cache.set(tableKey, retCodes);
    return { product, action, retCodes: tableKey };
  });
  cache.set(key, { ...entry, actions } satisfies PackedEntry);
}

function unpack(cache: Cache, key: string): DocumentEntry | undefined {
  const packed = cache.get(key) as PackedEntry | undefined;
  if (packed === undefined) return undefined;
  const actions = packed.actions.map(({ product, action, retCodes }) => ({
    product,
    action: { ...action, retCodes: cache.get(retCodes) as ActionCard["retCodes"] },
  }));
  return actions.every(({ action }) => action.retCodes !== undefined) ? { ...packed, actions } : undefined;
}

/** Tells a document apart from what it was before, and from what the files that it refers to were. */
export function identityOf(key: string, { dependencies }: Pick<DocumentEntry, "dependencies">): string {
  return [key, ...dependencies.flat()].join(" ");
}

/** The files that a document refers to, as an entry keeps them. */
export function dependenciesOf(
  files: ReadonlySet<string>,
  specFolder: string,
): DocumentEntry["dependencies"] {
  return [...files].sort().map((file) => [toSlashes(relative(resolve(specFolder), file)), hashOfFile(file)]);
}

function hashOfFile(path: string): string {
  try {
    return hashOf(readFileSync(path));
  } catch {
    return "";
  }
}

/** What the entries of a run are found by. */
export interface Keys {
  readonly document: (found: FoundDocument) => string;
  readonly product: (name: string, documents: readonly string[]) => string;
  readonly api: (documents: readonly string[]) => string;
  /** Everything but the documents' own files. */
  readonly rest: (documents: readonly string[]) => string;
}

/** @param stamp of the toolkit, @param config text of the configuration: both are part of everything. */
export function keysOf(stamp: string, config: string): Keys {
  const base = hashOfAll(stamp, config);
  const known = new Map<FoundDocument, string>();
  const document = (found: FoundDocument): string => {
    const key = known.get(found) ?? hashOfAll("document", base, found.path, found.source.text);
    known.set(found, key);
    return key;
  };
  return {
    document,
    product: (name, documents) => hashOfAll("product", base, name, ...documents),
    api: (documents) => hashOfAll("api", base, ...documents),
    rest: (documents) => hashOfAll("rest", base, ...documents),
  };
}

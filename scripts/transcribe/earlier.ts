import { join } from "node:path";
import { readIfThere, type SourceFile } from "../files.js";
import type { Cache } from "../incremental/cache.js";
import { hashOf, hashOfAll } from "../incremental/hash.js";
import type { Finding } from "./findings.js";
import type { PageSettings } from "./transcribe-page.js";

/** What is known of a page once it was read: all but its document. */
export interface ReadPage {
  /** The page, as a person would name it. */
  readonly file: string;
  /** `""` for a page that was refused; then a finding says why. */
  readonly action: string;
  readonly product: string;
  readonly findings: readonly Finding[];
}

/** What is known of a document once it was made: all but its content. */
interface MadeDocument {
  readonly document: { action: string; product: string; path: string; pages: readonly string[] };
  readonly hash: string;
  readonly findings: readonly Finding[];
  /** Indices of the overlay actions that match it. */
  readonly matches: readonly number[];
}

/** Finds what earlier runs made of the same pages, and is still so. */
export interface EarlierTranscriptions {
  page(source: SourceFile): ReadPage | undefined;
  /** @returns the page. */
  keepPage(source: SourceFile, page: ReadPage): ReadPage;
  /** The document of some pages, if the file says still what was made of them. */
  find(group: readonly ReadPage[], chosen: string | undefined): Promise<MadeDocument | undefined>;
  keep(group: readonly ReadPage[], chosen: string | undefined, document: MadeDocument): void;
}

export const noEarlier: EarlierTranscriptions = {
  page: () => undefined,
  keepPage: (_, page) => page,
  find: async () => undefined,
  keep() {},
};

/**
 * Looks for what earlier runs made.
 *
 * @param base hash of what goes into every page: the toolkit, the settings, the overlays.
 * @param titles of products, each of which goes into the documents of one.
 */
export function earlierTranscriptions(
  cache: Cache,
  base: string,
  { out, titles }: Pick<PageSettings, "out" | "titles">,
  pages: readonly SourceFile[],
): EarlierTranscriptions {
  const keys = new Map(pages.map(({ path, text }) => [path, hashOfAll("page", base, path, text)]));
  const keyOf = (file: string) => keys.get(file) ?? "";
  const groupKey = (group: readonly ReadPage[], chosen = "") =>
    hashOfAll(
      "document",
      base,
      chosen,
      ...group.flatMap(({ file, product }) => [keyOf(file), titles.get(product) ?? ""]),
    );
  return {
    page: ({ path }) => cache.get(keyOf(path)) as ReadPage | undefined,
    keepPage(source, page) {
      cache.set(keyOf(source.path), page);
      return page;
    },
    async find(group, chosen) {
      const known = cache.get(groupKey(group, chosen)) as MadeDocument | undefined;
      if (known === undefined) return undefined;
      const file = await readIfThere(join(out, known.document.path));
      return file !== undefined && hashOf(file.text) === known.hash ? known : undefined;
    },
    keep: (group, chosen, document) => cache.set(groupKey(group, chosen), document),
  };
}

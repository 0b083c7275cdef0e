import { byAction, inSections } from "../../diff/sections.js";
import type { Brand, GeneratedFile, ProductSummary } from "../../model/api-model.js";
import { packageName } from "../../model/names.js";
import type { Release } from "../../model/release.js";
import { compare, oneLine } from "../../text.js";
import type { Templates } from "../templates.js";
import { foreignLanguage, pageName } from "./context.js";
import type { Page } from "./page.js";

/** Releases of packages, the newest first, by the name of the package's folder: `core`, or that of a product. */
export type History = Readonly<Record<string, readonly Release[]>>;

/** Releases that the feed contains. */
const feedLength = 100;

/** The page with the changes of each release: by date, the newest first, then by product. */
export function changelogPage(brand: Brand, products: readonly ProductSummary[], history: History): Page {
  const releases = releasesOf(brand, products, history);
  return {
    path: "changelog",
    title: "Changelog",
    description: `Changes of the actions of ${brand.name} in each release`,
    template: "changelog",
    view: { releases },
  };
}

/**
 * The newest releases as an Atom feed. Its links are relative to the feed unless the URL of the reference is configured; its
 * IDs are package URLs, which stay the same when the reference moves.
 *
 * @returns one file, or none before the first release.
 */
export function changelogFeed(
  brand: Brand,
  products: readonly ProductSummary[],
  history: History,
  templates: Templates,
): GeneratedFile[] {
  const releases = releasesOf(brand, products, history).slice(0, feedLength);
  const [newest] = releases;
  if (newest === undefined) return [];
  const view = {
    brand: brand.name,
    language: brand.docs.language,
    site: brand.docs.url,
    id: `${packageUrl(packageName(brand.package.scope, "core"))}#changelog`,
    date: newest.date,
    releases,
  };
  return [{ path: "docs/changelog.xml", content: templates.render("docs/changelog.xml.hbs", view) }];
}

/** Anchor of a release in the changelog. @param name `core`, or that of a product. */
export function releaseAnchor(name: string, version: string): string {
  return `${name}-${version}`;
}

function releasesOf(brand: Brand, products: readonly ProductSummary[], history: History) {
  const summaries = new Map(products.map((product) => [product.name, product]));
  const names = Object.keys(history).sort(compare);
  const all = names.flatMap((name) =>
    (history[name] ?? []).map((release, index, { length }) => ({
      ...releaseView(brand, name, summaries.get(name), release),
      isFirst: index === length - 1,
    })),
  );
  // The order of releases of one day and product is that of the history.
  return all.sort((a, b) => compare(b.date, a.date));
}

function releaseView(brand: Brand, name: string, product: ProductSummary | undefined, release: Release) {
  const { version, date, changes } = release;
  const npm = packageName(brand.package.scope, name);
  return {
    anchor: releaseAnchor(name, version),
    url: `${brand.docs.url}changelog.html#${releaseAnchor(name, version)}`,
    id: `${packageUrl(npm)}@${version}`,
    title: product?.title ?? npm,
    version,
    date,
    groups: inSections(changes).map((group) => ({
      title: group.title,
      lines: byAction(group.changes).map(({ action, messages }) =>
        lineView(brand, product, action, messages.map(oneLine).join("; ")),
      ),
    })),
  };
}

/** Identifier of a package, as https://github.com/package-url/purl-spec defines it. */
function packageUrl(name: string): string {
  return `pkg:npm/${name.replace("@", "%40")}`;
}

function lineView(brand: Brand, product: ProductSummary | undefined, action: string, message: string) {
  const isThere = product?.actions.some(({ name }) => name === action) ?? false;
  const page = isThere ? `${product?.name}/${pageName({ name: action })}` : "";
  return {
    action,
    page,
    url: page === "" ? "" : `${brand.docs.url}${page}.html`,
    message,
    language: foreignLanguage(message, brand),
  };
}

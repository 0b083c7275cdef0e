import type { Brand } from "../../model/api-model.js";
import { foreignLanguage } from "./context.js";
import type { Page } from "./page.js";

/** A version of a product's package, and how its API differs from that of the previous version. */
export interface Release {
  /** Name of the product's folder. */
  readonly product: string;
  /** Title of the product. */
  readonly title: string;
  readonly version: string;
  /** `2026-11-27`; `""` if it is unknown. */
  readonly date: string;
  readonly changes: readonly Change[];
}

/** A difference between two specifications. */
export interface Change {
  /** `breaking` if programs that use the previous version have to be changed. */
  readonly kind: "breaking" | "added" | "changed" | "removed";
  /** Name of the action; `""` if the change is not that of one action. */
  readonly action: string;
  /** Path of the action's page without extension, such as `umem/DescribeUMemSpace`; `""` if it has none any more. */
  readonly page: string;
  /** What changed: one sentence, CommonMark. */
  readonly text: string;
}

/** Titles of the groups of changes, in the order in which they are shown. */
const titles = { breaking: "Breaking", added: "Added", changed: "Changed", removed: "Removed" } as const;

/** The page with the changes of each release. @param releases the newest first. */
export function changelogPage(brand: Brand, releases: readonly Release[]): Page {
  return {
    path: "changelog",
    title: "Changelog",
    description: `Changes of the actions of ${brand.name} in each release`,
    template: "changelog",
    view: { releases: releases.map((release) => releaseView(brand, release)) },
  };
}

function releaseView(brand: Brand, { product, title, version, date, changes }: Release) {
  const groups = Object.entries(titles).map(([kind, label]) => ({
    title: label,
    changes: changes
      .filter((change) => change.kind === kind)
      .map(({ action, page, text }) => ({ action, page, text, language: foreignLanguage(text, brand) })),
  }));
  return {
    anchor: `${product}-${version}`,
    title,
    version,
    date,
    groups: groups.filter((group) => group.changes.length > 0),
  };
}

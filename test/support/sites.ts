import { mkdir } from "node:fs/promises";
import { copyWithHistory, released, releaseOf } from "./history.js";
import { hostileTexts, specWith } from "./hostile-spec.js";
import { createSite, otherBrand, type Site } from "./site.js";

const ofAction = (rule: string, path = "") =>
  released(rule, { action: "CreateDisks", path, message: hostileTexts.join(" ") });
/** Releases with changes of every section, and marks of every kind of field. */
const history = {
  core: [releaseOf("1.0.0", "2026-11-27", released("base-url", { bump: "major", review: true }))],
  store: [
    releaseOf(
      "2.0.0-rc.1",
      "2026-11-27",
      ofAction("retry-safe-on"),
      ofAction("param-default-added", "Placement.Spread"),
      ofAction("param-added-required", "Region"),
      ofAction("resp-type-changed", "DiskSet.N.Parent.Labels"),
      released("action-added", { action: "ListDisks", message: "参数" }),
      released("action-removed", { action: "D".repeat(80), bump: "major" }),
      released("action-docs", { action: "Delete", bump: "patch" }),
    ),
    releaseOf("1.0.0", "2026-01-01"),
  ],
};

/** The references that are audited, by what they show. */
export const sites: Readonly<Record<string, () => Promise<Site>>> = {
  "this repository": () => createSite(),
  "another brand": () => createSite({ config: otherBrand }),
  "nested objects": () => createSite({ spec: "test/golden/shapes/spec" }),
  "pages and collisions": () => createSite({ spec: "test/golden/name-collisions/spec" }),
  "a deprecated action": () => createSite({ spec: "test/golden/deprecated/spec" }),
  "a history": () =>
    createSite({ spec: (folder) => copyWithHistory("test/golden/shapes/spec", folder, history) }),
  "hostile strings": () =>
    createSite({
      async spec(folder) {
        await mkdir(folder);
        await specWith(hostileTexts.join(" "), folder);
      },
    }),
};

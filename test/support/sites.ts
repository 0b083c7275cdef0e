import { mkdir } from "node:fs/promises";
import { hostileTexts, specWith } from "./hostile-spec.js";
import { createSite, otherBrand, type Site } from "./site.js";

/** The references that are audited, by what they show. */
export const sites: Readonly<Record<string, () => Promise<Site>>> = {
  "this repository": () => createSite(),
  "another brand": () => createSite({ config: otherBrand }),
  "nested objects": () => createSite({ spec: "test/golden/shapes/spec" }),
  "pages and collisions": () => createSite({ spec: "test/golden/name-collisions/spec" }),
  "a deprecated action": () => createSite({ spec: "test/golden/deprecated/spec" }),
  "hostile strings": () =>
    createSite({
      async spec(folder) {
        await mkdir(folder);
        await specWith(hostileTexts.join(" "), folder);
      },
    }),
};

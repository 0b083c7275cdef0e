import { describe, expect, test } from "vitest";
import { bundleForms } from "../../scripts/bundle/bundle.js";
import { load } from "../../scripts/model/load.js";
import { bundledFolder, sameModel } from "../support/bundled.js";
import { generated } from "../support/generated.js";

describe.each(bundleForms)("a bundle in the %s form", (form) => {
  test.each(["spec", "test/data/spec", "test/golden/shapes/spec"])("of %s gives the same model", async (spec) => {
    const folder = await bundledFolder(spec, form);
    expect(sameModel(await load(folder))).toEqual(sameModel(await load(spec)));
  });
});

import { isDeepStrictEqual } from "node:util";
import type { Brand } from "../model/api-model.js";
import type { FoundAt } from "./change.js";

/** Compares what the configuration decides about packages; the path is the key in `actiongen.yaml`. The version is the result of a comparison. */
export function compareBrands(before: Brand, after: Brand): FoundAt[] {
  const settings = [
    ["base-url", "baseUrl", before.baseUrl, after.baseUrl],
    ["request-id-header", "requestIdHeader", before.requestIdHeader, after.requestIdHeader],
    ["environment-prefix", "environmentPrefix", before.environmentPrefix, after.environmentPrefix],
    ["profile-file", "profileFile", before.profileFile, after.profileFile],
    ["package-scope", "package.scope", before.package.scope, after.package.scope],
  ] as const;
  const metadataOf = ({ name, package: { scope: _, version: __, versions: ___, ...rest } }: Brand) => [
    name,
    rest,
  ];
  return [
    ...settings
      .filter(([, , old, current]) => old !== current)
      .map(([rule, path, old, current]) => ({ rule, path, before: old, after: current })),
    ...compareLocations(before.locationOptions, after.locationOptions),
    ...(isDeepStrictEqual(metadataOf(before), metadataOf(after))
      ? []
      : [{ rule: "package-metadata" as const, path: "package" }]),
  ];
}

function compareLocations(before: Brand["locationOptions"], after: Brand["locationOptions"]): FoundAt[] {
  const options = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...options].flatMap((option): FoundAt[] => {
    const [old = "", current = ""] = [before, after].map((options) =>
      Object.hasOwn(options, option) ? options[option] : "",
    );
    if (old === current) return [];
    const rule =
      old === ""
        ? "location-option-added"
        : current === ""
          ? "location-option-removed"
          : "location-option-parameter";
    return [{ rule, path: `locationOptions.${option}`, before: old, after: current }];
  });
}

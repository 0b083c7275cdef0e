import { tryFlatten } from "../../templates/runtime/parameters.js";

/** Description of an action with every kind of parameter. */
export const operation = {
  action: "CreateThing",
  parameters: {
    Region: "string!",
    Count: "integer",
    Ratio: "number",
    Mode: "enum",
    Dry: "boolean",
    Data: "base64",
    Any: "json",
    Ids: "string[]",
    Tags: "string[]!",
    Disk: "#Disk",
    Main: "#Disk!",
    Disks: "#Disk[]",
    Matrix: "#Disk[][]",
  },
  models: { Disk: { Size: "integer!", Type: "string" } },
};
/** The required parameters of `operation`. */
export const required = { Region: "cn-zj", Tags: ["a"], Main: { Size: 1 } };

/** Flat parameters besides those of `required`, and issues as `path problem`. */
export function check(given: object, locations = {}, extra = {}) {
  const { flat, issues } = tryFlatten({ ...required, ...given }, operation, locations, extra);
  for (const name of ["Action", "Region", "Tags.0", "Main.Size"]) flat.delete(name);
  return { flat: Object.fromEntries(flat), issues: issues.map(({ path, problem }) => `${path} ${problem}`) };
}

/** Name of the configuration inside the specification folder. */
export const configName = "actiongen.yaml";

/** Name of the file with the versions of the packages inside the specification folder. */
export const versionsName = "versions.json";

/** Path of the history of a package inside the specification folder. @param name `core`, or that of a product. */
export function historyPath(name: string): string {
  return `history/${name}.json`;
}

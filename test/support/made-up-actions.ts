import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ActionParts, actionDocument } from "./action-document.js";

const parameter = (name: string, schema: object, more: object = {}) => ({
  name,
  in: "query",
  schema,
  ...more,
});
const required = { required: true };
const nested = { "x-actiongen-style": "indexed" };
const string = { type: "string" };
const listOf = (items: object) => ({ type: "array", items });
const objectOf = (properties: object, required: readonly string[]) => ({
  type: "object",
  required,
  properties,
});

/** Actions with parameters that no action of this repository has. */
const actions: Readonly<Record<string, ActionParts>> = {
  // The action of the worked example that the vendor publishes for its signature.
  DescribeUHostInstance: {
    parameters: [parameter("Region", string, required), parameter("Limit", { type: "integer" })],
  },
  CreateDisks: {
    parameters: [
      parameter("Region", string, { ...required, example: "cn-bj2" }),
      parameter("Count", { type: "integer" }),
      parameter("ChargeType", { type: "string", enum: ["Month", "Year"] }),
      parameter("IsBoot", { type: "boolean" }),
      parameter("Tags", listOf(string), nested),
      parameter("Disks", listOf({ $ref: "#/components/schemas/Disk" }), {
        ...required,
        ...nested,
        example: [{ Size: 20 }],
      }),
      parameter("Filter", objectOf({ Name: string, Owner: string }, ["Name"]), nested),
      parameter("Extra", {}),
      parameter("UserData", { type: "string", contentEncoding: "base64" }),
    ],
    schemas: {
      Disk: objectOf({ Size: { type: "integer" }, Type: { type: "string", enum: ["SSD", "HDD"] } }, ["Size"]),
    },
  },
};

/** Writes the specification of this repository with {@link actions} added. @param folder that does not exist yet. */
export async function withMadeUpActions(folder: string): Promise<void> {
  await cp("spec", folder, { recursive: true });
  for (const [name, parts] of Object.entries(actions)) {
    const path = join(folder, "umem", `${name}.openapi.yaml`);
    await writeFile(path, JSON.stringify(actionDocument(name, parts)));
  }
}

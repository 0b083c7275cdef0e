import { dirname, resolve } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Diagnostics } from "../diagnostic.js";
import { displayPath, readSource } from "../files.js";
import { type Path, pointerPath } from "../openapi/pointer.js";
import { explain } from "../openapi/schema-error.js";
import { parseYaml, type YamlSource } from "../openapi/yaml.js";
import { nameOf, type Overlay, type OverlayAction } from "./overlay.js";
import { compileQuery } from "./query.js";

/** The content of a valid overlay file. */
interface OverlayFile {
  extends?: string;
  actions: { target: string; update?: unknown; remove?: boolean }[];
}

type AddDiagnostic = (path: Path, message: string, help: string) => void;

const string = { type: "string" } as const;
const object = (required: readonly string[], properties: object) => ({
  type: "object",
  additionalProperties: false,
  patternProperties: { "^x-": {} },
  required,
  properties,
});

const action = object(["target"], {
  target: string,
  description: string,
  update: {},
  remove: { type: "boolean" },
});
const schema = object(["overlay", "info", "actions"], {
  overlay: {},
  info: object(["title", "version"], { title: string, version: string }),
  extends: string,
  actions: { type: "array", minItems: 1, items: action },
});

// Validating the schema itself takes longer than reading most overlays.
const options = { allErrors: true, verbose: true, meta: false, validateSchema: false };
const validate = new Ajv2020(options).compile<OverlayFile>(schema);

/**
 * Reads overlays, in YAML or JSON, and validates them against OpenAPI Overlay 1.0.
 *
 * @param diagnostics collects all problems. A file with problems yields no overlay.
 * @returns the overlays in the order of `paths`.
 */
export async function readOverlays(paths: readonly string[], diagnostics: Diagnostics): Promise<Overlay[]> {
  const overlays: Overlay[] = [];
  for (const path of paths) {
    const source = await readSource(path).catch((error) => diagnostics.addAll(error));
    const yaml = source && parseYaml(source, diagnostics);
    const overlay = yaml && toOverlay(yaml, diagnostics);
    if (overlay !== undefined) overlays.push(overlay);
  }
  return overlays;
}

function toOverlay(yaml: YamlSource, diagnostics: Diagnostics): Overlay | undefined {
  const { file, value } = yaml;
  const before = diagnostics.list.length;
  const addDiagnostic: AddDiagnostic = (path, message, help) =>
    diagnostics.add({ code: "overlay-invalid", file, line: yaml.lineOf(path), message, help });
  if (!isSupported(value, addDiagnostic)) return undefined;
  if (!validate(value)) {
    for (const error of validate.errors ?? []) {
      const path = pointerPath(error.instancePath);
      addDiagnostic(
        path,
        explain(error, path, "the overlay"),
        "See spec/README.md for the format of overlays.",
      );
    }
    return undefined;
  }
  // Not with `uniqueItems`, whose comparison fails for a key such as `toString`.
  const first = new Map<string, number>();
  for (const [index, action] of value.actions.entries()) {
    const text = JSON.stringify(action);
    const known = first.get(text);
    first.set(text, known ?? index);
    if (known === undefined) continue;
    const message = `actions must not have the same item twice (items ${known} and ${index})`;
    addDiagnostic(["actions"], message, "See spec/README.md for the format of overlays.");
  }
  const actions = value.actions.map((each, index) => toAction(each, index, yaml, addDiagnostic));
  const target = readExtends(value.extends, file, addDiagnostic);
  if (diagnostics.list.length > before) return undefined;
  return { file, extends: target, actions: actions.filter((one) => one !== undefined), lineOf: yaml.lineOf };
}

function isSupported(value: unknown, addDiagnostic: AddDiagnostic): boolean {
  if (typeof value !== "object" || value === null || !("overlay" in value)) {
    addDiagnostic([], "is not an overlay: it has no `overlay` key", "Begin it with `overlay: 1.0.0`.");
    return false;
  }
  const { overlay } = value;
  if (typeof overlay === "string" && /^1\.0\.\d+$/.test(overlay)) return true;
  const message = `overlay is ${JSON.stringify(overlay)}, which is not supported`;
  addDiagnostic(["overlay"], message, "Write `overlay: 1.0.0`.");
  return false;
}

function toAction(
  { target, update, remove: isRemoval = false }: OverlayFile["actions"][number],
  index: number,
  yaml: YamlSource,
  addDiagnostic: AddDiagnostic,
): OverlayAction | undefined {
  const path = ["actions", index];
  const name = nameOf({ number: index + 1, target });
  if (!isRemoval && update === undefined)
    addDiagnostic(path, `${name} does nothing`, "Add `update`, or `remove: true`.");
  try {
    const query = compileQuery(target);
    if (isRemoval && query.segments.length === 0)
      addDiagnostic(path, `${name} removes the document itself`, "Select what to remove from it.");
    const lineOf = (below: Path) => yaml.lineOf([...path, ...below]);
    return { file: yaml.file, number: index + 1, target, query, isRemoval, update, lineOf };
  } catch (error) {
    const help = "See RFC 9535 for the syntax of JSONPath, and spec/README.md for examples.";
    addDiagnostic([...path, "target"], `${name} is not a valid JSONPath: ${(error as Error).message}`, help);
    return undefined;
  }
}

/** The path of the extended document; `""` without `extends`, or if it is not a relative path, which is reported. */
function readExtends(reference: string | undefined, file: string, addDiagnostic: AddDiagnostic): string {
  if (reference === undefined) return "";
  try {
    if (!/^[a-z][a-z0-9+.-]*:|^\/|[?#\\]|^$/i.test(reference))
      return displayPath(resolve(dirname(file), decodeURIComponent(reference)));
  } catch {
    // Not percent-encoded correctly.
  }
  const message = `extends is ${JSON.stringify(reference)}, which is not a relative path`;
  addDiagnostic(["extends"], message, "Write the path of the document, relative to the overlay.");
  return "";
}

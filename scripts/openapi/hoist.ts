import { basename, dirname, resolve } from "node:path";
import type { AddDiagnostic } from "./checks.js";
import {
  decodePercent,
  type Move,
  originOf,
  type Path,
  pointerPath,
  pointerTo,
  raw,
  valueAt,
} from "./pointer.js";

const sections = [
  "schemas",
  "responses",
  "parameters",
  "examples",
  "requestBodies",
  "headers",
  "securitySchemes",
  "links",
  "callbacks",
  "pathItems",
];

/** Number of references between a reference and its value: far above any real one, and far below the limit of the stack. */
const maxChain = 100;

/** A value in one of the files. */
interface Location {
  readonly file: string;
  readonly path: Path;
}

/**
 * Rewrites a document so that every reference is `#/components/<section>/<name>`: any other value that is referred to,
 * in the document or in another file, becomes a component. References in extensions are replaced by the value.
 *
 * @param main absolute path of the document.
 * @param files every file by absolute path. References to other files stay as they are.
 * @returns `moves` has the original path of each value that was moved.
 */
export function hoistReferences(
  main: string,
  files: ReadonlyMap<string, unknown>,
  addDiagnostic: AddDiagnostic,
): { document: object; moves: readonly Move[] } {
  /** Targets that become components: location by pointer of the component. */
  const hoisted = new Map<string, Location & { readonly own: Path }>();
  const pointers = new Map<string, string>();
  const moves: Move[] = [];
  // A reference may refer to a value that was passed already: the first run finds them, the second writes.
  run(() => {});
  return { document: run(addDiagnostic), moves };

  function run(report: AddDiagnostic): object {
    const document = rebuild({ file: main, path: [] }, [], report) as Record<string, unknown>;
    const components: Record<string, object> = { ...raw(document.components) } as Record<string, object>;
    for (const { own, ...target } of hoisted.values()) {
      const [, section = "", name = ""] = own;
      components[section] = { ...components[section], [name]: rebuild(target, own, report) };
    }
    return hoisted.size === 0 ? document : { ...document, components };
  }

  function rebuild(
    from: Location,
    to: Path,
    report: AddDiagnostic,
    inlined: readonly string[] = [],
  ): unknown {
    function visit(value: unknown, path: Path, own: Path): unknown {
      if (typeof value !== "object" || value === null) return value;
      const pointer = pointers.size > 0 ? pointers.get(keyOf({ file: from.file, path })) : undefined;
      if (pointer !== undefined && pointer !== pointerTo(own)) return { $ref: pointer };
      if (Array.isArray(value))
        return value.map((item, index) => visit(item, [...path, index], [...own, index]));
      const { $ref: reference, ...rest } = value as Readonly<Record<string, unknown>>;
      const entries = Object.entries(typeof reference === "string" ? rest : value).map(([key, item]) => {
        if (key === "mapping" && own.at(-1) === "discriminator") return [key, mapping(item, [...own, key])];
        return [key, visit(item, [...path, key], [...own, key])];
      });
      const others = Object.fromEntries(entries);
      return typeof reference === "string" ? follow(reference, own, others) : others;
    }

    function follow(reference: string, own: Path, others: object): unknown {
      const target = locate(from.file, reference);
      const unchanged = { $ref: reference, ...others };
      if (target === undefined) return unchanged;
      if (typeof target === "string") return problem([...own, "$ref"], reference, target) ?? unchanged;
      const section = isComponent(target) ? "" : sectionOf(own);
      if (section !== undefined) return { $ref: pointerOf(target, section, own), ...others };
      const key = keyOf(target);
      if (inlined.includes(key))
        return problem([...own, "$ref"], reference, "which contains itself") ?? unchanged;
      if (target.file === main) moves.push({ own, origin: target.path });
      const value = rebuild(target, own, report, [...inlined, key]);
      return Object.keys(others).length === 0 ? value : { ...(value as object), ...others };
    }

    function mapping(value: unknown, own: Path): unknown {
      const entries = Object.entries(raw(value)).map(([name, item]) => {
        const target = typeof item === "string" && item.startsWith("#") ? locate(from.file, item) : undefined;
        if (typeof target === "string") problem([...own, name], item as string, target);
        return [name, typeof target === "object" ? pointerOf(target, "schemas", own) : item];
      });
      return Object.fromEntries(entries);
    }

    function problem(path: Path, reference: string, what: string): undefined {
      const help = "Refer to a value in the document, or to a file in the specification folder.";
      const message = `${path.at(-1)} is ${JSON.stringify(reference)}, ${what}`;
      report("reference", originOf(moves, path), message, help);
    }

    return visit(valueAt(files.get(from.file), from.path), from.path, to);
  }

  /** The pointer of a component, which a target that is not one becomes. */
  function pointerOf(target: Location, section: string, own: Path): string {
    if (isComponent(target)) return pointerTo(target.path);
    const key = keyOf(target);
    const known = pointers.get(key);
    if (known !== undefined) return known;
    const component = ["components", section, freeName(target, section)];
    const pointer = pointerTo(component);
    pointers.set(key, pointer);
    hoisted.set(pointer, { ...target, own: component });
    moves.push({ own: component, origin: target.file === main ? target.path : originOf(moves, own) });
    return pointer;
  }

  function freeName({ file, path }: Location, section: string): string {
    const [first, ...more] = nameOf(file, path);
    const name = [first, ...more].join(".") || "Value";
    const isTaken = (one: string) =>
      valueAt(files.get(main), ["components", section, one]) !== undefined ||
      hoisted.has(pointerTo(["components", section, one]));
    let free = name;
    for (let count = 2; isTaken(free); count++) free = `${name}_${count}`;
    return free;
  }

  /** The value that a reference refers to, the problem with it, or `undefined` for a file that was not read. */
  function locate(
    from: string,
    reference: string,
    seen: readonly string[] = [],
  ): Location | string | undefined {
    const at = reference.indexOf("#");
    const [target, fragment] =
      at < 0 ? [reference, ""] : [reference.slice(0, at), decodePercent(reference.slice(at + 1))];
    const file = target === "" ? from : resolve(dirname(from), decodePercent(target));
    if (!files.has(file)) return undefined;
    const key = `${file}#${fragment}`;
    if (seen.includes(key)) return "which refers to itself";
    if (seen.length === maxChain) return `which leads through more than ${maxChain} references`;
    const path = pointerPath(fragment);
    const isWhole = path.length < 2 && file === main;
    if (isWhole || (fragment !== "" && !fragment.startsWith("/"))) return "which cannot be a component";
    return walk({ file, path: [] }, path, [...seen, key]);
  }

  /** Follows a path, also through references, to a value that is not only a reference. */
  function walk(
    start: Location,
    [key, ...rest]: Path,
    seen: readonly string[],
  ): Location | string | undefined {
    const value = valueAt(files.get(start.file), start.path);
    if (key !== undefined && valueAt(value, [key]) !== undefined)
      return walk({ ...start, path: [...start.path, key] }, rest, seen);
    const { $ref: reference } = raw(value);
    if (typeof reference !== "string") return key === undefined ? start : "and there is no such value";
    const end = locate(start.file, reference, seen);
    if (typeof end !== "object") return end;
    if (key !== undefined) return walk(end, [key, ...rest], seen);
    return isComponent(start) || Object.keys(raw(value)).length > 1 ? start : end;
  }

  function isComponent({ file, path: [root, section, , ...more] }: Location): boolean {
    return file === main && root === "components" && sections.includes(String(section)) && more.length === 0;
  }
}

function keyOf({ file, path }: Location): string {
  return `${file}${pointerTo(path)}`;
}

/** Section of the component that a reference at this path has to refer to; `undefined` in an extension or in `paths`. */
function sectionOf(path: Path): string | undefined {
  const [parent, key] = path.slice(-2).map(String);
  const isNamed = (index: number) => ["properties", "schemas"].includes(String(path[index - 1]));
  if (path.some((one, index) => String(one).startsWith("x-") && !isNamed(index))) return undefined;
  if (parent === "paths") return undefined;
  if (key === "requestBody") return "requestBodies";
  return parent !== undefined && sections.includes(parent) ? parent : "schemas";
}

/** Keys that name nothing. */
const structure =
  /^(?:\d+|components|definitions|\$defs|paths|get|post|schema|properties|items|content|anyOf|allOf|oneOf)$/;

/** Names on the way to a value: of the component and its properties, or of the file. */
function nameOf(file: string, path: Path): string[] {
  const keys = path.map(String).filter((key) => !structure.test(key) && !sections.includes(key));
  const names = keys.length > 0 ? keys : [basename(file).replace(/\..*$/, "")];
  // The look-behind keeps the time linear in the number of underscores.
  return names.map((name) => name.replace(/[^\w.-]+/g, "_").replace(/^_+|(?<!_)_+$/g, "")).filter(Boolean);
}

import type { AddDiagnostic } from "../checks.js";
import { type RenamedComponent, renamer, usedComponents } from "../components.js";
import { type Move, originOf, type Path, pointerTo, type Raw, raw, valueAt } from "../pointer.js";

/** An operation of a document with many actions. */
interface OwnOperation {
  /** The rest of its path item. */
  readonly item: Raw;
  readonly operation: Raw;
  readonly origin: Path;
  readonly moves: readonly Move[];
}

/** Extension that lists the components of an action's own document: section, name there, name in the bundle. */
export const componentsExtension = "x-actiongen-components";
/** Extension with the source of an action: at the root of its own document, at the operation among many. */
export const sourceExtension = "x-actiongen-source";

/**
 * Creates the document of one action: the metadata of the document with many, the operation at `/`, and the components
 * that it needs.
 */
export function ownDocument(
  document: object,
  { item, operation, origin, moves }: OwnOperation,
  addDiagnostic: AddDiagnostic,
): { document: object; originOf(path: Path): Path } {
  const { [componentsExtension]: listed, [sourceExtension]: source, ...kept } = operation;
  const { paths: _, components, webhooks: __, security, ...root } = raw(document);
  const required = kept.security ?? security;
  const chosen = chooseComponents(document, { item, kept }, required, listed, origin, addDiagnostic);
  const rename = renamer(new Map(chosen.map(({ section, own, here }) => [`${section}/${here}`, own])));
  const get = {
    ...raw(rename.references(kept)),
    ...(required === undefined ? {} : { security: rename.security(required) }),
  };
  const all: Move[] = [
    ...moves,
    { own: [sourceExtension], origin: [...origin, sourceExtension] },
    ...chosen.map(({ section, own, here }) => ({
      own: ["components", section, own],
      origin: ["components", section, here],
    })),
  ];
  return {
    document: {
      // Extensions of the whole document do not describe the one action.
      ...Object.fromEntries(Object.entries(root).filter(([key]) => !key.startsWith("x-"))),
      ...(source === undefined ? {} : { [sourceExtension]: source }),
      paths: { "/": { ...raw(rename.references(item)), get } },
      components: componentsOf(raw(components), chosen, rename.references),
    },
    originOf: (path) => originOf(all, path),
  };
}

/** The components that the operation lists, followed by all others that it uses. */
function chooseComponents(
  document: object,
  part: unknown,
  security: unknown,
  listed: unknown,
  origin: Path,
  addDiagnostic: AddDiagnostic,
): RenamedComponent[] {
  const path = [...origin, componentsExtension];
  const chosen: RenamedComponent[] = Object.entries(raw(listed)).flatMap(([section, names]) =>
    Object.entries(raw(names)).flatMap(([own, name]) => {
      const here = String(name);
      if (valueAt(document, ["components", section, here]) !== undefined) return [{ section, own, here }];
      const message = `${componentsExtension} names ${JSON.stringify(here)}, which is not in components.${section}`;
      const help = "Correct the name, or remove the line.";
      addDiagnostic("component-name", [...path, section, own], message, help);
      return [];
    }),
  );
  const references = chosen.map(({ section, here }) => ({ $ref: pointerTo(["components", section, here]) }));
  for (const { section, name } of usedComponents(document, [part, references], security)) {
    const same = chosen.filter((one) => one.section === section);
    if (same.some(({ here }) => here === name)) continue;
    if (same.some(({ own }) => own === name)) {
      const message = `the operation uses components.${section}.${name}, but ${componentsExtension} gives that name to another component`;
      addDiagnostic("component-name", path, message, "List both, each under its own name.");
    }
    chosen.push({ section, own: name, here: name });
  }
  return chosen;
}

/** Components by section, in the order of the sections in the document with many actions. */
function componentsOf(
  components: Raw,
  chosen: readonly RenamedComponent[],
  rename: (value: unknown) => unknown,
): object {
  const sections = Object.keys(components).map((section) => {
    const own = chosen.filter((one) => one.section === section);
    const values = own.map(({ own: name, here }) => [name, rename(raw(components[section])[here])]);
    return [section, Object.fromEntries(values)] as const;
  });
  return Object.fromEntries(sections.filter(([section]) => chosen.some((one) => one.section === section)));
}

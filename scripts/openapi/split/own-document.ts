import { type AddDiagnostic, type Raw, raw } from "../checks.js";
import { mapReferences, renameSchemes, usedComponents } from "../components.js";
import { type Path, pointerTo, valueAt } from "../pointer.js";
import { type Move, originOf, ownOf } from "./moves.js";

/** An operation as it stands in the action's own document, with references as in the document that holds many. */
interface OwnOperation {
  /** The rest of its path item. */
  readonly item: Raw;
  readonly operation: Raw;
  /** Where the operation came from. */
  readonly place: Path;
  readonly moves: readonly Move[];
}

/** Names the components of an action's own document: section, then name there, then name in the bundle. */
export const componentsExtension = "x-actiongen-components";
/** Says where an action's facts come from: at the root of its own document, at the operation among many. */
export const sourceExtension = "x-actiongen-source";

/** A component of the action's own document. */
interface OwnComponent {
  readonly section: string;
  readonly own: string;
  readonly here: string;
}

/**
 * Makes the document of one action: what belongs to all of a document that holds many, the operation at `/`, and
 * the components that it needs, under the names that they have there.
 */
export function ownDocument(
  document: object,
  { item, operation, place, moves }: OwnOperation,
  addDiagnostic: AddDiagnostic,
): { document: object; originOf(path: Path): Path } {
  const { [componentsExtension]: listed, [sourceExtension]: source, ...kept } = operation;
  const { paths: _, components, webhooks: __, security, ...root } = raw(document);
  const required = kept.security ?? security;
  const chosen = chooseComponents(document, { item, kept }, required, listed, place, addDiagnostic);
  const all: Move[] = [
    ...moves,
    ...(source === undefined ? [] : [{ own: [sourceExtension], origin: [...place, sourceExtension] }]),
    ...chosen.map(({ section, own, here }) => ({
      own: ["components", section, own],
      origin: ["components", section, here],
    })),
  ];
  const localize = localizer(all, place, addDiagnostic);
  const schemes = chosen.filter(({ section }) => section === "securitySchemes");
  const ownScheme = (name: string) => schemes.find(({ here }) => here === name)?.own ?? name;
  const get = {
    ...(localize(kept) as object),
    ...(required === undefined ? {} : { security: renameSchemes(required, ownScheme) }),
  };
  return {
    document: {
      ...withoutExtensions(root),
      ...(source === undefined ? {} : { [sourceExtension]: source }),
      paths: { "/": { ...(localize(item) as object), get } },
      components: componentsOf(document, raw(components), chosen, localize),
    },
    originOf: (path) => originOf(all, path),
  };
}

/** Makes references lead to where the parts of the action's own document stand in there. */
function localizer(
  moves: readonly Move[],
  place: Path,
  addDiagnostic: AddDiagnostic,
): (value: unknown) => unknown {
  const localize = (target: Path, reference: string) => {
    const own = ownOf(moves, target);
    if (own !== undefined) return isSame(own, target) ? reference : pointerTo(own);
    const message = `$ref is ${JSON.stringify(reference)}, which leads to no component and to no part of the operation`;
    addDiagnostic("reference", place, message, "Make what it leads to a component, and refer to that.");
    return reference;
  };
  return (value) => mapReferences(value, localize);
}

/** Extensions of the whole document say nothing about the one action. */
function withoutExtensions(root: Raw): Raw {
  return Object.fromEntries(Object.entries(root).filter(([key]) => !key.startsWith("x-")));
}

function isSame(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((key, index) => String(key) === String(b[index]));
}

/** Those that the operation lists, and then whatever else it uses. */
function chooseComponents(
  document: object,
  part: unknown,
  security: unknown,
  listed: unknown,
  place: Path,
  addDiagnostic: AddDiagnostic,
): OwnComponent[] {
  const chosen: OwnComponent[] = Object.entries(raw(listed)).flatMap(([section, names]) =>
    Object.entries(raw(names)).flatMap(([own, here]) => {
      if (valueAt(document, ["components", section, String(here)]) !== undefined)
        return [{ section, own, here: String(here) }];
      const path = [...place, componentsExtension, section, own];
      const message = `${componentsExtension} names ${JSON.stringify(here)}, and components.${section} has no such name`;
      addDiagnostic("component-name", path, message, "Correct the name, or remove the line.");
      return [];
    }),
  );
  const listedParts = chosen.map(({ section, here }) => ({ $ref: pointerTo(["components", section, here]) }));
  const isKnown = (section: string, here: string) =>
    chosen.some((one) => one.section === section && one.here === here);
  for (const { section, name } of usedComponents(document, [part, listedParts], security)) {
    if (isKnown(section, name)) continue;
    if (chosen.some((one) => one.section === section && one.own === name)) {
      const message = `the operation uses components.${section}.${name}, and ${componentsExtension} gives that name to another`;
      addDiagnostic(
        "component-name",
        [...place, componentsExtension],
        message,
        "List both, each under its own name.",
      );
    }
    chosen.push({ section, own: name, here: name });
  }
  return chosen;
}

function componentsOf(
  document: object,
  components: Raw,
  chosen: readonly OwnComponent[],
  localize: (value: unknown) => unknown,
): object {
  const sections = Object.keys(components).map((section) => {
    const own = chosen.filter((one) => one.section === section);
    const values = own.map((one) => [
      one.own,
      localize(valueAt(document, ["components", section, one.here])),
    ]);
    return [section, Object.fromEntries(values)] as const;
  });
  return Object.fromEntries(sections.filter(([section]) => chosen.some((one) => one.section === section)));
}

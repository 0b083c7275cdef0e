import { createHash } from "node:crypto";

/** Maximum length in bytes. File systems allow 255; the rest is for prefixes and suffixes. */
const maxLength = 200;

/**
 * Returns file names for links, whose paths are not trusted. Each name is a single file in the directory on any file system,
 * and no two names are the same there.
 *
 * @param paths URL paths of the links.
 */
export function fileNames(paths: readonly string[]): string[] {
  let names = paths.map(safeName);
  for (;;) {
    const counts = new Map<string, number>();
    for (const name of names.map(folded)) counts.set(name, (counts.get(name) ?? 0) + 1);
    if (counts.size === names.length) return names;
    names = names.map((name, shard) =>
      (counts.get(folded(name)) ?? 0) > 1 ? `shard-${shard}-${name}` : name,
    );
  }
}

/** Returns the same string for names that a file system may treat as equal, since it ignores case or Unicode form. */
function folded(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}

/** Describes why a string cannot be a file name; `undefined` if it can. `others` are the names before it. */
export function nameProblem(name: unknown, others: readonly string[]): string | undefined {
  if (typeof name !== "string") return "is not a string";
  const portable = portableName(name);
  if (portable === "" || portable !== name.normalize("NFC"))
    return `is not a file name on every system${portable && `, ${JSON.stringify(portable)} is`}`;
  return others.some((other) => folded(other) === folded(name))
    ? "is the name of an earlier file"
    : undefined;
}

function safeName(path: string, shard: number): string {
  return portableName(decode(path.slice(path.lastIndexOf("/") + 1))) || `shard-${shard}`;
}

/** Changes a string into a name that is a single, visible file on any file system; empty if nothing is left of it. */
function portableName(original: string): string {
  const name = original
    .normalize("NFC")
    // Path separators, special characters of Windows shells, control characters and invisible ones.
    .replace(/[<>:"/\\|?*\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "_")
    // Hidden files and options of commands. Windows drops dots and blanks at the end.
    .replace(/^[.\-\s]+/u, "_")
    .replace(/[.\s]+$/u, "");
  return /^_*$/.test(name) ? "" : shortened(withoutReserved(name));
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(?:\.|$)/i;

/** Changes names of Windows devices, which exist in every directory, and the suffix of incomplete files. */
function withoutReserved(name: string): string {
  const plain = device.test(name) ? `_${name}` : name;
  return /\.part$/i.test(plain) ? `${plain}_` : plain;
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= maxLength) return name;
  const [ending = ""] = /\.[\w-]{1,20}$/.exec(name) ?? [];
  // The hash distinguishes names that differ only in the part that is cut.
  const tail = `~${createHash("sha256").update(name).digest("hex").slice(0, 8)}${ending}`;
  let stem = "";
  for (const character of name) {
    if (Buffer.byteLength(stem + character + tail) > maxLength) break;
    stem += character;
  }
  return stem + tail;
}

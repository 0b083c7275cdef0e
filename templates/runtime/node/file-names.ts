import { createHash } from "node:crypto";

/** Room below the 255 bytes of a file system for what a name is prefixed and followed by. */
const longest = 200;

/**
 * Names of files for links, which nobody vouches for: each is one file in the folder, on any file system, and no two are the
 * same there.
 *
 * @param paths of the links, as in a URL.
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

/** What a file system that does not tell case or form apart takes a name for. */
function folded(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}

function safeName(path: string, shard: number): string {
  const last = decode(path.slice(path.lastIndexOf("/") + 1)).normalize("NFC");
  const name = last
    // What separates folders or means something to a shell of Windows; control and invisible characters.
    .replace(/[<>:"/\\|?*\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "_")
    // A hidden file, an option of a command; Windows drops dots and blanks at the end.
    .replace(/^[.\-\s]+/u, "_")
    .replace(/[.\s]+$/u, "");
  if (/^_*$/.test(name)) return `shard-${shard}`;
  return shortened(withoutMeaning(name));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(?:\.|$)/i;

/** Devices of Windows have these names in every folder; the endings are those of files that are not complete. */
function withoutMeaning(name: string): string {
  const plain = device.test(name) ? `_${name}` : name;
  return /\.part(?:\.json)?$/i.test(plain) ? `${plain}_` : plain;
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= longest) return name;
  const [ending = ""] = /\.[\w-]{1,20}$/.exec(name) ?? [];
  // Keeps apart what differs further back only.
  const tail = `~${createHash("sha256").update(name).digest("hex").slice(0, 8)}${ending}`;
  let stem = "";
  for (const character of name) {
    if (Buffer.byteLength(stem + character + tail) > longest) break;
    stem += character;
  }
  return stem + tail;
}

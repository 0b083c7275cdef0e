import { shellDefault, shellWord } from "../../../../scripts/emit/escape.js";
import { signedNames, withCredentials } from "../../../runtime/signature.js";
import { type SampleWriter, wireParameters } from "./sample.js";

/** Commands for a POSIX shell that sign a call with standard tools and send it. */
export const curlSample: SampleWriter = (data, { baseUrl, environmentPrefix: prefix }, parameters) => {
  const covered = withCredentials(wireParameters(data, parameters), { publicKey: "", privateKey: "" });
  // One line for each parameter, in the order of signing. The public key is the reader's own.
  const inOrder = signedNames(covered);
  const word = (name: string, text: string) =>
    name === "PublicKey" ? `"${text}$${prefix}_PUBLIC_KEY"` : shellWord(`${text}${covered.get(name)}`);
  // curl reads files whose names follow an @ in a name.
  const pair = (name: string) => word(name, `${encodeURIComponent(name)}=`);
  return [
    `# Needs ${prefix}_PUBLIC_KEY and ${prefix}_PRIVATE_KEY in the environment. On macOS, use shasum instead of sha1sum.`,
    "SIGNATURE=$(printf '%s' \\",
    ...inOrder.map((name) => `  ${word(name, name)} \\`),
    `  "$${prefix}_PRIVATE_KEY" | sha1sum | cut -c 1-40)`,
    "",
    `curl --get "\${${prefix}_BASE_URL:-${shellDefault(baseUrl)}}" \\`,
    ...inOrder.map((name) => `  --data-urlencode ${pair(name)} \\`),
    '  --data-urlencode "Signature=$SIGNATURE"',
    "",
  ].join("\n");
};

import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { type Credentials, type CredentialsProvider, processEnvironment } from "../credentials.js";
import { CredentialsError } from "../errors.js";
import { systemCode } from "../secrets.js";

/** Options of `profileCredentials`. */
export interface ProfileOptions {
  /** Name of the profile. Default: environment variable `<PREFIX>_PROFILE`, then the active profile, then `default`. */
  readonly profile?: string | undefined;
  /** Path of the file. Default: the file of the vendor's command in the home directory. */
  readonly file?: string | undefined;
}

/** Values from the generator's configuration. */
export interface ProfileDefaults {
  /** Prefix of the environment variables. */
  readonly environmentPrefix: string;
  /** Path of the file relative to the home directory, with forward slashes. */
  readonly file: string;
}

/**
 * Reads a key pair from the profile file of the vendor's command: a JSON array of objects with `profile`, `public_key` and
 * `private_key`. The active profile has `active: true` there or in `config.json` in the same directory.
 *
 * @returns provider that reads the file again after the gateway rejects the key pair.
 * @throws CredentialsError with the path, the profile and the problem. The provider throws it as well.
 */
export function profileCredentials(options: ProfileOptions, defaults: ProfileDefaults): CredentialsProvider {
  const { environmentPrefix } = defaults;
  const path = options.file ?? join(homedir(), ...defaults.file.split("/"));
  const read = () => {
    const entries = readList(path);
    const name =
      options.profile ??
      processEnvironment(`${environmentPrefix}_PROFILE`) ??
      activeOf(entries, path) ??
      activeOf(readListIfExists(join(dirname(path), "config.json")), path) ??
      "default";
    return toCredentials(entries, name, path);
  };
  let first: Credentials | undefined = read();
  return () => {
    const credentials = first ?? read();
    first = undefined;
    return credentials;
  };
}

type Entry = Readonly<Record<string, unknown>>;

function readList(path: string): Entry[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (failure) {
    const code = systemCode(failure);
    const problem = code === "ENOENT" ? "does not exist" : `cannot be read${code && ` (${code})`}`;
    throw new CredentialsError(`The profile file ${path} ${problem}.`, { cause: failure });
  }
  const value = parse(text);
  // The parser's own error quotes the file, which contains keys.
  if (value === undefined) throw new CredentialsError(`The profile file ${path} is not valid JSON.`);
  const isList = Array.isArray(value) && value.every((entry) => typeof entry === "object" && entry !== null);
  if (!isList) throw new CredentialsError(`The profile file ${path} is not an array of profiles.`);
  return value as Entry[];
}

function readListIfExists(path: string): Entry[] {
  try {
    return readList(path);
  } catch {
    return [];
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

function activeOf(entries: readonly Entry[], path: string): string | undefined {
  const names = entries.filter(({ active }) => active === true).map(({ profile }) => profile);
  if (names.length > 1) {
    throw new CredentialsError(
      `The profile file ${path} has ${names.length} active profiles: pass the name of one as \`profile\`.`,
    );
  }
  return typeof names[0] === "string" ? names[0] : undefined;
}

function toCredentials(entries: readonly Entry[], name: string, path: string): Credentials {
  const quoted = JSON.stringify(name);
  const [entry, second] = entries.filter(({ profile }) => profile === name);
  if (entry === undefined) {
    const known = entries.map(({ profile }) => profile).filter((profile) => typeof profile === "string");
    const list = known.length === 0 ? "none" : known.map((profile) => JSON.stringify(profile)).join(", ");
    throw new CredentialsError(`The profile file ${path} has no profile ${quoted}. Its profiles: ${list}.`);
  }
  if (second !== undefined)
    throw new CredentialsError(`The profile file ${path} has more than one profile ${quoted}.`);
  const login = otherLogin(entry);
  if (login !== undefined)
    throw new CredentialsError(
      `The profile ${quoted} in ${path} authenticates by other means than a key pair (${login}). ` +
        "Pass the name of a profile with a key pair as `profile`, or pass a key pair as `credentials`.",
    );
  const problems = ["public_key", "private_key"].flatMap((key) => {
    const value = entry[key];
    if (value === undefined || value === "") return [`${key} is missing`];
    const isKey = typeof value === "string" && value.trim() === value;
    return isKey ? [] : [`${key} must be a string without surrounding white space`];
  });
  if (problems.length > 0)
    throw new CredentialsError(`The profile ${quoted} in ${path} is invalid: ${problems.join("; ")}.`);
  return { publicKey: entry.public_key as string, privateKey: entry.private_key as string };
}

/** Returns the property that indicates a login by OAuth or a browser session. Its leftover keys must not be used. */
function otherLogin(entry: Entry): string | undefined {
  const { auth_mode: mode } = entry;
  if (mode && typeof mode === "string") return `auth_mode ${JSON.stringify(mode)}`;
  // An empty mode selects the key pair, even if tokens of an earlier login are left over.
  const tokens = mode === "" ? [] : ["access_token", "refresh_token"];
  return ["auth_mode", ...tokens, "cookie", "csrf_token"].find((key) => Boolean(entry[key]));
}

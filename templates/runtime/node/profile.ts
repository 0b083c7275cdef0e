import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { type Credentials, type CredentialsProvider, processEnvironment } from "../credentials.js";
import { CredentialsError } from "../errors.js";
import { systemCode } from "../secrets.js";

/** Which key pair to take, and from where. */
export interface ProfileOptions {
  /** Name of the profile. Default: `<PREFIX>_PROFILE` of the environment, else the active one, else `default`. */
  readonly profile?: string | undefined;
  /** Path of the file. Default: the one that the vendor's command keeps in the user's home. */
  readonly file?: string | undefined;
}

/** What the generator's configuration fixes for a package. */
export interface ProfileDefaults {
  /** First part of the names of environment variables. */
  readonly environmentPrefix: string;
  /** Path of the file from the user's home, with forward slashes. */
  readonly file: string;
}

/**
 * Reads a key pair from the file that the vendor's command keeps: a JSON list of objects with `profile`, `public_key` and
 * `private_key`. The active profile is the one with `active: true` there, or in the `config.json` beside it.
 *
 * @returns a provider, which reads the file anew after the gateway refused the key pair.
 * @throws CredentialsError at once, with the path, the profile and what is missing; so does the provider later.
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
      activeOf(readListIfThere(join(dirname(path), "config.json")), path) ??
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
    const problem = code === "ENOENT" ? "is not there" : `cannot be read${code && ` (${code})`}`;
    throw new CredentialsError(`The profile file ${path} ${problem}.`, { cause: failure });
  }
  const value = parse(text);
  // What a parser says of a text quotes it, and it holds keys.
  if (value === undefined) throw new CredentialsError(`The profile file ${path} is no JSON.`);
  const isList = Array.isArray(value) && value.every((entry) => typeof entry === "object" && entry !== null);
  if (!isList) throw new CredentialsError(`The profile file ${path} is no list of profiles.`);
  return value as Entry[];
}

function readListIfThere(path: string): Entry[] {
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
      `The profile file ${path} has ${names.length} active profiles: pass \`profile\`.`,
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
    throw new CredentialsError(
      `The profile file ${path} has no profile ${quoted}; the profiles there: ${list}.`,
    );
  }
  if (second !== undefined)
    throw new CredentialsError(`The profile file ${path} has the profile ${quoted} twice.`);
  const faults = ["public_key", "private_key"].flatMap((key) => {
    const value = entry[key];
    if (value === undefined || value === "") return [`${key} is missing`];
    const isKey = typeof value === "string" && value.trim() === value;
    return isKey ? [] : [`${key} has to be a text without white space around it`];
  });
  if (faults.length > 0)
    throw new CredentialsError(`The profile ${quoted} in ${path} is unusable: ${faults.join("; ")}.`);
  return { publicKey: entry.public_key as string, privateKey: entry.private_key as string };
}

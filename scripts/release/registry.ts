import semver from "semver";
import { InputError } from "../diagnostic.js";
import { NpmError, npm } from "./npm.js";
import { isPrerelease, prereleaseName } from "./version.js";

/** Versions of a package that have the dist-tags that `release` sets. */
interface DistTags {
  readonly latest?: string;
  readonly next?: string;
}

/** What a registry has of a version of a package. */
export type Published =
  /** The registry does not have the package, or hides it from this user. */
  | { readonly state: "no-package" }
  | { readonly state: "no-version"; readonly tags: DistTags }
  | { readonly state: "published"; readonly integrity: string };

/** Package that was packed to a file. */
export interface Tarball {
  readonly path: string;
  /** Subresource integrity of the file, as the registry has it. */
  readonly integrity: string;
}

/** What npm prints of a package; the only version not in a list. */
interface Packument {
  readonly versions?: string | readonly string[];
  readonly "dist-tags"?: DistTags;
}

/** Finds out whether a version is in the registry. @throws InputError if the registry cannot be asked. */
export async function findPublished(name: string, version: string): Promise<Published> {
  try {
    const found = ((await npm("view", name, "name", "versions", "dist-tags")) ?? {}) as Packument;
    if (![found.versions].flat().includes(version))
      return { state: "no-version", tags: found["dist-tags"] ?? {} };
    return {
      state: "published",
      integrity: String(await npm("view", `${name}@${version}`, "dist.integrity")),
    };
  } catch (error) {
    if (error instanceof NpmError && error.code === "E404") return { state: "no-package" };
    throw problem(name, version, "cannot be looked up in the registry", error);
  }
}

/** Packs the folder of a package that was built. @param destination folder for the file. @throws InputError */
export async function pack(
  {
    package: name,
    version,
    folder,
  }: { readonly package: string; readonly version: string; readonly folder: string },
  destination: string,
): Promise<Tarball> {
  const args = ["pack", folder, "--ignore-scripts", "--pack-destination", destination];
  const packed = await npm(...args).catch((error) => {
    throw problem(name, version, "cannot be packed", error);
  });
  const [{ filename, integrity } = { filename: "", integrity: "" }] = Object.values(
    packed as Record<string, { filename: string; integrity: string }>,
  );
  return { path: `${destination}/${filename}`, integrity };
}

/**
 * Publishes a packed version. If the registry refuses, or the connection is lost, but the version is there afterwards with
 * the same contents, it is published: a response can be lost.
 *
 * @param before what the registry had of it.
 * @throws InputError if it is not published.
 */
export async function publishTarball(
  name: string,
  version: string,
  tarball: Tarball,
  before: Published,
): Promise<void> {
  const tags = before.state === "no-version" ? before.tags : {};
  try {
    await npm("publish", tarball.path, ...publishArguments(version, tags, process.env));
  } catch (error) {
    const found = await findPublished(name, version).catch(() => undefined);
    if (found?.state === "published" && found.integrity === tarball.integrity) return;
    if (found?.state === "published") throw conflict(name, version);
    throw problem(name, version, "was not published", error);
  }
}

/**
 * Arguments of `npm publish` for a version.
 *
 * @param tags those of higher versions stay.
 */
export function publishArguments(version: string, tags: DistTags, environment: NodeJS.ProcessEnv): string[] {
  const [usual, own, current = ""] = isPrerelease(version)
    ? [prereleaseName, prereleaseName, tags.next]
    : ["", "release", tags.latest];
  const isOlder = semver.valid(current) !== null && semver.lt(version, current);
  const tag = isOlder ? `${own}-${semver.major(version)}.${semver.minor(version)}` : usual;
  return [
    ...["--access", "public"],
    ...(tag === "" ? [] : ["--tag", tag]),
    ...(canProvide(environment) ? ["--provenance"] : []),
  ];
}

/** Whether npm can prove where a package was built: GitHub Actions with the permission `id-token`, or GitLab CI. */
function canProvide({ ACTIONS_ID_TOKEN_REQUEST_URL, SIGSTORE_ID_TOKEN }: NodeJS.ProcessEnv): boolean {
  return Boolean(ACTIONS_ID_TOKEN_REQUEST_URL ?? SIGSTORE_ID_TOKEN);
}

/** The error of a version that the registry has with other contents. */
export function conflict(name: string, version: string): InputError {
  const message = "is in the registry with other contents, which can never be replaced";
  const help = `Write a higher version of it in versions.json, and run \`release\` again.`;
  return releaseError("release-conflict", name, version, message, help);
}

function problem(name: string, version: string, what: string, error: unknown): InputError {
  if (!(error instanceof NpmError)) throw error;
  return releaseError("release-npm", name, version, `${what}: ${error.message}`, helpFor(error.code));
}

function releaseError(
  code: string,
  name: string,
  version: string,
  message: string,
  help: string,
): InputError {
  return new InputError([{ code, file: `${name}@${version}`, line: 0, message, help }]);
}

const again = "Nothing is published twice: run `release --publish` again.";

function helpFor(code: string): string {
  if (/^(?:ENEEDAUTH|E401)$/.test(code))
    return `Log in with \`npm login\`, or set a token in .npmrc. ${again}`;
  if (code === "EOTP") return `Set the one-time password in the variable npm_config_otp. ${again}`;
  if (/^E40[34]$/.test(code))
    return `Ask the owner of the scope for the permission to publish this package, or check the token. ${again}`;
  if (/^E(?:CONN|NOTFOUND|AI_AGAIN|TIMEDOUT|RR_SOCKET|PIPE|HOSTUNREACH|NETUNREACH)/.test(code))
    return `Check the connection, and the registry in .npmrc. ${again}`;
  if (code === "ENOENT") return "Install npm, and make it available in PATH.";
  return `See the message of npm. ${again}`;
}

import { text } from "node:stream/consumers";
import {
  credentialsFromEnvironment,
  type KeyPair,
  processEnvironment,
} from "../../templates/runtime/credentials.js";
import { CredentialsError } from "../../templates/runtime/errors.js";
import { serializeParameters, tryFlatten } from "../../templates/runtime/parameters.js";
import { containsKey } from "../../templates/runtime/secrets.js";
import {
  privateKeyPlaceholder,
  signingParameters,
  signParameters,
  stringToSign,
} from "../../templates/runtime/signature.js";
import { loadConfig } from "../config.js";
import { configName } from "../config-name.js";
import { Diagnostics, InputError, UsageError } from "../diagnostic.js";
import { parseParameters } from "./parameters.js";

interface SignOptions {
  readonly publicKey?: string;
  readonly privateKey?: string;
  readonly securityToken?: string;
  readonly baseUrl?: string;
  readonly showPrivateKey: boolean;
  readonly spec: string;
}

/** Reads parameters as JSON from standard input and prints `{ stringToSign, signature, url }`. @returns true */
export async function runSign(options: SignOptions): Promise<boolean> {
  const diagnostics = new Diagnostics();
  const config = await loadConfig(`${options.spec}/${configName}`, diagnostics);
  if (config === undefined) throw new InputError(diagnostics.list);

  const credentials = chooseCredentials(options, config.brand.environmentPrefix);
  if (Object.values(credentials).some((key) => /\p{Surrogate}/u.test(key ?? "")))
    throw new UsageError("error: a key or the token contains a lone surrogate, which is half of a character");
  const parameters = readParameters(await text(process.stdin), credentials, diagnostics);
  diagnostics.throwIfAny();

  const signed = signParameters(parameters, credentials);
  const shown = stringToSign(signed, privateKeyPlaceholder);
  const url = `${options.baseUrl ?? config.brand.baseUrl}?${serializeParameters(signed)}`;
  const { privateKey } = credentials;
  if ([shown, url, decodeURIComponent(url)].some((value) => containsKey(value, privateKey))) {
    const message =
      "the private key is contained in the public key, the token, the base URL or across two parameters";
    throw new InputError([{ code: "private-key", file: "sign", line: 0, message, help: removeKey }]);
  }
  const result = {
    stringToSign: options.showPrivateKey ? stringToSign(signed, privateKey) : shown,
    signature: signed.get("Signature") ?? "",
    url,
  };
  console.log(JSON.stringify(result, null, 2));
  return true;
}

const removeKey = "Remove it: a private key is never sent.";

function chooseCredentials(options: SignOptions, prefix: string): KeyPair {
  const { publicKey, privateKey, securityToken } = options;
  const tokenName = `${prefix}_SECURITY_TOKEN`;
  const fromCommandLine = new Map([
    [`${prefix}_PUBLIC_KEY`, publicKey],
    [`${prefix}_PRIVATE_KEY`, privateKey],
    [tokenName, securityToken],
  ]);
  const environment = (name: string) => {
    // A token belongs to one key pair: a token of the environment does not go with a key of the command line.
    const isIgnored = name === tokenName && publicKey !== undefined;
    return fromCommandLine.get(name) ?? (isIgnored ? undefined : processEnvironment(name));
  };
  try {
    return credentialsFromEnvironment(prefix, environment);
  } catch (error) {
    if (!(error instanceof CredentialsError)) throw error;
    const variables = `${prefix}_PUBLIC_KEY and ${prefix}_PRIVATE_KEY`;
    throw new UsageError(
      `error: no usable key pair\nPass --public-key and --private-key, or set ${variables}. Neither may be empty, or begin or end with white space.`,
    );
  }
}

function readParameters(
  json: string,
  { privateKey }: KeyPair,
  diagnostics: Diagnostics,
): Map<string, string> {
  const source = { path: "standard input", text: json };
  const read = parseParameters(source, 'such as {"Action": "…", "Region": "…"}', diagnostics);
  if (read === undefined) return new Map();
  const add = (line: number, message: string, help: string) =>
    diagnostics.add({ code: "parameters", file: source.path, line, message, help });
  const { lineOf } = read;
  const entries = Object.entries(read.value);
  // Parameters that sign a request are replaced, so that a captured request can be signed again.
  const own = Object.fromEntries(entries.filter(([name]) => !signingParameters.includes(name)));
  const { flat, issues } = tryFlatten(own);
  for (const { path, problem } of issues) {
    const line = lineOf(path);
    const name = containsKey(path, privateKey) ? "a parameter named after the private key" : path;
    add(line, `${name} ${problem}`, "Correct the value.");
  }
  for (const [name, value] of flat)
    if (containsKey(name, privateKey) || containsKey(value, privateKey))
      add(lineOf(name), "a parameter contains the private key", removeKey);
  return flat;
}

import { text } from "node:stream/consumers";
import {
  type Credentials,
  credentialsFromEnvironment,
  processEnvironment,
} from "../../templates/runtime/credentials.js";
import { CredentialsError } from "../../templates/runtime/errors.js";
import { serializeParameters, tryFlatten } from "../../templates/runtime/parameters.js";
import {
  privateKeyPlaceholder,
  signingParameters,
  signParameters,
  stringToSign,
} from "../../templates/runtime/signature.js";
import { loadConfig } from "../config.js";
import { configName } from "../config-name.js";
import { type Diagnostic, Diagnostics, InputError, UsageError } from "../diagnostic.js";
import { parseJson } from "../openapi/yaml.js";

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
  const result = await signText(await text(process.stdin), options);
  console.log(JSON.stringify(result, null, 2));
  return true;
}

/**
 * Signs the parameters of a JSON object.
 *
 * @throws InputError with every problem of the parameters.
 * @throws UsageError if there is no key pair.
 */
async function signText(
  json: string,
  options: SignOptions,
): Promise<{ stringToSign: string; signature: string; url: string }> {
  const diagnostics = new Diagnostics();
  const config = await loadConfig(`${options.spec}/${configName}`, diagnostics);
  if (config === undefined) throw new InputError(diagnostics.list);

  const credentials = chooseCredentials(options, config.brand.environmentPrefix);
  const parameters = readParameters(json, credentials, diagnostics);
  diagnostics.throwIfAny();

  const signed = await signParameters(parameters, credentials);
  const shown = stringToSign(signed, privateKeyPlaceholder);
  const url = `${options.baseUrl ?? config.brand.baseUrl}?${serializeParameters(signed)}`;
  const { privateKey } = credentials;
  if ([shown, url, decodeURIComponent(url)].some((value) => containsKey(value, privateKey))) {
    const message =
      "the private key is contained in the public key, the token, the base URL or across two parameters";
    throw new InputError([
      {
        code: "private-key",
        file: "sign",
        line: 0,
        message,
        help: "Remove it: a private key is never sent.",
      },
    ]);
  }
  return {
    stringToSign: options.showPrivateKey ? stringToSign(signed, privateKey) : shown,
    signature: signed.get("Signature") ?? "",
    url,
  };
}

function chooseCredentials(options: SignOptions, prefix: string): Credentials {
  const { publicKey, privateKey, securityToken } = options;
  // A token belongs to one key pair: a token of the environment does not go with a key of the command line.
  const ignoresToken = publicKey !== undefined && securityToken === undefined;
  const fromCommandLine = new Map([
    [`${prefix}_PUBLIC_KEY`, publicKey],
    [`${prefix}_PRIVATE_KEY`, privateKey],
    [`${prefix}_SECURITY_TOKEN`, securityToken],
  ]);
  const environment = (name: string) =>
    fromCommandLine.get(name) ??
    (ignoresToken && name === `${prefix}_SECURITY_TOKEN` ? undefined : processEnvironment(name));
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

/** Real keys have 40 characters. A string can contain a short one, such as that of a published example, by chance. */
function containsKey(value: string, privateKey: string): boolean {
  return privateKey.length >= 16 && value.includes(privateKey);
}

function readParameters(
  json: string,
  { privateKey }: Credentials,
  diagnostics: Diagnostics,
): Map<string, string> {
  const help = 'Pass the parameters as a JSON object, such as {"Action": "…", "Region": "…"}.';
  const yaml = parseJson({ path: inputName, text: json }, help, diagnostics, { intAsBigInt: true });
  if (yaml === undefined) return new Map();
  const { value } = yaml;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    diagnostics.add(inputProblem(1, "is not a JSON object", help));
    return new Map();
  }
  // A name such as Disks.0.Size can be written flat or nested.
  const lineOf = (name: string) => {
    const nested = name.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    return Math.max(yaml.lineOf([name]), yaml.lineOf(nested));
  };
  // Parameters that sign a request are replaced, so that a captured request can be signed again.
  const own = Object.fromEntries(Object.entries(value).filter(([name]) => !signingParameters.includes(name)));
  const { flat, issues: unsendable } = tryFlatten(own);
  for (const { path, problem } of unsendable) {
    const line = lineOf(path.replaceAll(/\[(\d+)\]/g, ".$1"));
    const name = containsKey(path, privateKey) ? "a parameter named after the private key" : path;
    diagnostics.add(inputProblem(line, `${name} ${problem}`, "Correct the value."));
  }
  for (const [name, value] of flat) {
    if (!containsKey(name, privateKey) && !containsKey(value, privateKey)) continue;
    diagnostics.add(
      inputProblem(
        lineOf(name),
        "a parameter contains the private key",
        "Remove it: a private key is never sent.",
      ),
    );
  }
  return flat;
}

const inputName = "standard input";

function inputProblem(line: number, message: string, help: string): Diagnostic {
  return { code: "parameters", file: inputName, line, message, help };
}

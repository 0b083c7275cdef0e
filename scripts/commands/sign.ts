import { text } from "node:stream/consumers";
import {
  type Credentials,
  credentialsFromEnvironment,
  processEnvironment,
} from "../../templates/runtime/credentials.js";
import { CredentialsError } from "../../templates/runtime/errors.js";
import { serializeParameters, tryFlatten } from "../../templates/runtime/parameters.js";
import { privateKeyPlaceholder, signParameters, stringToSign } from "../../templates/runtime/signature.js";
import { type Diagnostic, Faults, InputError } from "../diagnostic.js";
import { readSource } from "../files.js";
import { configName, loadConfig } from "../model/config.js";
import { parseYaml } from "../model/yaml-source.js";

export interface SignOptions {
  readonly publicKey?: string;
  readonly privateKey?: string;
  readonly securityToken?: string;
  readonly baseUrl?: string;
  readonly showPrivateKey: boolean;
  readonly spec: string;
}

/** Reads parameters from standard input and prints `{stringToSign, signature, url}` as JSON. */
export async function runSign(options: SignOptions): Promise<boolean> {
  const result = await signText(await text(process.stdin), options);
  console.log(JSON.stringify(result, null, 2));
  return true;
}

/** @param json an object of parameters. @throws InputError with every fault of the parameters, keys and options. */
export async function signText(
  json: string,
  options: SignOptions,
): Promise<{ stringToSign: string; signature: string; url: string }> {
  const faults = new Faults();
  const config = loadConfig(await readSource(`${options.spec}/${configName}`), faults);
  if (config === undefined) throw new InputError(faults.diagnostics);

  const credentials = chooseCredentials(options, config.brand.environmentPrefix, faults);
  const parameters = readParameters(json, credentials, faults);
  const baseUrl = checkBaseUrl(options.baseUrl ?? config.brand.baseUrl, faults);
  faults.throwIfAny();

  const signed = await signParameters(parameters, credentials);
  return {
    stringToSign: stringToSign(
      signed,
      options.showPrivateKey ? credentials.privateKey : privateKeyPlaceholder,
    ),
    signature: signed.get("Signature") ?? "",
    url: `${baseUrl}?${serializeParameters(signed)}`,
  };
}

function chooseCredentials(options: SignOptions, prefix: string, faults: Faults): Credentials {
  const { publicKey, privateKey, securityToken } = options;
  // A token belongs to one key pair: one that lies in the environment does not go with a key that was given.
  const ignoresToken = publicKey !== undefined && securityToken === undefined;
  const given = new Map([
    [`${prefix}_PUBLIC_KEY`, publicKey],
    [`${prefix}_PRIVATE_KEY`, privateKey],
    [`${prefix}_SECURITY_TOKEN`, securityToken],
  ]);
  const environment = (name: string) =>
    given.get(name) ??
    (ignoresToken && name === `${prefix}_SECURITY_TOKEN` ? undefined : processEnvironment(name));
  try {
    return credentialsFromEnvironment(prefix, environment);
  } catch (error) {
    if (!(error instanceof CredentialsError)) throw error;
    const help = `Give --public-key and --private-key, or set ${prefix}_PUBLIC_KEY and ${prefix}_PRIVATE_KEY.`;
    faults.add({ code: "credentials", file: "sign", line: 0, message: error.message, help });
    return { publicKey: "", privateKey: "" };
  }
}

function readParameters(json: string, { privateKey }: Credentials, faults: Faults): Map<string, string> {
  const value = parseJson(json, faults);
  const yaml = value === undefined ? undefined : parseYaml({ path: inputName, text: json }, faults);
  if (yaml === undefined) return new Map();
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    faults.add(inputFault(1, "is not a JSON object of parameters", 'Give one like {"Action": "…"}.'));
    return new Map();
  }
  // A name such as Disks.0.Size leads back to where it was written, flat or nested.
  const lineOf = (name: string) => {
    const nested = name.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    return Math.max(yaml.lineOf([name]), yaml.lineOf(nested));
  };
  const flattened = tryFlatten(value);
  for (const { path, problem } of flattened.faults) {
    const line = lineOf(path.replaceAll(/\[(\d+)\]/g, ".$1"));
    faults.add(inputFault(line, `${path} ${problem}`, "Correct the value."));
  }
  for (const [name, text] of flattened.flat) {
    if (privateKey === "" || !`${name}\n${text}`.includes(privateKey)) continue;
    faults.add(
      inputFault(lineOf(name), "a parameter holds the private key, which is never sent", "Leave it out."),
    );
  }
  return flattened.flat;
}

function parseJson(json: string, faults: Faults): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    const position = Number(/position (\d+)/.exec((error as Error).message)?.[1] ?? json.length);
    const line = json.slice(0, position).split("\n").length;
    // The engine's message quotes the text, and the text holds parameters.
    const message = json.trim() === "" ? "is empty" : "is not JSON";
    faults.add(
      inputFault(line, message, 'Give the parameters as a JSON object, like {"Action": "…", "Region": "…"}.'),
    );
    return undefined;
  }
}

function checkBaseUrl(baseUrl: string, faults: Faults): string {
  if (/^https?:\/\/[^?#@\s]+$/.test(baseUrl) && URL.canParse(baseUrl)) return new URL(baseUrl).href;
  const help = "Give an http or https URL without query, fragment or user.";
  faults.add({
    code: "base-url",
    file: "sign",
    line: 0,
    message: `--base-url is ${JSON.stringify(baseUrl)}`,
    help,
  });
  return "";
}

const inputName = "standard input";

function inputFault(line: number, message: string, help: string): Diagnostic {
  return { code: "parameters", file: inputName, line, message, help };
}

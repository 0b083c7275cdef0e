import { flattenParameters, serializeParameters } from "../../templates/runtime/parameters.js";
import {
  privateKeyPlaceholder,
  signedNames,
  stringToSign,
  withCredentials,
} from "../../templates/runtime/signature.js";
import type { Action, Brand, Example } from "../model/api-model.js";
import { packageName } from "../model/names.js";
import type { ProductName } from "./emitter.js";
import { shellWord, tsLiteral, tsProperty, tsString } from "./escape.js";

/** Fields that every answer has; a sample prints the others. */
const envelope = ["RetCode", "Action", "Message"];

/** A TypeScript program that makes the example's call. Reads the key pair from the environment. */
export function typeScriptSample(
  brand: Brand,
  product: ProductName,
  action: Action,
  example: Example,
): string {
  const { environmentPrefix: prefix } = brand;
  const result = action.response.find(({ name }) => !envelope.includes(name))?.name;
  return `import { createClient } from ${tsString(packageName(brand.package.scope, product.name))};

// Reads ${prefix}_PUBLIC_KEY and ${prefix}_PRIVATE_KEY from the environment.
const client = createClient();

const answer = await client.${action.functionName}(${tsLiteral(plainParameters(action, example))});
console.log(answer${result === undefined ? "" : access(result)});
`;
}

/** The example's parameters as a caller of the client gives them, who leaves it to encode. */
function plainParameters({ parameters }: Action, example: Example): Readonly<Record<string, unknown>> {
  const encoded = parameters.filter(({ encode }) => encode === "base64").map(({ name }) => name);
  const entries = Object.entries(example.parameters).map(([name, value]) => [
    name,
    encoded.includes(name) && typeof value === "string" ? decodedText(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** The text that stands encoded in an example; the example itself where it stands for no text. */
function decodedText(value: string): string {
  const text = Buffer.from(value, "base64").toString("utf8");
  const isText = Buffer.from(text).toString("base64") === value && !/[\p{Cc}\uFFFD]/u.test(text);
  return isText ? text : value;
}

/** Shell commands that sign the example's call with standard tools and make it. */
export function curlSample(brand: Brand, action: Action, example: Example): string {
  const { environmentPrefix: prefix } = brand;
  const parameters = withCredentials(exampleParameters(action, example), { publicKey: "", privateKey: "" });
  // One line for each parameter, in the order in which they are signed; the public key is the reader's own.
  const inOrder = signedNames(parameters);
  const word = (name: string, joiner: string) =>
    name === "PublicKey"
      ? `"PublicKey${joiner}$${prefix}_PUBLIC_KEY"`
      : shellWord(`${name}${joiner}${parameters.get(name)}`);
  return [
    `# Needs ${prefix}_PUBLIC_KEY and ${prefix}_PRIVATE_KEY in the environment. On macOS write shasum for sha1sum.`,
    "SIGNATURE=$(printf '%s' \\",
    ...inOrder.map((name) => `  ${word(name, "")} \\`),
    `  "$${prefix}_PRIVATE_KEY" | sha1sum | cut -c 1-40)`,
    "",
    `curl --get ${shellWord(brand.baseUrl)} \\`,
    ...inOrder.map((name) => `  --data-urlencode ${word(name, "=")} \\`),
    '  --data-urlencode "Signature=$SIGNATURE"',
    "",
  ].join("\n");
}

/** The example's request before it is signed, one parameter a line. */
export function requestExample(brand: Brand, action: Action, example: Example): string {
  return `GET ${brand.baseUrl}?${serializeParameters(exampleParameters(action, example)).replaceAll("&", "\n    &")}`;
}

/** Flat parameters of the example, `Action` among them. */
export function exampleParameters(action: Action, example: Example): Map<string, string> {
  return new Map([["Action", action.name], ...flattenParameters(example.parameters)]);
}

/** What the published key pair signs for the example: each step shown, the private key not. */
export function exampleStringToSign(brand: Brand, action: Action, example: Example): string {
  const covered = withCredentials(exampleParameters(action, example), brand.exampleCredentials);
  return stringToSign(covered, privateKeyPlaceholder);
}

function access(name: string): string {
  const property = tsProperty(name);
  return property === name ? `.${name}` : `[${tsString(name)}]`;
}

import { flattenParameters, serializeParameters } from "../../templates/runtime/parameters.js";
import { signedNames, withCredentials } from "../../templates/runtime/signature.js";
import type { Action, Brand, Example, Product } from "../model/api-model.js";
import { envelope, responseFields } from "../model/fields.js";
import { packageName } from "../model/names.js";
import { shellWord, tsLiteral, tsProperty, tsString } from "./escape.js";

/** A TypeScript program that makes the example's call. */
export function typeScriptSample(brand: Brand, product: Product, action: Action, example: Example): string {
  const { environmentPrefix: prefix } = brand;
  const result = responseFields(action).find(({ name }) => !envelope.includes(name))?.name;
  return `import { createClient } from ${tsString(packageName(brand.package.scope, product.name))};

// Reads ${prefix}_PUBLIC_KEY and ${prefix}_PRIVATE_KEY from the environment.
const client = createClient();

const response = await client.${action.names.function}(${tsLiteral(plainParameters(action, example))});
console.log(response${result === undefined ? "" : access(result)});
`;
}

/** The example's parameters before the client encodes some of them in base64. */
function plainParameters({ parameters }: Action, example: Example): Readonly<Record<string, unknown>> {
  const encoded = parameters
    .filter(({ type }) => type.kind === "string" && type.encoding === "base64")
    .map(({ name }) => name);
  return Object.fromEntries(
    Object.entries(example.parameters).map(([name, value]) => [
      name,
      encoded.includes(name) && typeof value === "string" ? decoded(value) : value,
    ]),
  );
}

/** The string that a value encodes; the value itself if it does not encode a printable string. */
function decoded(value: string): string {
  const plain = Buffer.from(value, "base64").toString("utf8");
  const isPrintable = Buffer.from(plain).toString("base64") === value && !/[\p{Cc}\uFFFD]/u.test(plain);
  return isPrintable ? plain : value;
}

/** Shell commands that sign the example's call with standard tools and send it. */
export function curlSample(brand: Brand, action: Action, example: Example): string {
  const { environmentPrefix: prefix } = brand;
  const parameters = withCredentials(exampleParameters(action, example), { publicKey: "", privateKey: "" });
  // One line for each parameter, in the order of signing. The public key is the reader's own.
  const inOrder = signedNames(parameters);
  const word = (name: string, joiner: string) =>
    name === "PublicKey"
      ? `"PublicKey${joiner}$${prefix}_PUBLIC_KEY"`
      : shellWord(`${name}${joiner}${parameters.get(name)}`);
  return [
    `# Needs ${prefix}_PUBLIC_KEY and ${prefix}_PRIVATE_KEY in the environment. On macOS, use shasum instead of sha1sum.`,
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

/** The example's request before it is signed, one parameter per line. */
export function requestExample(brand: Brand, action: Action, example: Example): string {
  return `GET ${brand.baseUrl}?${serializeParameters(exampleParameters(action, example)).replaceAll("&", "\n    &")}`;
}

/** Flat parameters of the example, including `Action`. */
export function exampleParameters(action: Action, example: Example): Map<string, string> {
  return new Map([["Action", action.name], ...flattenParameters(example.parameters)]);
}

function access(name: string): string {
  return tsProperty(name) === name ? `.${name}` : `[${tsString(name)}]`;
}

import { createHash } from "node:crypto";
import { flattenParameters, type ParameterValue, queryOf } from "../../../templates/runtime/parameters.js";
import {
  privateKeyPlaceholder,
  signedNames,
  stringToSign,
  withCredentials,
} from "../../../templates/runtime/signature.js";
import type { Brand } from "../../model/api-model.js";
import type { Templates } from "../templates.js";
import type { Page } from "./page.js";

/** A published call and its signature, as in `templates/docs/signature-vectors.json`. */
interface SignatureVector {
  readonly name: string;
  readonly publicKey: string | null;
  readonly privateKey: string;
  readonly securityToken?: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly stringToSign: string;
  readonly signature: string;
}

/** The page about signing. */
export function signingPage(brand: Brand, templates: Templates): Page {
  return {
    path: "signing",
    title: "Signing",
    description: "How a request is signed, with a worked example, a calculator and test vectors",
    template: "signing",
    script: "signing",
    view: signingView(brand, templates),
  };
}

/** What the templates of the page about signing print. */
export function signingView(brand: Brand, templates: Templates) {
  const vectors: SignatureVector[] = JSON.parse(templates.text("docs/signature-vectors.json"));
  return {
    baseUrl: brand.baseUrl,
    environmentPrefix: brand.environmentPrefix,
    hasErrorSection: brand.retCodes.some(({ code }) => code === 171),
    locations: Object.entries(brand.locationOptions).map(([option, parameter]) => ({ option, parameter })),
    example: exampleView(brand),
    values: values.map(({ what, value }) => ({
      what,
      json: JSON.stringify(value),
      wire: [...flattenParameters({ Name: value })].map(([name, text]) => ({ name, value: text })),
    })),
    mistakes,
    vectors: vectors.map(({ name, parameters, publicKey, securityToken, ...rest }) => ({
      ...rest,
      name,
      parameters: JSON.stringify(parameters, null, 2),
      publicKey: publicKey ?? "",
      securityToken: securityToken ?? "",
    })),
  };
}

/** The example of the vendor's documentation, signed with the example key pair. */
function exampleView({ baseUrl, exampleCredentials }: Brand) {
  const { publicKey, privateKey } = exampleCredentials;
  const call = flattenParameters({ Action: "DescribeUHostInstance", Region: "cn-bj2", Limit: 10 });
  const covered = withCredentials(call, exampleCredentials);
  // Equal to the signature of the runtime's `sign`, which is asynchronous.
  const signature = createHash("sha1").update(stringToSign(covered, privateKey)).digest("hex");
  const query = queryOf(new Map([...covered, ["Signature", signature]]));
  return {
    publicKey,
    privateKey,
    parameters: [...call].map(([name, value]) => ({ name, value })),
    sorted: signedNames(covered).map((name) => ({ name, value: covered.get(name) ?? "" })),
    placeholder: privateKeyPlaceholder,
    stringToSign: stringToSign(covered, privateKeyPlaceholder),
    signature,
    query,
    url: `${baseUrl}?${query}`,
  };
}

/** How values of a parameter called `Name` are written. */
const values: readonly { what: string; value: ParameterValue }[] = [
  { what: "A string, unchanged", value: "two words/中文&=" },
  { what: "An integer", value: 10 },
  { what: "A number, without an exponent", value: 1e-7 },
  { what: "A whole number, without decimals", value: 42.0 },
  { what: "A boolean", value: true },
  { what: "An array: indices start at 0", value: ["a", "b"] },
  { what: "An object", value: { Size: 20, IsBoot: true } },
  { what: "An array of objects", value: [{ Size: 20 }, { Size: 40 }] },
  { what: "null and empty arrays", value: null },
];

/** The mistakes behind most wrong signatures, most frequent first. */
const mistakes = [
  {
    id: "mistake-encoding",
    title: "The values were encoded before signing",
    recognize:
      "Only calls whose values contain spaces, slashes, @ or Chinese fail, or every call does because of the @ in the public key.",
    fix: "Hash the raw values. Encode names and values once, when the query or the form is written, and send a + as %2B.",
  },
  {
    id: "mistake-order",
    title: "The parameters are in another order",
    recognize:
      "Calls with few parameters succeed; those with an array of more than ten items, or with names in both cases, fail.",
    fix: "Sort the names by their bytes: uppercase letters before lowercase ones, and Backends.10 before Backends.2. Do not sort by locale or by number.",
  },
  {
    id: "mistake-count",
    title: "One parameter more or fewer was signed than sent",
    recognize:
      "Every call fails, or those that pass through a proxy or a library that adds or drops parameters.",
    fix: "Sign exactly what is sent: Action, PublicKey and, with temporary credentials, SecurityToken are covered; Signature is not. Leave empty values out of both, or keep them in both.",
  },
  {
    id: "mistake-indices",
    title: "The indices of an array differ",
    recognize: "Calls without arrays succeed, and those with arrays fail.",
    fix: "Write items as Name.0, Name.1 and so on, from 0 and without brackets, both in the string to sign and in the request.",
  },
  {
    id: "mistake-key",
    title: "The wrong key of a pair was used",
    recognize: "Every call fails with every parameter set, although the string to sign looks right.",
    fix: "Append the private key that belongs to the public key in the request, once, at the end, without spaces or a line break around it.",
  },
];

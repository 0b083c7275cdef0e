import { createHash } from "node:crypto";
import { serializeParameters } from "../../templates/runtime/parameters.js";
import {
  privateKeyPlaceholder,
  signedNames,
  stringToSign,
  withCredentials,
} from "../../templates/runtime/signature.js";
import type {
  Action,
  Brand,
  Example,
  Field,
  ObjectModel,
  ProductCard,
  RetCode,
  TypeRef,
} from "../model/api-model.js";
import { packageName } from "../model/names.js";
import type { ProductName } from "./emitter.js";
import {
  curlSample,
  exampleParameters,
  exampleStringToSign,
  requestExample,
  typeScriptSample,
} from "./samples.js";

/** What the index template prints. */
export function indexPage(brand: Brand, products: readonly ProductCard[]) {
  return {
    brand: brand.name,
    baseUrl: brand.baseUrl,
    products: products.map(({ name, title, actions }) => ({
      title,
      actions: actions.map((action) => ({
        name: action.name,
        summary: action.summary,
        html: `${name}/${action.name}.html`,
        markdown: `${name}/${action.name}.md`,
      })),
    })),
  };
}

/** What the templates of an action's page print. */
export function actionPage(brand: Brand, product: ProductName, action: Action) {
  const example = action.examples[0];
  return {
    brand: brand.name,
    product: product.title,
    package: packageName(brand.package.scope, product.name),
    name: action.name,
    summary: action.summary,
    description: action.description,
    documentation: action.documentation,
    deprecated: action.deprecated,
    retry: action.retrySafe
      ? "Safe to repeat: the client does so where nobody knows whether a call took effect."
      : "Not known to be safe to repeat: the client does so only where the call was turned away. Otherwise look whether it took effect.",
    baseUrl: brand.baseUrl,
    markdownFile: `${action.name}.md`,
    hasParameters: action.parameters.length > 0,
    parameters: action.parameters.map(fieldRow),
    publicParameters: action.publicParameters.map(fieldRow),
    response: action.response.map(fieldRow),
    models: action.models
      .filter(({ name }) => name !== action.responseSchema)
      .map((model: ObjectModel) => ({
        ...model,
        anchor: anchorOf(model.name),
        fields: model.fields.map(fieldRow),
      })),
    hasModels: action.models.some(({ name }) => name !== action.responseSchema),
    hasRetCodes: action.retCodes.length > 0,
    retCodes: action.retCodes.map(retCodeRow),
    hasExample: example !== undefined,
    example: example === undefined ? noExample : exampleView(brand, product, action, example),
  };
}

function exampleView(brand: Brand, product: ProductName, action: Action, example: Example) {
  const covered = withCredentials(exampleParameters(action, example), brand.exampleCredentials);
  // The same as the runtime's `sign`, which waits for WebCrypto.
  const signature = createHash("sha1")
    .update(stringToSign(covered, brand.exampleCredentials.privateKey))
    .digest("hex");
  return {
    request: requestExample(brand, action, example),
    hasResponse: example.response !== undefined,
    response: example.response === undefined ? "" : JSON.stringify(example.response, null, 2),
    typeScript: typeScriptSample(brand, product, action, example),
    curl: curlSample(brand, action, example),
    publicKey: brand.exampleCredentials.publicKey,
    privateKey: brand.exampleCredentials.privateKey,
    sorted: signedNames(covered).map((name) => ({ name, value: covered.get(name) ?? "" })),
    placeholder: privateKeyPlaceholder,
    stringToSign: exampleStringToSign(brand, action, example),
    signature,
    signedUrl: `${brand.baseUrl}?${serializeParameters(new Map([...covered, ["Signature", signature]]))}`,
  };
}

const noExample = { sorted: [], hasResponse: false };

function fieldRow(field: Field) {
  const { prefix, model, anchor } = typeView(field.type);
  const encoding = field.encode === "base64" ? " in base64" : "";
  return {
    name: field.name,
    type: `${typeLabel(field.type)}${encoding}`,
    typePrefix: `${prefix}${encoding}`,
    typeModel: model,
    typeAnchor: anchor,
    required: field.required,
    description: field.description,
    sensitive: field.sensitive,
    deprecated: field.deprecated,
    hasExample: field.example !== undefined,
    example: field.example === undefined ? "" : exampleText(field.example),
  };
}

function exampleText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

const retryLabels: Readonly<Record<RetCode["retry"], string>> = {
  always: "yes",
  throttle: "yes, slowly",
  credentials: "with other credentials",
  idempotent: "if safe to repeat",
  never: "no",
};

function retCodeRow({ code, name, meaning, remedy, retry }: RetCode) {
  return { code: `${code}`, name, meaning, remedy, retry: retryLabels[retry] };
}

/** A type as a person says it: `array of string`. */
function typeLabel(type: TypeRef): string {
  switch (type.kind) {
    case "array":
      return `array of ${typeLabel(type.items)}`;
    case "object":
      return type.model;
    case "enum":
      return `${typeof type.values[0] === "number" ? "number" : "string"}, such as ${type.values.join(", ")}`;
    case "json":
      return "any JSON";
    default:
      return type.kind;
  }
}

/** A type with the object that it ends in apart, so that a page can link to it. */
function typeView(type: TypeRef): { prefix: string; model: string; anchor: string } {
  if (type.kind === "object") return { prefix: "", model: type.model, anchor: `#${anchorOf(type.model)}` };
  if (type.kind !== "array") return { prefix: typeLabel(type), model: "", anchor: "" };
  const items = typeView(type.items);
  return { ...items, prefix: `array of ${items.prefix}` };
}

function anchorOf(model: string): string {
  return `model-${model.replace(/[^A-Za-z0-9]+/g, "-")}`;
}

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
  GeneratedFile,
  Product,
  ProductSummary,
  RetCode,
  Type,
} from "../model/api-model.js";
import { modelNames, modelsOf, responseFields } from "../model/fields.js";
import { packageName } from "../model/names.js";
import { curlSample, exampleParameters, requestExample, typeScriptSample } from "./samples.js";
import type { Templates } from "./templates.js";

/** The reference of a product: its index and a page of each action. */
export function emitReference(brand: Brand, product: Product, templates: Templates): GeneratedFile[] {
  const index = {
    isProduct: true,
    brand: brand.name,
    title: product.title,
    introduction: "Package:",
    value: packageName(brand.package.scope, product.name),
    entries: product.actions.map((action) => ({
      name: action.name,
      file: pageName(action),
      summary: action.summary,
      deprecated: action.deprecated,
    })),
  };
  return [
    ...emitPage(`docs/${product.name}/index`, "list", index, templates),
    ...product.actions.flatMap((action) =>
      emitPage(
        `docs/${product.name}/${pageName(action)}`,
        "action",
        actionView(brand, product, action),
        templates,
      ),
    ),
  ];
}

/** The list of products, and the style sheet of all pages. */
export function emitReferenceIndex(
  brand: Brand,
  products: readonly ProductSummary[],
  templates: Templates,
): GeneratedFile[] {
  const view = {
    isProduct: false,
    brand: brand.name,
    title: `${brand.name} API reference`,
    introduction: "Each action is a signed request to",
    value: brand.baseUrl,
    entries: products.map(({ name, title, actions }) => ({
      name: title,
      file: `${name}/index`,
      summary: actions.length === 1 ? "1 action" : `${actions.length} actions`,
      deprecated: false,
    })),
  };
  return [
    { path: "docs/style.css", content: templates.text("docs/style.css") },
    ...emitPage("docs/index", "list", view, templates),
  ];
}

/** A page as HTML and as Markdown with the same content. */
function emitPage(path: string, template: string, view: object, templates: Templates): GeneratedFile[] {
  return ["html", "md"].map((format) => ({
    path: `${path}.${format}`,
    content: templates.render(`docs/${template}.${format}.hbs`, view),
  }));
}

/** Name of an action's page; some file systems do not distinguish `Index` from the product's `index`. */
function pageName({ name }: Action): string {
  return name.toLowerCase() === "index" ? `${name}-action` : name;
}

function actionView(brand: Brand, product: Product, action: Action) {
  const { name, summary, description, documentation, deprecated, parameters, publicParameters } = action;
  const response = responseFields(action);
  const models = modelsOf(action, [...parameters, ...response]);
  const [example] = action.examples;
  return {
    brand: brand.name,
    baseUrl: brand.baseUrl,
    product: product.title,
    package: packageName(brand.package.scope, product.name),
    name,
    summary,
    description,
    documentation,
    deprecated,
    file: pageName(action),
    retries: action.retrySafe ? retrySafe : notRetrySafe,
    sections: [
      section("Request parameters", "parameters", parameters),
      section("Parameters set by the client", "client-parameters", publicParameters),
      section("Response fields", "response", response, "always present"),
      ...models
        .filter((model) => model.name !== action.responseModel)
        .map((model) => ({
          ...section(model.name, anchorOf(model.name), model.fields),
          description: model.description,
        })),
    ],
    retCodes: action.retCodes.map((retCode) => ({ ...retCode, retry: retryLabels[retCode.retry] })),
    example: example === undefined ? null : exampleView(brand, product, action, example),
  };
}

const retrySafe = "safe. The client retries this action after a timeout or a lost connection.";
const notRetrySafe =
  "not known to be safe. The client retries this action only if the gateway rejected the call, as when it throttles. " +
  "After a timeout or a lost connection, check whether the call took effect.";

const retryLabels: Readonly<Record<RetCode["retry"], string>> = {
  always: "yes",
  throttle: "yes, with longer delays",
  credentials: "with other credentials",
  idempotent: "if the action is retry-safe",
  never: "no",
};

function exampleView(brand: Brand, product: Product, action: Action, example: Example) {
  const { publicKey, privateKey } = brand.exampleCredentials;
  const covered = withCredentials(exampleParameters(action, example), brand.exampleCredentials);
  // Equal to the signature of the runtime's `sign`, which is asynchronous.
  const signature = createHash("sha1").update(stringToSign(covered, privateKey)).digest("hex");
  return {
    request: requestExample(brand, action, example),
    response: example.response === undefined ? "" : JSON.stringify(example.response, null, 2),
    typeScript: typeScriptSample(brand, product, action, example),
    curl: curlSample(brand, action, example),
    publicKey,
    privateKey,
    sorted: signedNames(covered).map((name) => ({ name, value: covered.get(name) ?? "" })),
    placeholder: privateKeyPlaceholder,
    stringToSign: stringToSign(covered, privateKeyPlaceholder),
    signature,
    signedUrl: `${brand.baseUrl}?${serializeParameters(new Map([...covered, ["Signature", signature]]))}`,
  };
}

/** Fields under a heading. @param requiredMark mark of the required ones. */
function section(title: string, anchor: string, fields: readonly Field[], requiredMark = "required") {
  const rows = fields.map(({ name, type, required, description, sensitive, deprecated, example }) => {
    const [model] = modelNames(type);
    return {
      name,
      type: typeLabel(type),
      anchor: model === undefined ? "" : anchorOf(model),
      marks: [
        ...(required ? [requiredMark] : []),
        ...(deprecated ? ["deprecated"] : []),
        ...(sensitive ? ["secret: do not log it"] : []),
      ],
      description,
      example: typeof example === "string" ? example : (JSON.stringify(example) ?? ""),
    };
  });
  return { title, anchor, description: "", fields: rows };
}

function typeLabel(type: Type): string {
  if (type.nullable) return `null or ${typeLabel({ ...type, nullable: false })}`;
  switch (type.kind) {
    case "string":
      return type.encoding === "base64" ? "string in base64" : "string";
    case "enum":
      return `${type.of}, such as ${type.values.join(", ")}`;
    case "const":
      return `${Number.isInteger(type.value) ? "integer" : typeof type.value}, always ${JSON.stringify(type.value)}`;
    case "array":
      return `array of ${typeLabel(type.items)}`;
    case "map":
      return `object with values of ${typeLabel(type.values)}`;
    case "object":
      return type.model;
    case "union":
      return type.members.map(typeLabel).join(" or ");
    case "json":
      return "any JSON";
    default:
      return type.kind;
  }
}

function anchorOf(model: string): string {
  return `model-${model.replace(/[^A-Za-z0-9]+/g, "-")}`;
}

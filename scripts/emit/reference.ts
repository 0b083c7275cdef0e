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
  RetCode,
  Type,
} from "../model/api-model.js";
import { packageName } from "../model/names.js";
import type { ProductEmitter, SharedEmitter } from "./emitter.js";
import { modelsOf, responseFields } from "./operation-fields.js";
import { curlSample, exampleParameters, requestExample, typeScriptSample } from "./samples.js";
import type { Templates } from "./templates.js";

/** The reference of a product: its index and a page of each action. */
export const emitReference: ProductEmitter = (brand, product, templates) => [
  ...emitPage(`docs/${product.name}/index`, "product", productView(brand, product), templates),
  ...product.actions.flatMap((action) =>
    emitPage(
      `docs/${product.name}/${pageName(action)}`,
      "action",
      actionView(brand, product, action),
      templates,
    ),
  ),
];

/** The list of products, and the style sheet of all pages. */
export const emitReferenceIndex: SharedEmitter = (brand, products, templates) => {
  const view = {
    brand: brand.name,
    baseUrl: brand.baseUrl,
    products: products.map(({ name, title, actions }) => ({
      title,
      actionCount: countOf(actions.length),
      htmlFile: `${name}/index.html`,
      markdownFile: `${name}/index.md`,
    })),
  };
  return [
    { path: "docs/style.css", content: templates.text("docs/style.css") },
    ...emitPage("docs/index", "index", view, templates),
  ];
};

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

function countOf(actions: number): string {
  return actions === 1 ? "1 action" : `${actions} actions`;
}

function productView(brand: Brand, product: Product) {
  return {
    brand: brand.name,
    title: product.title,
    baseUrl: brand.baseUrl,
    package: packageName(brand.package.scope, product.name),
    actions: product.actions.map((action) => ({
      name: action.name,
      summary: action.summary,
      deprecated: action.deprecated,
      htmlFile: `${pageName(action)}.html`,
      markdownFile: `${pageName(action)}.md`,
    })),
  };
}

function actionView(brand: Brand, product: Product, action: Action) {
  const [example] = action.examples;
  const types = [...action.parameters, ...responseFields(action)].map(({ type }) => type);
  const models = modelsOf(action, types).filter(({ name }) => name !== action.responseModel);
  return {
    brand: brand.name,
    product: product.title,
    package: packageName(brand.package.scope, product.name),
    name: action.name,
    summary: action.summary,
    description: action.description,
    documentation: action.documentation,
    deprecated: action.deprecated,
    retries: action.retrySafe ? retrySafe : notRetrySafe,
    baseUrl: brand.baseUrl,
    markdownFile: `${pageName(action)}.md`,
    hasParameters: action.parameters.length > 0,
    parameters: action.parameters.map(fieldRow),
    publicParameters: action.publicParameters.map(fieldRow),
    response: responseFields(action).map(fieldRow),
    models: models.map(({ name, description, fields }) => ({
      name,
      description,
      anchor: anchorOf(name),
      fields: fields.map(fieldRow),
    })),
    hasModels: models.length > 0,
    hasRetCodes: action.retCodes.length > 0,
    retCodes: action.retCodes.map(retCodeRow),
    hasExample: example !== undefined,
    example: example === undefined ? noExample : exampleView(brand, product, action, example),
  };
}

const retrySafe = "safe. The client retries this action after a timeout or a lost connection.";
const notRetrySafe =
  "not known to be safe. The client retries this action only if the gateway rejected the call, as when it throttles. " +
  "After a timeout or a lost connection, check whether the call took effect.";

const noExample = { sorted: [], hasResponse: false };

function exampleView(brand: Brand, product: Product, action: Action, example: Example) {
  const { publicKey, privateKey } = brand.exampleCredentials;
  const covered = withCredentials(exampleParameters(action, example), brand.exampleCredentials);
  // Equal to the signature of the runtime's `sign`, which is asynchronous.
  const signature = createHash("sha1").update(stringToSign(covered, privateKey)).digest("hex");
  return {
    request: requestExample(brand, action, example),
    hasResponse: example.response !== undefined,
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

function fieldRow({ name, type, required, description, sensitive, deprecated, example }: Field) {
  const { prefix, model } = typeParts(type);
  return {
    name,
    type: `${prefix}${model}`,
    typePrefix: prefix,
    typeModel: model,
    typeAnchor: `#${anchorOf(model)}`,
    required,
    description,
    sensitive,
    deprecated,
    hasExample: example !== undefined,
    example: typeof example === "string" ? example : (JSON.stringify(example) ?? ""),
  };
}

const retryLabels: Readonly<Record<RetCode["retry"], string>> = {
  always: "yes",
  throttle: "yes, with longer delays",
  credentials: "with other credentials",
  idempotent: "if the action is retry-safe",
  never: "no",
};

function retCodeRow({ code, name, meaning, remedy, retry }: RetCode) {
  return { code: `${code}`, name, meaning, remedy, retry: retryLabels[retry] };
}

/** A type in words, without the model that it ends in, so that a page can link to the model. */
function typeParts(type: Type): { prefix: string; model: string } {
  if (type.nullable) {
    const { prefix, model } = typeParts({ ...type, nullable: false });
    return { prefix: `null or ${prefix}`, model };
  }
  switch (type.kind) {
    case "array": {
      const { prefix, model } = typeParts(type.items);
      return { prefix: `array of ${prefix}`, model };
    }
    case "map": {
      const { prefix, model } = typeParts(type.values);
      return { prefix: `object with values of ${prefix}`, model };
    }
    case "object":
      return { prefix: "", model: type.model };
    default:
      return { prefix: typeLabel(type), model: "" };
  }
}

function typeLabel(type: Type): string {
  switch (type.kind) {
    case "string":
      return type.encoding === "base64" ? "string in base64" : "string";
    case "enum":
      return `${type.of}, such as ${type.values.join(", ")}`;
    case "const":
      return `${Number.isInteger(type.value) ? "integer" : typeof type.value}, always ${JSON.stringify(type.value)}`;
    case "union":
      return type.members
        .map(typeParts)
        .map(({ prefix, model }) => prefix + model)
        .join(" or ");
    case "json":
      return "any JSON";
    default:
      return type.kind;
  }
}

function anchorOf(model: string): string {
  return `model-${model.replace(/[^A-Za-z0-9]+/g, "-")}`;
}

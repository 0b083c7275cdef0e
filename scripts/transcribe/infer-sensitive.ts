import type { Type } from "../model/api-model.js";
import { isAboutSecret, isSecretByName } from "../model/names.js";
import { createTypeReader } from "../model/types.js";
import type { Note, Operation } from "./infer.js";
import { plainText } from "./prose/text.js";
import type { Json } from "./schema.js";

/** A description whose subject is a secret: "Login password, in base64", not "Type of the password". */
const secretSubject = new RegExp(
  [
    "^(?![^。，,；;：:（(\\n]*(?:是否|有无))[^。，,；;：:（(\\n]{0,20}(?:密码|口令|私钥|私钥内容|预共享密钥)(?=$|[。，,；;：:（(\\n])",
    "^(?:(?!(?:of|for|whether|if|type|number)\\b)[\\w-]+ ){0,4}(?:password|passphrase|private key|secret key|pre-shared key|access token)(?=$|[.,;:(\\n]| (?:of|for|to)\\b)",
  ].join("|"),
  "iu",
);
/** A link that is enough to download a file, without a key pair. */
const downloadLink =
  /下载(?:的)?\s*(?:url|link|链接|地址|路径)|(?:预签名|带签名的?)\s*(?:url|链接|地址)|\bdownload (?:link|url|address)|\b(?:pre-?signed|signed) (?:link|url)/iu;
const linkName = /(?:urls?|uris?|links?|path|addr(?:ess)?)$/i;
const downloadName = /(?:url|uri|link|addr(?:ess)?)s?$(?<=download\w*)/i;

/** Marks the parameters and fields that contain a secret by their name or description, and links to download. */
export function inferSensitive(
  document: Json,
  { parameters }: Operation,
  schemas: Readonly<Record<string, Json>>,
  note: Note,
): void {
  const reader = createTypeReader(document);

  function mark(table: string, path: string, field: Json, schema: Json): void {
    const name = path.split(".").at(-1) ?? "";
    const reason = secretReason(name, field, reader.typeOf(schema, [name]), table !== "parameters");
    if (reason !== undefined) {
      field["x-actiongen-sensitive"] = true;
      note("inferred-sensitive", { table, path }, `${path} is a secret, by its ${reason}`);
    }
    markProperties(table, `${path}.`, schema.type === "array" ? (schema.items as Json) : schema);
  }

  function markProperties(table: string, prefix: string, { properties = {} }: Json): void {
    for (const [name, schema] of Object.entries(properties as Readonly<Record<string, Json>>))
      mark(table, prefix + name, schema, schema);
  }

  for (const parameter of parameters) mark("parameters", parameter.name, parameter, parameter.schema);
  for (const [name, schema] of Object.entries(schemas)) markProperties(name, "", schema);
}

/** What says that a field is a secret; `undefined` if nothing does. */
function secretReason(
  name: string,
  { description }: Json,
  type: Type,
  isResponse: boolean,
): string | undefined {
  if (isSecretByName(name, type)) return "name";
  const { kind } = type.kind === "array" ? type.items : type;
  if (kind !== "string" || isAboutSecret(name)) return undefined;
  const text = typeof description === "string" ? plainText(description) : "";
  if (secretSubject.test(text)) return "description";
  const isLink = downloadName.test(name) || (linkName.test(name) && downloadLink.test(text));
  return isResponse && isLink ? "description as a link to download" : undefined;
}

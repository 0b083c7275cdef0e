import { translator } from "../../scripts/emit/docs/messages.js";
import { createTemplates } from "../../scripts/emit/templates.js";
import { readTree } from "../../scripts/files.js";

const files = await readTree("templates");
const zh = JSON.parse(files.get("docs/messages/zh.json") ?? "");

/** The templates, in English. A message without a translation is an error. */
export const templates = createTemplates(files, translator("en", { zh }));

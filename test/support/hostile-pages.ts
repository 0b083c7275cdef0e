import { type PageField, renderPage } from "./vendor-page.js";

/** The page of an action, in which every cell, heading, example and link has a string. */
export function hostilePage(action: string, text: string): string {
  const field = (name: string, more: Partial<PageField> = {}): PageField => ({
    name,
    type: "string",
    description: `${text} [${text}](${text}) [a](${text}) \`${text}\` ${text}`,
    required: false,
    ...more,
  });
  const page = renderPage(
    {
      action,
      summary: text,
      overview: `${text}\n\n?> ${text}\n\n[${text}](${text}) ![${text}](${text}) <${text}>`,
      parameters: [
        field("Region", { required: true }),
        field("Kind", { description: `one of: ${text}, b. Default: ${text}` }),
        field(text),
        field("Disks.N.Size", { type: "int" }),
      ],
      response: [field("State"), field(text), { ...field("Items"), type: { model: "Item", array: true } }],
      models: [{ name: "Item", fields: [field("Id"), field(text)] }],
      requestExample: [
        ["Region", text],
        ["Kind", encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"))],
        [text, text],
      ],
      responseExample: { RetCode: 0, State: text, [text]: text, Items: [{ Id: text, [text]: text }] },
    },
    "en",
  );
  return `${page}\n## ${text}\n\n${text}\n`;
}

/** Number of strings of {@link hostilePage} that are the hostile one. */
export const pagePositions = hostilePage("Do", "HOSTILE").split("HOSTILE").length - 1;

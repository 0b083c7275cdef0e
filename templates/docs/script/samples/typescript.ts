import { tsIdentifier, tsLiteral, tsProperty, tsString } from "../../../../scripts/emit/escape.js";
import type { SampleWriter } from "./sample.js";

/** A TypeScript program that makes a call with the generated client, and downloads the files that the response links to. */
export const typeScriptSample: SampleWriter = ({ client }, { environmentPrefix: prefix }, parameters) => {
  const { package: from, result, isPaged, download } = client;
  const literal = tsLiteral(parameters);
  const isShared = download !== "";
  const argument = isShared ? "params" : literal === "{}" ? "" : literal;
  const type = tsIdentifier(client.params);
  const call = `client.${tsIdentifier(client.function)}(${argument})`;
  return [
    `import { createClient${isShared ? `, type ${type}` : ""} } from ${tsString(from)};`,
    ...(isShared ? [`import { ${tsIdentifier(download)} } from ${tsString(`${from}/node`)};`] : []),
    "",
    `// Reads ${prefix}_PUBLIC_KEY and ${prefix}_PRIVATE_KEY from the environment.`,
    "const client = createClient();",
    ...(isShared ? [`const params: ${type} = ${literal};`] : []),
    "",
    ...(isPaged
      ? [`for await (const item of ${call}) {`, "  console.log(item);", "}"]
      : [`const response = await ${call};`, `console.log(response${result === "" ? "" : access(result)});`]),
    ...(isShared
      ? [
          "",
          "// Or download the files, in Node.js.",
          `await ${download}(client, params, { directory: "backup" });`,
        ]
      : []),
    "",
  ].join("\n");
};

function access(name: string): string {
  return tsProperty(name) === name ? `.${name}` : `[${tsString(name)}]`;
}

import { linkUrl, tsComment, tsIdentifier, tsLiteral } from "./escape.js";

/** TypeScript source in which every value is escaped, so that templates print it as it is. */
export class Code {
  private constructor(readonly source: string) {}

  /** Tag of a template literal: code is inserted as it is, any other value as a literal. */
  static of({ raw }: TemplateStringsArray, ...values: readonly unknown[]): Code {
    return new Code(
      String.raw(
        { raw },
        ...values.map((value) => (value instanceof Code ? value.source : tsLiteral(value))),
      ),
    );
  }

  /** A JSON value. @param indent indentation of the line that the literal starts on. */
  static literal(value: unknown, indent = ""): Code {
    return new Code(tsLiteral(value, indent));
  }

  static identifier(name: string): Code {
    return new Code(tsIdentifier(name));
  }

  static list(items: readonly Code[], separator = ", "): Code {
    return new Code(items.map(({ source }) => source).join(separator));
  }

  /**
   * A doc comment and the line break after it; nothing if there is nothing to document.
   *
   * @param indent indentation of the comment, and of the code that follows it.
   */
  static doc(indent: string, prose: readonly string[], tags: readonly DocTag[] = []): Code {
    const lines = prose.filter((block) => block !== "").flatMap((block) => ["", ...block.split("\n")]);
    const tagLines = tags.map(([name, value]) => `@${tsIdentifier(name)} ${tsComment(value)}`);
    const separator = lines.length > 0 && tags.length > 0 ? [""] : [];
    const all = [...lines.slice(1).map(tsComment), ...separator, ...tagLines].map((line) => line.trimEnd());
    if (all.length === 0) return new Code("");
    if (all.length === 1) return new Code(`/** ${all[0]} */\n${indent}`);
    const body = all.map((line) => `${indent} * ${line}`.trimEnd()).join("\n");
    return new Code(`/**\n${body}\n${indent} */\n${indent}`);
  }
}

export type DocTag = readonly [name: string, value: string];

/** The tag of what must not be used any more; none for anything else. */
export function deprecatedTag(deprecated: boolean): DocTag[] {
  return deprecated ? [["deprecated", ""]] : [];
}

/** The tag with the version that added something; none for `""`. */
export function sinceTag(version: string): DocTag[] {
  return version === "" ? [] : [["since", version]];
}

/** The tag `@see` with a URL, which cannot end the comment. */
export function seeTag(url: string): DocTag {
  return ["see", linkUrl(url).replaceAll("*", "%2A")];
}

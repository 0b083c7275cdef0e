/** HTML in which every value is escaped, so that templates print it as it is. */
export class Html {
  private constructor(readonly source: string) {}

  /** @param source output of a template, or of a function that escapes. */
  static trusted(source: string): Html {
    return new Html(source);
  }
}

/** Markdown in which every value is escaped, so that templates of Markdown print it as it is. */
export class Markdown {
  private constructor(readonly markdown: string) {}

  /** @param markdown output of a function that escapes. */
  static trusted(markdown: string): Markdown {
    return new Markdown(markdown);
  }
}

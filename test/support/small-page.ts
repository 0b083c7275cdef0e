/** Parts of a small page; each has a default. */
export interface Parts {
  readonly action?: string;
  /** Rows of the request parameters, as {@link row}. */
  readonly rows?: string;
  /** Rows of the response fields besides RetCode. */
  readonly fields?: string;
  readonly request?: string;
  readonly response?: string;
}

/** A page of an action in the vendor's layout. */
export function smallPage({
  action = "DoIt",
  rows = "",
  fields = "",
  request = `?Action=${action}`,
  response = '{ "RetCode": 0 }',
}: Parts): string {
  const head = "| Field Name | Type | Description Information | Required |\n|:---|:---|:---|:---|\n";
  return [
    `# Do it - ${action}`,
    `### Request Parameters\n\n${head}${rows}`,
    `### Response Field\n\n${head}| **RetCode** | int | Status |**Yes**|\n${fields}`,
    `### Request Example\n\n\`\`\`\n${request}\n\`\`\``,
    `### Response Example\n\n\`\`\`\n${response}\n\`\`\`\n`,
  ].join("\n\n");
}

export function row(name: string, type = "string", description = "x", required = "No"): string {
  return `| **${name}** | ${type} | ${description} |${required}|`;
}

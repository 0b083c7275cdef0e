/** A figure and its limit. */
export interface Check {
  readonly name: string;
  readonly figure: number;
  readonly limit: number;
  readonly unit: "" | "s" | "MB" | "kB";
}

/** A table of figures, their limits, and whether each is within its limit. */
export function checkTable(checks: readonly Check[]): string {
  const format = (number: number, unit: string) =>
    `${number.toFixed(unit === "MB" ? 0 : 2)}${unit && ` ${unit}`}`;
  const rows = checks.map(({ name, figure, limit, unit }) => [
    name,
    format(figure, unit),
    format(limit, unit),
    figure <= limit ? "pass" : "over",
  ]);
  return table(["figure", "measured", "at most", ""], rows);
}

/** A plain-text table. The first column is aligned to the left, the others to the right. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    widths
      .map((width, index) =>
        index === 0 ? (cells[index] ?? "").padEnd(width) : (cells[index] ?? "").padStart(width),
      )
      .join("  ")
      .trimEnd();
  return [line(columns), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}

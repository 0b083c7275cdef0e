import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { checkPrograms } from "../support/programs.js";
import { product } from "../support/seed-action.js";

const imports = `
import * as umem from "@dezai/umem";
import { describeUMemSpaceExample } from "@dezai/umem/testing/DescribeUMemSpace";
export { umem, describeUMemSpaceExample };
export declare const client: umem.Client;
`;
const { program, path } = checkPrograms(fileURLToPath(new URL(".", import.meta.url)), imports, [""]);
const checker = program.getTypeChecker();
const exported = checker.getExportsOfModule(
  checker.getSymbolAtLocation(program.getSourceFile(path(0)) as ts.SourceFile) as ts.Symbol,
);

/** Names of symbols that editors strike through. */
function deprecated(symbols: readonly ts.Symbol[]): string[] {
  return symbols
    .map(
      (symbol) =>
        [
          symbol.name,
          symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
        ] as const,
    )
    .filter(([, symbol]) => symbol.getJsDocTags(checker).some(({ name }) => name === "deprecated"))
    .map(([name]) => name);
}

test("every export of a deprecated action is deprecated, and no other", () => {
  expect(product.actions.filter((action) => action.deprecated).map(({ name }) => name)).toEqual([
    "DescribeUMemSpace",
  ]);
  const [umem, example, client] = exported;
  const exports = checker.getExportsOfModule(checker.getAliasedSymbol(umem as ts.Symbol));
  const own = exports.map(({ name }) => name).filter((name) => /DescribeUMemSpace/i.test(name));
  expect(own.length).toBeGreaterThan(5);
  expect(deprecated(exports)).toEqual(own);
  expect(deprecated([example as ts.Symbol])).toEqual(["describeUMemSpaceExample"]);
  expect(deprecated(checker.getTypeOfSymbol(client as ts.Symbol).getProperties())).toEqual([
    "describeUMemSpace",
  ]);
});

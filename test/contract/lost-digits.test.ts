import { expect, test } from "vitest";
import { lostDigits } from "../../scripts/contract/lost-digits.js";

test("integers that lose digits are found with their paths, and nothing else is", () => {
  const json =
    '{"Id":9007199254740993,"DataSet":[{"Ids":[[1,-12345678901234567890]],"Text":"9007199254740993","Ratio":1e20}]}';
  expect(lostDigits(json)).toEqual([
    { path: ["Id"], digits: "9007199254740993", rounded: 9007199254740992 },
    { path: ["DataSet", 0, "Ids", 0, 1], digits: "-12345678901234567890", rounded: -12345678901234567000 },
  ]);
  expect(lostDigits('{"Id":9007199254740991}')).toEqual([]);
  expect(() => lostDigits("{")).toThrow(SyntaxError);
});

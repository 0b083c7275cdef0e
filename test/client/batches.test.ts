import { failedItems, RetCodeError, retCodes, throwFailedItems } from "@dezai/umem";
import { expect, test } from "vitest";

const body = {
  RetCode: 0,
  Action: "StartDisksResponse",
  DataSet: [
    { RetCode: 0, Id: "a" },
    { RetCode: "230", Message: "no such disk in /?PublicKey=p&Signature=s", Id: "b" },
    { Id: "c", Parts: [{ RetCode: 99_999 }] },
  ],
};

test("throwFailedItems() throws an error with a RetCodeError for each failed item", () => {
  const thrown = (() => {
    try {
      throwFailedItems(body, retCodes);
    } catch (error) {
      return error as AggregateError;
    }
    return expect.fail("nothing was thrown");
  })();
  expect(thrown).toBeInstanceOf(AggregateError);
  expect(thrown.message).toBe(
    "StartDisks: failed items: DataSet[1] (InvalidParameter), DataSet[2].Parts[0] (99999).",
  );
  for (const error of thrown.errors) expect(error).toBeInstanceOf(RetCodeError);
  expect(thrown.errors.map(({ action, retCode, meaning }) => [action, retCode, meaning])).toEqual([
    ["StartDisks", 230, retCodes[230].meaning],
    ["StartDisks", 99_999, ""],
  ]);
  expect(thrown.errors[0].message).not.toMatch(/Signature=/);
});

test("throwFailedItems() does nothing if no item failed", () => {
  expect(throwFailedItems({ RetCode: 0, DataSet: [{ RetCode: 0 }, { Id: "a" }] }, retCodes)).toBeUndefined();
  expect(failedItems({ RetCode: 0 }, retCodes)).toEqual([]);
});

import { expect, test } from "vitest";
import { isReadOnly } from "../../scripts/model/retry-safety.js";
import { isSecretByName } from "../../scripts/model/secret-names.js";

test.each([
  ["DescribeUMemBackupURL", true],
  ["GetBalance", true],
  ["ListUBillDetail", true],
  ["CheckUHostResourceCapacity", true],
  ["CreateUMemBackup", false],
  ["Listen", false],
  ["GetawayCar", false],
  ["ModifyListener", false],
  ["Get", true],
])("that %s only reads is so by its name: %s", (action, is) => {
  expect(isReadOnly(action)).toBe(is);
});

test.each([
  ["Password", true],
  ["AdminPasswd", true],
  ["PrivateKey", true],
  ["access_key", true],
  ["SecurityToken", true],
  ["ClientSecret", true],
  ["AccessKeyId", false],
  ["KeyPairId", false],
  ["Name", false],
  ["BackupId", false],
  ["Key", false],
])("%s is a secret by its name: %s", (field, is) => {
  expect(isSecretByName(field, { kind: "string" })).toBe(is);
  expect(isSecretByName(field, { kind: "array", items: { kind: "string" } })).toBe(is);
  expect(isSecretByName(field, { kind: "boolean" })).toBe(false);
});

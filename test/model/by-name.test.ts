import { expect, test } from "vitest";
import type { Type } from "../../scripts/model/api-model.js";
import { isSecretByName } from "../../scripts/model/names.js";
import { isReadOnly } from "../../templates/runtime/operation.js";

test.each([
  ["DescribeUMemBackupURL", true],
  ["GetBalance", true],
  ["ListUBillDetail", true],
  ["CheckUHostResourceCapacity", true],
  ["QueryUSMSTemplate", true],
  ["Queryable", false],
  ["CreateUMemBackup", false],
  ["Listen", false],
  ["GetawayCar", false],
  ["ModifyListener", false],
  ["Get", true],
])("the name %s says that the action only reads: %s", (action, is) => {
  expect(isReadOnly(action)).toBe(is);
});

test.each([
  ["Password", true],
  ["AdminPasswd", true],
  ["PrivateKey", true],
  ["access_key", true],
  ["SecurityToken", true],
  ["ClientSecret", true],
  ["IKEPreSharedKey", true],
  ["PrivateKeyBody", true],
  ["AccessKeyId", false],
  ["accesskeyid", false],
  ["TokenCount", false],
  ["token_count", false],
  ["PasswordPolicy", false],
  ["PasswordExpireTime", false],
  ["TokenName", false],
  ["KeyPairId", false],
  ["Name", false],
  ["BackupId", false],
  ["Key", false],
])("the name %s says that the value is a secret: %s", (field, is) => {
  const string: Type = { kind: "string", format: "", encoding: "none", limits: {}, nullable: false };
  expect(isSecretByName(field, string)).toBe(is);
  expect(isSecretByName(field, { kind: "array", items: string, limits: {}, nullable: false })).toBe(is);
  expect(isSecretByName(field, { kind: "map", values: string, nullable: false })).toBe(is);
  expect(isSecretByName(field, { kind: "json", nullable: false })).toBe(is);
  expect(isSecretByName(field, { kind: "boolean", nullable: false })).toBe(false);
});

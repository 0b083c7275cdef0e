import { expect, test } from "vitest";
import { isRandomString } from "../../scripts/model/random-string.js";

test.each(
  "WfTAPwME HnsnJnXX lIDfEOmM NBaSDZeI ybxkcmgH nuuhdpWH Sdchjvlm ZeegGcmw djlgyuzz afctavgs FGVllQOD uluarTlm".split(
    " ",
  ),
)("%s is random", (text) => expect(isRandomString(text)).toBe(true));

test.each(
  (
    "cn-zj cn-zj-01 cn-bj2-02 10.9.1.1 uhost-abc Redis MyDisk1 MyBackup DataDisk CloudSSD LocalSSD Internet Intranet " +
    "memcache Logstash Postpaid Snapshot Standard POSTPAID UserName password before-upgrade Dynamic PostgreSQL 20260131 " +
    "WfTAPwM WfTAPwMEx WfTAPwM1"
  ).split(" "),
)("%s is not random", (text) => expect(isRandomString(text)).toBe(false));

test("nearly all strings of eight random letters are recognized", () => {
  // A linear congruential generator, so that the strings are the same in every run.
  let state = 1;
  const letter = () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[Math.floor((state / 2 ** 31) * 52)];
  };
  const strings = Array.from({ length: 20_000 }, () => Array.from({ length: 8 }, letter).join(""));
  expect(strings.filter((text) => !isRandomString(text)).length).toBeLessThan(100);
});

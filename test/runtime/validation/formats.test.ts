import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Check,
  date,
  dateTime,
  email,
  ipv4,
  ipv6,
  uri,
  uuid,
  violationsOf,
} from "../../../templates/runtime/validation.js";
import { ajvFormat } from "../../support/validator.js";

describe("a format", () => {
  const address = fc.oneof(fc.ipV6(), fc.ipV4());
  test.each<[name: string, check: Check, strings: fc.Arbitrary<string>, known: readonly string[]]>([
    [
      "uri",
      uri,
      fc.oneof(
        fc.webUrl({ withFragments: true, withQueryParameters: true }),
        fc
          .tuple(
            fc.constantFrom("http://[", "x:", "http://u@[", "a://b:"),
            fc.oneof(address, fc.string({ maxLength: 6 })),
            fc.constantFrom("]", "]:80/a", "", "/%2f?#"),
          )
          .map((parts) => parts.join("")),
      ),
      [
        "a:",
        "a:b",
        "http://a.example:80/%20",
        "http://a.example/%2",
        "/a",
        "http://[::1]/",
        "http://[::z]/",
        "http://a b/",
        "urn:a:b",
        "http://a/ä",
        "http://u:p@h/",
        "http://a#b#c",
        "http://[v1.a]/",
      ],
    ],
    ["uuid", uuid, fc.uuid(), ["urn:uuid:00000000-0000-0000-0000-000000000000", "00000000-0000"]],
    ["ipv4", ipv4, fc.ipV4(), ["1.2.3", "1.2.3.4.", "256.1.1.1", "01.1.1.1", "1.2.3.4.5"]],
    [
      "ipv6",
      ipv6,
      fc.ipV6(),
      [
        "::",
        "1::",
        "::1",
        ":::",
        "1:2:3:4:5:6:7",
        "::ffff:1.2.3.4",
        "1::2::3",
        "1.2.3.4",
        "1:2:3:4:5:6:7:8:9",
      ],
    ],
    ["email", email, fc.emailAddress(), ["a@b", "a@b.c", ".a@b.c", "a@b..c", "a@@b.c", "a b@c.d"]],
    [
      "date",
      date,
      fc
        .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
        .map((day) => day.toISOString().slice(0, 10)),
      [
        "2024-02-29",
        "2023-02-29",
        "1900-02-29",
        "2000-02-29",
        "2024-13-01",
        "2024-00-10",
        "2024-04-31",
        "0000-02-29",
      ],
    ],
    [
      "date-time",
      dateTime,
      fc
        .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
        .map((day) => day.toISOString()),
      [
        "2024-02-29T23:59:60Z",
        "2024-02-29T12:59:60Z",
        "2024-02-29T15:59:60-08:00",
        "2024-03-01T07:59:60+08:00",
        "2024-02-29T24:00:00Z",
        "2024-02-29 12:00:00Z",
        "2024-02-29T12:00:00",
        "2024-02-29T12:00:00+25:00",
        "2024-02-29T12:00:00.5+0800",
      ],
    ],
  ])("%s has the verdict of Ajv", (format, check, strings, known) => {
    const isValid = ajvFormat(format);
    const is = (value: string) => violationsOf(check, value as never).length === 0;
    const agree = (value: string) => {
      // Ajv accepts an invalid host as a path. So both agree on all but the host, and Ajv accepts whatever the check accepts.
      const hostless = format === "uri" ? value.replace(/^([^:]*:\/\/?)[^/?#]*/, "$1h") : value;
      expect({ value, is: is(hostless) }).toEqual({ value, is: isValid(hostless) });
      if (is(value)) expect([value, isValid(value)]).toEqual([value, true]);
    };
    for (const value of known) agree(value);
    const broken = fc
      .tuple(strings, fc.nat(80), fc.nat(2), fc.string({ maxLength: 2 }))
      .map(([value, at, length, other]) => value.slice(0, at) + other + value.slice(at + length));
    fc.assert(fc.property(fc.oneof(strings, broken), agree), { numRuns: 3_000 });
  });

  test.each([
    ["https://a.example:8443/b", true],
    ["https://user:word@[fe80::1]:8443/b", true],
    ["https://[v1.a:b]/", true],
    ["https://a.example:port/b", false],
    ["https://a@b@c/", false],
    ["https://[fe80::g]/", false],
    ["https://[fe80::1/", false],
    ["https://a.exa mple/", false],
    ["a.example/b", false],
    ["//a.example/b", false],
    ["", false],
  ])("uri, %s: %s", (value, isOne) => {
    expect(violationsOf(uri, value as never).length === 0).toBe(isOne);
  });
});

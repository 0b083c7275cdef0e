import { string } from "./checks.js";
import type { Check } from "./inspection.js";

// Checks of the string formats of JSON Schema. They are annotated as pure, so that bundles contain only those in use.

/** Accepts absolute URIs (RFC 3986). */
export const uri: Check = /* @__PURE__ */ format("a URI", isUri);

/** Accepts UUIDs (RFC 9562). */
export const uuid: Check = /* @__PURE__ */ format("a UUID", isUuid);

/** Accepts addresses such as `10.0.0.1`. */
export const ipv4: Check = /* @__PURE__ */ format("an IPv4 address", isIpv4);

/** Accepts addresses such as `fe80::1`. */
export const ipv6: Check = /* @__PURE__ */ format("an IPv6 address", isIpv6);

/** Accepts email addresses with a domain of at least two labels. */
export const email: Check = /* @__PURE__ */ format("an email address", isEmail);

/** Accepts dates such as `2026-01-31` (RFC 3339). */
export const date: Check = /* @__PURE__ */ format("a date", isDate);

/** Accepts dates with a time such as `2026-01-31T12:00:00Z` (RFC 3339). */
export const dateTime: Check = /* @__PURE__ */ format("a date with a time and an offset", isDateTime);

function format(name: string, isValid: (value: string) => boolean): Check {
  return (value, at) => {
    if (typeof value !== "string") string(value, at);
    else if (at.options.formats !== false && !isValid(value)) at.report(`must be ${name}`);
  };
}

function isUuid(value: string): boolean {
  return /^(?:urn:uuid:)?[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(value);
}

function isUri(value: string): boolean {
  const [, authority, path = "", rest = ""] =
    /^[a-z][a-z\d+.-]*:(?:\/\/([^/?#]*))?([^?#]*)([^#]*(?:#[^#]*)?)$/i.exec(value) ?? [];
  const isEmpty = authority === undefined && path === "";
  return !isEmpty && isAuthority(authority ?? "") && isPath.test(path + rest.replace("#", "/"));
}

/** Path, query and fragment have the same characters: unreserved ones, some delimiters, and encoded bytes. */
const isPath = /^(?:[\w.~!$&'()*+,;=:@/?-]|%[\da-f]{2})*$/i;

/** Whether a string consists of a user, a host and a port, each of which is optional. */
function isAuthority(value: string): boolean {
  const [, literal] =
    /^(?:(?:[\w.~!$&'()*+,;=:-]|%[\da-f]{2})*@)?(?:\[(.*)\]|(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})*)(?::\d*)?$/i.exec(
      value,
    ) ?? [noHost, noHost];
  return literal === undefined || isIpv6(literal) || /^v[\da-f]+\.[\w.~!$&'()*+,;=:-]+$/i.test(literal);
}

/** Replaces an authority that is not valid; fails the check of an address as well. */
const noHost = "-";

function isIpv4(value: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(value);
}

function isIpv6(value: string): boolean {
  const halves = value.split("::");
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1) ?? "";
  const hasIpv4 = !value.endsWith("::") && isIpv4(last);
  const size = groups.length + (hasIpv4 ? 1 : 0);
  const isHex = groups.every(
    (group, index) => /^[\da-f]{1,4}$/i.test(group) || (hasIpv4 && index === groups.length - 1),
  );
  return isHex && (halves.length === 2 ? size < 8 : size === 8);
}

function isEmail(value: string): boolean {
  const [local = "", domain = "", ...rest] = value.split("@");
  const isLocal = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/.test(local);
  const labels = domain.split(".");
  const isDomain =
    labels.length > 1 && labels.every((label) => /^[a-z\d](?:[a-z\d-]*[a-z\d])?$/i.test(label));
  return isLocal && isDomain && rest.length === 0;
}

function isDate(value: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) ?? [];
  if (year === undefined) return false;
  const parsed = new Date(0);
  parsed.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return parsed.getUTCMonth() === Number(month) - 1 && parsed.getUTCDate() === Number(day);
}

function isDateTime(value: string): boolean {
  const [, day, hours, minutes, seconds, sign, offsetHours, offsetMinutes] =
    /^([\d-]+)[t\s](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:z|([+-])(\d\d)(?::?(\d\d))?)$/i.exec(value) ?? [];
  if (day === undefined || !isDate(day)) return false;
  const [h, m, s, oh, om] = [hours, minutes, seconds, offsetHours, offsetMinutes].map((part) =>
    Number(part ?? 0),
  ) as [number, number, number, number, number];
  if (h > 23 || m > 59 || s > 60 || oh > 23 || om > 59) return false;
  // A leap second is the last of a day in UTC.
  const shift = (oh * 60 + om) * (sign === "-" ? -1 : 1);
  return s < 60 || (h * 60 + m - shift + 2 * 1440) % 1440 === 1439;
}

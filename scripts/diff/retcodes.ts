import type { RetCode } from "../model/api-model.js";
import type { Found, FoundAt } from "./change.js";

/** Classes of retries, from the fewest calls that are sent again to the most. */
const retries: readonly RetCode["retry"][] = ["never", "credentials", "idempotent", "throttle", "always"];

/** Compares the RetCodes of a product or of the gateway; the path is the number. */
export function compareRetCodes(before: readonly RetCode[], after: readonly RetCode[]): FoundAt[] {
  const byNumber = (codes: readonly RetCode[]) => new Map(codes.map((one) => [`${one.code}`, one]));
  const [old, current] = [byNumber(before), byNumber(after)];
  return [
    ...[...old].flatMap(([path, code]) => {
      const now = current.get(path);
      if (now === undefined) return [{ path, rule: "retcode-removed" as const, before: code.name }];
      return compareRetCode(code, now).map((found) => ({ ...found, path }));
    }),
    ...[...current]
      .filter(([path]) => !old.has(path))
      .map(([path, { name }]) => ({ path, rule: "retcode-added" as const, after: name })),
  ];
}

function compareRetCode(old: RetCode, current: RetCode): Found[] {
  const found: Found[] = [];
  if (old.name !== current.name)
    found.push({ rule: "retcode-renamed", before: old.name, after: current.name });
  if (old.retry !== current.retry) {
    const isWider = retries.indexOf(current.retry) > retries.indexOf(old.retry);
    const rule = isWider ? "retcode-retry-widened" : "retcode-retry-narrowed";
    found.push({ rule, before: old.retry, after: current.retry });
  }
  const textOf = ({ meaning, remedy, causes, actions }: RetCode) =>
    JSON.stringify([meaning, remedy, causes, actions]);
  if (textOf(old) !== textOf(current)) found.push({ rule: "retcode-text" });
  return found;
}

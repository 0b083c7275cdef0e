import type { RetCode } from "../model/api-model.js";
import type { Found } from "./change.js";

/** Change of a RetCode; the path is its number, with the actions that it is specific to. */
export interface RetCodeChange extends Found {
  readonly path: string;
}

/** Classes of retries, from the fewest calls that are sent again to the most. */
const retries: readonly RetCode["retry"][] = ["never", "credentials", "idempotent", "throttle", "always"];

/** Compares the RetCodes of a product or of the gateway. */
export function compareRetCodes(before: readonly RetCode[], after: readonly RetCode[]): RetCodeChange[] {
  const [old, current] = [keyed(before), keyed(after)];
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

/** The same number can have a meaning of its own in some actions. */
function keyed(codes: readonly RetCode[]): ReadonlyMap<string, RetCode> {
  const count = (code: number) => codes.filter((one) => one.code === code).length;
  return new Map(
    codes.map((one) => [
      count(one.code) === 1 ? `${one.code}` : `${one.code} of ${one.actions.join(", ") || "any action"}`,
      one,
    ]),
  );
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

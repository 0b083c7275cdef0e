/** Pattern of the path that the reference is published under: `/`, or `/docs/`. */
export const basePathPattern = "^/(?:[\\w.~-]+/)*$";

/** Whether a string is a path that the reference can be published under. A `.` or `..` would leave it. */
export function isBasePath(value: string): boolean {
  return new RegExp(basePathPattern).test(value) && new URL(value, "http://localhost").pathname === value;
}

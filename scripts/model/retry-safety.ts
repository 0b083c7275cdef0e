/**
 * Whether an action only reads by its name, so that repeating it can do no harm. What a document says itself counts more:
 * some actions with such a name do change something, and some with another one do not.
 */
export function isReadOnly(action: string): boolean {
  return /^(?:Describe|Get|List|Check)(?![a-z])/.test(action);
}

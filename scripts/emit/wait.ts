import type { Action, Wait } from "../model/api-model.js";
import type { OldMember } from "../model/compatibility.js";
import { waitParamsName } from "../model/names.js";
import { Code, type DocTag, deprecatedTag } from "./code.js";

/**
 * The function of an action that waits until what it lists is done, and its parameters; `null` if there is none.
 *
 * @param members old names of the action's parameters.
 */
export function waitView(action: Action, members: readonly OldMember[] = []) {
  const { names, parameters, paging, deprecated, wait } = action;
  if (wait === undefined) return null;
  const { function: name, id } = wait;
  // The function pages through the list itself, and needs the ID by its current name.
  const own = [paging?.offset, id].filter((one) => parameters.some((field) => field.name === one));
  const old = members.filter(
    ({ direction, model, current }) => direction === "param" && model === "" && own.includes(current?.name),
  );
  const omitted = [...own, ...old.map((member) => member.name)];
  const base = Code.identifier(names.params);
  const tags: DocTag[] = [
    ["returns", `the items of \`${wait.items}\` with the \`${id}\`.`],
    [
      "throws",
      "WaitError if the time is up, or if an item has failed; `AbortError`; a `CallError` that is not `retryable`.",
    ],
    ...deprecatedTag(deprecated),
  ];
  return {
    name,
    params: waitParamsName(name),
    paramsDoc: Code.doc("", [`Parameters of \`${name}\`.`], deprecatedTag(deprecated)),
    hasBase: parameters.length > 0,
    base: omitted.length === 0 ? base : Code.of`Omit<${base}, ${literals(omitted, " | ")}>`,
    id,
    items: wait.items,
    state: wait.state,
    done: literals(wait.done, ", "),
    failed: literals(wait.failed, ", "),
    methodDoc: Code.doc("  ", prose(action, wait), tags),
    functionDoc: Code.doc("", prose(action, wait), [
      ["param", "connection a client, or the result of `connect`."],
      ...tags,
    ]),
  };
}

function prose({ names }: Action, { id, state, done, failed }: Wait): string[] {
  const listed = (values: readonly string[]) =>
    values.map((value) => `\`${JSON.stringify(value)}\``).join(" or ");
  const failure = failed.length === 0 ? "" : `, or fails because it is ${listed(failed)}`;
  return [
    `Calls \`${names.function}\` until the \`${state}\` of every item with the \`${id}\` is ${listed(done)}${failure}.`,
    "While no item has the ID, the wait goes on, since a list may lack what has just been created.",
  ];
}

function literals(values: readonly unknown[], separator: string): Code {
  return Code.list(
    values.map((value) => Code.literal(value)),
    separator,
  );
}

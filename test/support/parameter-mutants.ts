import type { Action } from "../../scripts/model/api-model.js";
import { signingParameters } from "../../templates/runtime/signature.js";
import type { Change } from "./body-mutants.js";

/** Parameters of a request. */
export type Pairs = readonly (readonly [name: string, value: string])[];

const otherCall =
  "another valid call, signed again, also with a new value of an enumeration: the document allows it, and enumerations of parameters are open";

/** Parameters of a request with one mistake each. */
export function parameterMutants(pairs: Pairs, action: Action, actions: readonly string[]): Change<Pairs>[] {
  const mutants: Change<Pairs>[] = [];
  const own = pairs.filter(([name]) => !signingParameters.includes(name));
  for (const [name, value] of own) {
    const field = action.parameters.find((one) => one.name === name);
    const others = own.filter(([one]) => one !== name);
    const with_ = (other: string, text: string): Pairs =>
      own.map((pair) => (pair[0] === name ? ([other, text] as const) : pair));
    // Enumerations of parameters are open.
    const isText = field?.type.kind === "string" || field?.type.kind === "enum";
    const isOptional = field !== undefined && !field.required;
    mutants.push(
      { what: `${name} dropped`, changed: others, tolerated: isOptional ? otherCall : undefined },
      { what: `${name} renamed`, changed: with_(`${name}s`, value) },
      { what: `${name} in lower case`, changed: with_(name.toLowerCase(), value) },
      { what: `${name} in upper case`, changed: with_(name.toUpperCase(), value) },
      { what: `${name} with a key`, changed: with_(`${name}.x`, value) },
      { what: `${name} twice`, changed: [...own, [name, value]] },
    );
    const values: [string, boolean][] = [
      [`${value}x`, isText],
      ["", isText],
      ["1.5", isText],
      ["7", isText || field?.type.kind === "integer"],
    ];
    for (const [text, isFine] of values)
      if (text !== value)
        mutants.push({
          what: `${name} as "${text}"`,
          changed: with_(name, text),
          tolerated: isFine ? otherCall : undefined,
        });
  }
  mutants.push({ what: "a parameter more", changed: [...own, ["Unknown", "x"]] });
  mutants.push({ what: "an item more", changed: [...own, ["Unknown.0", "x"]] });
  for (const other of actions)
    if (other !== action.name)
      mutants.push({
        what: `the call of ${other}`,
        changed: own.map(([name, value]) => [name, name === "Action" ? other : value]),
      });
  return mutants;
}

import type { Action, Product } from "../model/api-model.js";
import { envelope, responseFields } from "../model/fields.js";

/** An action of a product that the other state has in another one. */
interface Elsewhere {
  readonly product: string;
  readonly action: Action;
}

/** Actions that one product lost and another one gained, by `product/Action`. */
export interface Moves {
  /** What has become of the action. */
  readonly to: ReadonlyMap<string, Elsewhere>;
  /** What the action was. */
  readonly from: ReadonlyMap<string, Elsewhere>;
}

/**
 * Finds the actions that moved from one product to another: with the same summary, or with at least half of the parameters and
 * response fields. Products can have actions with the same name that have nothing else in common.
 *
 * @param locationParameters names of parameters that say nothing of an action.
 */
export function movesOf(
  before: readonly Product[],
  after: readonly Product[],
  locationParameters: readonly string[],
): Moves {
  const old = productsByAction(before);
  const current = productsByAction(after);
  const to = new Map<string, Elsewhere>();
  const from = new Map<string, Elsewhere>();
  for (const [name, was] of old) {
    const is = current.get(name) ?? [];
    const isIn = (owners: readonly Elsewhere[], { product }: Elsewhere) =>
      owners.some((owner) => owner.product === product);
    const left = was.filter((owner) => !isIn(is, owner));
    const reached = is.filter((owner) => !isIn(was, owner));
    const [source, target] = [left[0], reached[0]];
    if (source === undefined || target === undefined || left.length + reached.length > 2) continue;
    if (!isSimilar(source.action, target.action, locationParameters)) continue;
    to.set(`${source.product}/${name}`, target);
    from.set(`${target.product}/${name}`, source);
  }
  return { to, from };
}

function isSimilar(old: Action, current: Action, locationParameters: readonly string[]): boolean {
  if (old.summary !== "" && old.summary === current.summary) return true;
  const namesOf = (action: Action) => {
    const parameters = action.parameters.filter(({ name }) => !locationParameters.includes(name));
    const kinds = [parameters, responseFields(action).filter(({ name }) => !envelope.includes(name))];
    return new Set(kinds.flatMap((fields, kind) => fields.map(({ name }) => `${kind} ${name}`)));
  };
  const [before, after] = [namesOf(old), namesOf(current)];
  const common = [...before].filter((name) => after.has(name)).length;
  return common * 2 >= Math.max(before.size, after.size);
}

/** The products that have an action, by the action's name. */
function productsByAction(products: readonly Product[]): Map<string, Elsewhere[]> {
  const owners = new Map<string, Elsewhere[]>();
  for (const { name: product, actions } of products)
    for (const action of actions)
      owners.set(action.name, [...(owners.get(action.name) ?? []), { product, action }]);
  return owners;
}

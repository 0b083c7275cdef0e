import { load } from "../../scripts/load.js";
import type { Action, Example, Product } from "../../scripts/model/api-model.js";

/** The model of this repository's specification, and its first action with an example. */
export const api = await load("spec");
export const product = api.products.find(({ name }) => name === "umem") as Product;
export const action = product.actions.find(({ name }) => name === "DescribeUMemBackupURL") as Action;
export const example = action.examples[0] as Example;

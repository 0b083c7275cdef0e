import { ofActions } from "./diff-action-cases.js";
import { ofParameters } from "./diff-parameter-cases.js";
import { ofRenames } from "./diff-rename-cases.js";
import { ofResponses } from "./diff-response-cases.js";
import type { DiffCase } from "./diff-states.js";
import { ofTypes } from "./diff-type-cases.js";

export const cases: readonly DiffCase[] = [
  ...ofParameters,
  ...ofResponses,
  ...ofActions,
  ...ofRenames,
  ...ofTypes,
];

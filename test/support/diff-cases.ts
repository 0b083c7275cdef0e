import { ofActions } from "./diff-action-cases.js";
import { composites } from "./diff-composite-cases.js";
import { ofParameters } from "./diff-parameter-cases.js";
import { ofResponses } from "./diff-response-cases.js";
import type { DiffCase } from "./diff-states.js";

export const cases: readonly DiffCase[] = [...ofParameters, ...ofResponses, ...ofActions, ...composites];

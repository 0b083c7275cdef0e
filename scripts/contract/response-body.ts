import type { Action } from "../model/api-model.js";
import { isObject, type Path, type Raw } from "../openapi/pointer.js";
import { isFieldName } from "../record/public-values.js";
import { type BodyCheck, found } from "./body-check.js";
import { withRetCode } from "./call-fix.js";
import { withKeywords } from "./document-fix.js";
import { type Found, show } from "./finding.js";
import { isTooDeep, scanJson } from "./json-scan.js";
import type { Recording } from "./recording.js";
import { checkFields } from "./response-fields.js";

/** The recorded body as an object; `undefined` if it is not a JSON object, or nested too deeply to be compared. */
export function parseBody({ body }: Recording): Raw | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) && !isTooDeep(body) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Compares a body with the document in both directions: fields that one of them lacks, types, RetCode and `Action`. */
export function checkBody(recording: Recording, action: Action, body: Raw): Found[] {
  const model = Number(body.RetCode) === 0 ? action.responseModel : action.errorModel;
  const fields = action.models.find(({ name }) => name === model)?.fields ?? [];
  const check: BodyCheck = { recording, action, body, model, fields, origin: { action, model } };
  return [...checkText(check), ...checkRetCode(check), ...checkAction(check), ...checkFields(check)];
}

/** Findings of one body about what parsing does not keep. */
const maxTextFindings = 100;

/** What parsing does not keep: a key that appears twice, and digits beyond those of a number. */
function checkText(check: BodyCheck): Found[] {
  const list: Found[] = [];
  let others = 0;
  const add = (code: string, path: Path, problem: string) => {
    if (list.length === maxTextFindings) others += 1;
    else list.push(found(check, code, [...path], (field) => `${field} ${problem}`));
  };
  scanJson(check.recording.body, ({ path, literal, isDuplicate }) => {
    if (isDuplicate) add("body-duplicate-key", path, "appears twice in the recording");
    const number = /^-?\d/.test(literal) ? Number(literal) : 0;
    const isExact =
      Number.isFinite(number) && (!/^-?\d+(\.0+)?$/.test(literal) || Number.isSafeInteger(number));
    if (isExact) return;
    const problem = `is a number of ${literal.length} characters in the recording, which is beyond 2^53 and loses digits`;
    add("field-digits", path, problem);
  });
  return list.map((one, index) =>
    others > 0 && index === maxTextFindings - 1
      ? { ...one, message: `${one.message} (and ${others} more in this body)` }
      : one,
  );
}

function checkRetCode(check: BodyCheck): Found[] {
  const { action, body } = check;
  const { RetCode: code } = body;
  const isListed = code === 0 || action.retCodes.some((one) => one.code === code);
  if (!Number.isInteger(code) || isListed) return [];
  const message = `RetCode is ${code} in the recording, and ${action.documentPath} lists no such code`;
  return [
    found(check, "retcode-undocumented", ["RetCode"], () => message, withRetCode(action, Number(code))),
  ];
}

/** `Action` must be the name that the document promises: the constant of the field, or else `<Action>Response`. */
function checkAction(check: BodyCheck): Found[] {
  const { recording, action, body, model, fields, origin } = check;
  const type = fields.find(({ name }) => name === "Action")?.type;
  const promised = `${action.name}Response`;
  if (type === undefined || type.kind === "const" || typeof body.Action !== "string") return [];
  if (body.Action === promised) return [];
  const isSecret = recording.origin === "captured" && !isFieldName(body.Action.replace(/Response$/, ""));
  const message = `Action is ${show(body.Action.slice(0, 100), isSecret)} in the recording, and not ${promised}`;
  // The schema of an error is that of other actions too.
  const isOwn = model === action.responseModel && !isSecret;
  const fix = isOwn ? withKeywords(origin, ["Action"], { const: body.Action }) : undefined;
  return [found(check, "response-action", ["Action"], () => message, fix)];
}

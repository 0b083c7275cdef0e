import type { Action, RetCode } from "../../model/api-model.js";

/** The RetCodes that are specific to an action, ascending: those of its tables that list it. */
export function specificRetCodes({ name, retCodes }: Pick<Action, "name" | "retCodes">): readonly RetCode[] {
  return retCodes.filter(({ actions }) => actions.includes(name));
}

/** Whether a retry helps and what the client does, as a message of the interface. */
export const retryAdvice: Readonly<Record<RetCode["retry"], string>> = {
  always: "Yes. The call was not executed, so the client retries it.",
  throttle: "Yes, after a delay. The call was not executed, so the client retries it, with longer delays.",
  credentials:
    "Only with other credentials. If its credentials are a function, the client asks for new ones and retries once.",
  idempotent:
    "Only if the action is safe to retry, since the outcome is unknown; the client then retries it. Otherwise check first whether the call took effect.",
  never: "No, it would fail again. The client throws the error at once.",
};

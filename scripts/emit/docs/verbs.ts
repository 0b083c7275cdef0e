import { isReadOnly } from "../../../templates/runtime/operation.js";
import type { Action } from "../../model/api-model.js";
import { humpsOf } from "../humps.js";

/** What an action does to its resource, for the order of lists. Whether it is retried is the document's own setting. */
export type Kind = "read" | "create" | "change" | "delete";

/** Kinds in the order of lists. */
export const kinds: readonly Kind[] = ["read", "create", "change", "delete"];

/** Verbs besides those of {@link isReadOnly}. */
const verbs: Readonly<Record<Kind, string>> = {
  read: "Count Estimate Predict Preview Search Show View",
  create:
    "Add Allocate Apply Assign Build Buy Clone Copy Create Generate Import Insert Issue New Publish Purchase Upload",
  change:
    "Associate Attach Authorize Backup Bind Change Close Configure Control Deploy Decrypt Detach Disable Disassociate Enable Encrypt Export " +
    "Flush Flushall Forbid Grant Install Isolation Join Leave Lock Migrate Modify Mount Move Open Permit Poweroff Promote " +
    "Reboot Recover Refresh Register Reinstall Rename Renew Replace Report Reset Resize Restart Restore Resume Revoke Rollback " +
    "Run Save Send Set Shutdown Start Stop Submit Suspend Switch Sync Transfer Unassociate Unbind Unlock Unmount Update " +
    "Upgrade Verify Withdraw",
  delete: "Cancel Clear Delete Deregister Destroy Drop Purge Release Remove Terminate Uninstall Unregister",
};
const kindByVerb = new Map(
  kinds.flatMap((kind) => verbs[kind].split(" ").map((verb) => [verb.toLowerCase(), kind] as const)),
);

/** Verbs that follow another one. Any other word after the verb is a noun, as in `CreateExportTask`. */
const secondVerb = /^(?:attach|bind|delete|start)$/i;

/** The name of an action in its parts: `["Create", "Attach"]` and `["UDisk"]` for `CreateAttachUDisk`. */
export interface NameParts {
  readonly verbs: readonly string[];
  /** Humps of the name without its verbs; can be empty. */
  readonly rest: readonly string[];
}

/** Splits the name of an action. Its first hump is its verb, whether it is known or not; `Un` and `Batch` belong to the next. */
export function splitName(action: string): NameParts {
  const humps = humpsOf(action);
  let count = 1;
  if (/^(?:un|batch)$/i.test(humps[0] ?? "") && humps.length > 1) count = 2;
  if (!isReadOnly(action) && humps.length > count + 1 && secondVerb.test(humps[count] ?? "")) count += 1;
  return { verbs: humps.slice(0, count), rest: humps.slice(count) };
}

/**
 * The kind of an action by its name. Of several verbs, as in `DetachDeleteUDisk`, the first that does more than change
 * something counts. A verb that is not known changes something.
 */
export function kindOf(action: string): Kind {
  if (isReadOnly(action)) return "read";
  const found = splitName(action).verbs.map((verb) => kindByVerb.get(verb.toLowerCase()) ?? "change");
  return found.find((kind) => kind !== "change") ?? "change";
}

/** The kind of an action that pages show. One that only reads by its name changes something if it is not safe to retry. */
export function shownKind({ name, retrySafe }: Pick<Action, "name" | "retrySafe">): Kind {
  return isReadOnly(name) && !retrySafe ? "change" : kindOf(name);
}

/** Messages of the interface that name the kinds. */
export const kindLabels: Readonly<Record<Kind, string>> = {
  read: "read-only",
  create: "creates",
  change: "changes",
  delete: "deletes",
};

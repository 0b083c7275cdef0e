import { isReadOnly } from "../../templates/runtime/operation.js";
import { type Finding, Findings } from "./findings.js";
import { inferPaging } from "./infer-paging.js";
import { inferSensitive } from "./infer-sensitive.js";
import { type Draft, sourceOf } from "./merge.js";
import type { Json } from "./schema.js";

/** The operation of a transcribed document. */
export interface Operation extends Json {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters: readonly Parameter[];
}

export interface Parameter extends Json {
  readonly name: string;
  readonly schema: Json;
}

/** Adds a note about a page. `table` is `parameters`, or the name of a schema; `path` is a field of it, without indices. */
export type Note = (code: string, at: { table: string; path: string } | undefined, message: string) => void;

/**
 * Adds the facts to a document that names, types and descriptions leave no doubt about: paging, retry safety and secrets.
 * Overlays are applied later, so that they can revoke each.
 *
 * @param findings collects a note for each fact, and for each that is in doubt.
 */
export function inferFacts({ document, file }: Draft, findings: Finding[]): void {
  const own = new Findings(file, findings);
  const { operation, schemas } = partsOf(document);
  const { line, parameters, schemas: lines } = sourceOf(document);
  const note: Note = (code, at, message) => {
    const rows = at === undefined ? {} : at.table === "parameters" ? parameters : (lines[at.table] ?? {});
    const row = Object.keys(rows).find((name) => name.replace(/\.(?:N|\d+)(?=\.|$)/gi, "") === at?.path);
    own.note(code, rows[row ?? ""] ?? line, message, helps[code] ?? "");
  };
  inferPaging(operation, schemas, note);
  inferRetrySafe(operation, note);
  inferSensitive(document, operation, schemas, note);
}

/** The parts of a transcribed document that facts are added to. */
function partsOf(document: Json): { operation: Operation; schemas: Readonly<Record<string, Json>> } {
  const { paths, components } = document as {
    paths: { "/": { get: Operation } };
    components: { schemas: Record<string, Json> };
  };
  return { operation: paths["/"].get, schemas: components.schemas };
}

const helps: Readonly<Record<string, string>> = {
  "inferred-paging": "If that is wrong, remove x-actiongen-paging with an overlay.",
  "inferred-retry-safe": "If that is wrong, set x-actiongen-retry-safe to false with an overlay.",
  "inferred-sensitive": "If that is wrong, set x-actiongen-sensitive to false with an overlay.",
  "paging-unclear": "If the action is paged, add x-actiongen-paging with an overlay.",
  "retry-unclear": "If the action only reads, set x-actiongen-retry-safe to true with an overlay.",
};

/** A title that begins with what the action changes. */
const writes =
  /^(?:创建|新建|新增|添加|增加|修改|更改|变更|更新|删除|移除|设置|重置|绑定|解绑|发送|提交|购买|申请|启动|停止|(?:create|add|modify|change|update|delete|remove|set|reset|bind|unbind|send|submit|buy|start|stop)s?(?![a-z]))/i;

/** A name that says that the action only reads is in doubt if the title of the page says that it writes. */
function inferRetrySafe(operation: Operation, note: Note): void {
  const { operationId: action, summary = "" } = operation;
  if (!isReadOnly(action)) return;
  const isSafe = !writes.test(summary);
  Object.assign(operation, { "x-actiongen-retry-safe": isSafe });
  if (isSafe)
    note("inferred-retry-safe", undefined, `${action} only reads, by its name, so it is retry-safe`);
  else {
    const title = JSON.stringify(summary);
    const message = `${action} only reads, by its name, but its title is ${title}, so it is not retry-safe`;
    note("retry-unclear", undefined, message);
  }
}

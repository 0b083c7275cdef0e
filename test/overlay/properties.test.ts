import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { Diagnostics } from "../../scripts/diagnostic.js";
import { checkAction } from "../../scripts/openapi/checks.js";
import { checkOpenApi, checkSchemas } from "../../scripts/openapi/schema-checks.js";
import type { Overlay } from "../../scripts/overlay/overlay.js";
import { compileQuery } from "../../scripts/overlay/query.js";
import { applied, overlayOf } from "../support/overlays.js";
import { documentPath } from "../support/spec-folder.js";

const json = fc.dictionary(fc.oneof(fc.constantFrom("a", "b", "__proto__"), fc.string()), fc.jsonValue());
const targets = fc.constantFrom("$", "$.a", "$.b", "$.*", "$..*", "$..a", "$.*[0]", "$[?@.a]", "$..[1:]");
const action = fc
  .record({ target: targets, update: fc.jsonValue(), remove: fc.boolean() })
  .filter(({ target, remove }) => target !== "$" || !remove);

/** Creates an overlay without a file. */
function overlay(actions: readonly { target: string; update: unknown; remove: boolean }[]): Overlay {
  const lineOf = () => 1;
  const made = actions.map(({ target, update, remove }, index) => {
    const query = compileQuery(target);
    return { file: "o.yaml", number: index + 1, target, query, isRemoval: remove, update, lineOf };
  });
  return { file: "o.yaml", extends: "", actions: made, lineOf };
}

/** Deeply freezes a value, so that any change throws. */
function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

test("applying overlays changes no input and is deterministic", () => {
  fc.assert(
    fc.property(json, fc.array(action, { maxLength: 5 }), (document, actions) => {
      const overlays = [overlay(frozen(actions))];
      const first = applied(overlays, frozen(document));
      expect(JSON.stringify(applied(overlays, document))).toBe(JSON.stringify(first));
    }),
  );
});

test("no object of the result is shared with the input or appears twice", () => {
  fc.assert(
    fc.property(json, fc.array(action, { maxLength: 5 }), (document, actions) => {
      const shared = new Set<unknown>();
      const visit = (value: unknown, found: (item: object) => void): void => {
        if (typeof value !== "object" || value === null) return;
        found(value);
        for (const item of Object.values(value)) visit(item, found);
      };
      visit([document, actions], (item) => shared.add(item));
      visit(applied([overlay(actions)], document).result, (item) => {
        expect(shared.has(item)).toBe(false);
        shared.add(item);
      });
    }),
  );
});

test("an empty update changes nothing", () => {
  fc.assert(
    fc.property(json, (document) => {
      const { result } = applied([overlay([{ target: "$", update: {}, remove: false }])], document);
      expect(JSON.stringify(result)).toBe(JSON.stringify(document));
    }),
  );
});

test("removing what was added restores the document", () => {
  fc.assert(
    fc.property(json, fc.jsonValue(), (document, value) => {
      const actions = [
        { target: "$", update: { "x-added": value }, remove: false },
        { target: "$['x-added']", update: undefined, remove: true },
      ];
      const { result, report } = applied([overlay(actions)], document);
      expect(report).toBe("");
      expect(JSON.stringify(result)).toBe(JSON.stringify(document));
    }),
  );
});

test("a document with facts that pages lack is valid", async () => {
  const document = parse(await readFile(join("test/data/spec", documentPath), "utf8"));
  const facts = await overlayOf(
    {
      target: "$.paths['/'][?@.operationId == 'DescribeUMemBackupURL']",
      update: { "x-actiongen-retry-safe": false },
    },
    { target: "$.paths['/'].get.parameters[?@.name == 'BlockId']", remove: true },
    {
      target: "$.paths['/'].get.parameters[?@.name == 'BackupId']",
      update: { "x-actiongen-sensitive": true },
    },
    {
      target: "$.components.schemas.DescribeUMemBackupURLResponse.properties.BackupURL",
      update: { items: { format: "uri" } },
    },
  );
  const { result, matched, report } = applied([facts], document);
  expect([report, matched]).toEqual(["", [1, 2, 3, 4]]);
  const diagnostics = new Diagnostics();
  for (const check of [checkOpenApi, checkSchemas, checkAction]) {
    check(result, (code, _, message, help) => diagnostics.add({ code, file: "", line: 0, message, help }));
  }
  diagnostics.throwIfAny();
  expect(result).toMatchObject({
    paths: { "/": { get: { "x-actiongen-retry-safe": false } } },
    components: {
      schemas: {
        DescribeUMemBackupURLResponse: {
          properties: { BackupURL: { items: { type: "string", format: "uri" } } },
        },
      },
    },
  });
});

import { describe, expect, test, vi } from "vitest";
import { RetCodeError } from "../../templates/runtime/errors.js";
import { createLogger, type LogLevel } from "../../templates/runtime/log.js";
import type { AnyOperation } from "../../templates/runtime/operation.js";
import { redactionOf } from "../../templates/runtime/secrets.js";

const operation: AnyOperation = {
  action: "CreateThing",
  retrySafe: false,
  parameters: {},
  models: {},
  secrets: ["Password", "KeyId"],
  retCodes: {},
};
const error = new RetCodeError(9, "", undefined, { action: "CreateThing", attempts: 2 });

/** Messages and details, by level, of every step of a call. */
function logged(minLevel?: LogLevel, params: object = {}) {
  const lines: [level: string, message: string, details: Record<string, unknown>][] = [];
  const to = (level: string) => (message: string, details: Record<string, unknown>) =>
    void lines.push([level, message, details]);
  const sink = { debug: to("debug"), info: to("info"), warn: to("warn"), error: to("error") };
  const logger = createLogger(sink, minLevel);
  logger.attempt(operation, "POST", params, 2, redactionOf());
  logger.response(operation, "id-1", params, redactionOf());
  logger.retry(error, 12.6);
  logger.failure(error);
  logger.failure(new RangeError("of a middleware"));
  return lines;
}

test("each step is one message with its details", () => {
  expect(logged("debug", { Size: 5 })).toEqual([
    ["debug", "CreateThing: attempt 2", { method: "POST", parameters: { Size: 5 } }],
    ["debug", "CreateThing: response", { requestId: "id-1", body: { Size: 5 } }],
    ["warn", "CreateThing: RetCode 9. Retrying in 13 ms.", error.toJSON()],
    ["error", "CreateThing: RetCode 9.", error.toJSON()],
    ["error", "of a middleware", { name: "RangeError" }],
  ]);
});

test.each<[level: LogLevel | undefined, heard: string[]]>([
  ["debug", ["debug", "debug", "warn", "error", "error"]],
  ["info", ["warn", "error", "error"]],
  ["warn", ["warn", "error", "error"]],
  [undefined, ["warn", "error", "error"]],
  ["error", ["error", "error"]],
  ["off", []],
])("from the level %s on, the levels %j are heard", (level, heard) => {
  expect(logged(level).map(([one]) => one)).toEqual(heard);
});

test("a logger that lacks a level or throws is no problem", () => {
  const fails = vi.fn(() => {
    throw new Error("disk full");
  });
  const logger = createLogger({ error: fails }, "debug");
  logger.retry(error, 1);
  logger.failure(error);
  expect(fails).toHaveBeenCalledOnce();
});

describe("details", () => {
  const shown = (params: object) => (logged("debug", params)[0] as never)[2] as { parameters: unknown };
  const hidden = "<hidden>";

  test.each<[what: string, params: object, want: object]>([
    ["keep numbers, booleans and null", { A: 5, B: false, C: null }, { A: 5, B: false, C: null }],
    ["hide strings", { Name: "a", Remark: "" }, { Name: hidden, Remark: hidden }],
    [
      "keep strings that identify something",
      {
        BackupId: "a",
        Ids: ["b"],
        Region: "c",
        Zone: "d",
        Action: "e",
        State: "f",
        Status: "g",
        Type: "h",
        Code: "i",
      },
      {
        BackupId: "a",
        Ids: ["b"],
        Region: "c",
        Zone: "d",
        Action: "e",
        State: "f",
        Status: "g",
        Type: "h",
        Code: "i",
      },
    ],
    [
      "hide strings whose names only contain such a word",
      { Identity: "a", Zones: "b" },
      { Identity: hidden, Zones: hidden },
    ],
    ["hide all secrets, also numbers", { Password: 5, KeyId: "a" }, { Password: hidden, KeyId: hidden }],
    [
      "hide secrets inside, and whole objects",
      { A: [{ KeyId: "a", Id: "b" }], Password: { Id: "c" } },
      { A: [{ KeyId: hidden, Id: "b" }], Password: hidden },
    ],
    [
      "hide secrets with flat names",
      { "Disks.0.KeyId": "a", "Disks.0.Id": "b" },
      { "Disks.0.KeyId": hidden, "Disks.0.Id": "b" },
    ],
    ["hide bytes", { Id: new Uint8Array(2) }, { Id: hidden }],
  ])("%s", (_, params, want) => {
    expect(shown(params).parameters).toEqual(want);
  });
});

import { inspect } from "node:util";
import {
  type AnyOperation,
  connect as connectTo,
  type Fields,
  type Logger,
  type LogLevel,
} from "@dezai/core";
import { type ConnectionOptions, createClient, createLogger } from "@dezai/umem";
import { describe, expect, test } from "vitest";
import { params } from "../support/failure.js";
import { type Fault, faultServer, gatewayResponse, refusingUrl, success } from "../support/fault-server.js";

/** Every value contains a mark by which a leak is found. */
const credentials = {
  publicKey: "leak-of-public-key",
  privateKey: "leak-of-private-key",
  securityToken: "leak-of-token/+= &é",
};
const link = "https://backup.example.com/shard-0.rdb?token=leak-of-link";

const secret = new RegExp(
  [
    "leak-of",
    "leak%2Dof",
    "Signature=",
    "SecurityToken=",
    "PublicKey=",
    "\\?Action=",
    "\\b[0-9a-f]{40}\\b",
  ].join("|"),
  "i",
);

/** Records everything that a client logs, in every representation. */
function recordingLogger() {
  const lines: string[] = [];
  const keep = (level: string) => (message: string, details: unknown) => {
    lines.push([level, message, JSON.stringify(details), shown(details)].join(" "));
  };
  const logger: Logger = {
    debug: keep("debug"),
    info: keep("info"),
    warn: keep("warn"),
    error: keep("error"),
  };
  return { lines, logger };
}

function shown(value: unknown): string {
  const error = value as { stack?: unknown; message?: unknown } | null | undefined;
  return [
    inspect(value, { depth: 10, showHidden: true }),
    JSON.stringify(value),
    error?.stack,
    error?.message,
  ].join("\n");
}

const faults: readonly (readonly [what: string, fault: Fault])[] = [
  ["success with a link", gatewayResponse({ RetCode: 0, BackupURL: [link], Password: "leak-of-password" })],
  ["a throttle", gatewayResponse({ RetCode: 153, Message: "slow down" })],
  [
    "rejected credentials",
    gatewayResponse({ RetCode: 172, Message: `no user has ${credentials.publicKey}` }),
  ],
  ["a quoted key in an HTTP error", gatewayResponse({ RetCode: 171, Message: credentials.publicKey }, 500)],
  [
    "a quoted token",
    gatewayResponse({ RetCode: 174, Message: encodeURIComponent(credentials.securityToken) }),
  ],
  [
    "HTML with status 502",
    { kind: "response", status: 502, body: `<a href="/?PublicKey=${credentials.publicKey}">` },
  ],
  ["JSON cut in half", { kind: "response", body: `{"BackupURL":["${link}` }],
  ["a redirect", { kind: "response", status: 302, headers: { Location: link }, body: link }],
  ["a reset", { kind: "reset read" }],
  ["a body that is cut off", { kind: "cut body", body: `{"BackupURL":["${link}` }],
  ["headers that do not arrive", { kind: "stalled headers" }],
];

async function outcomeOf(options: ConnectionOptions): Promise<unknown> {
  const client = createClient({ credentials, retryDelay: () => 1, timeout: 300, maxRetries: 2, ...options });
  const outcome = await client.describeUMemBackupURL(params).result();
  expect(shown(client)).not.toMatch(secret);
  return outcome.ok ? undefined : outcome.error;
}

describe.each(["GET", "POST"] as const)("a logger of every level receives no secret, by %s", (method) => {
  test.each(faults)("%s", async (_, fault) => {
    const { baseUrl } = await faultServer(fault);
    const { lines, logger } = recordingLogger();
    const error = await outcomeOf({ baseUrl, method, logger: createLogger(logger, "debug") });
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join("\n")).not.toMatch(secret);
    expect(shown(error)).not.toMatch(secret);
  });

  test("a refused connection", async () => {
    const { lines, logger } = recordingLogger();
    const error = await outcomeOf({
      baseUrl: await refusingUrl(),
      method,
      logger: createLogger(logger, "debug"),
    });
    expect(lines.join("\n")).not.toMatch(secret);
    expect(shown(error)).not.toMatch(secret);
  });

  test("a fetch that quotes the request in its error", async () => {
    const { lines, logger } = recordingLogger();
    const error = await outcomeOf({
      method,
      logger: createLogger(logger, "debug"),
      fetch: async (url, { body = "" }) => {
        throw Object.assign(new TypeError(`failed: ${url} ${body}`, { cause: new Error(`at <${url}>`) }), {
          url,
          body,
        });
      },
    });
    expect(lines.join("\n")).not.toMatch(secret);
    expect(shown(error)).not.toMatch(secret);
  });
});

describe("a logger", () => {
  const levels: readonly (readonly [level: LogLevel | undefined, heard: string[]])[] = [
    ["debug", ["debug", "warn", "debug", "debug"]],
    ["info", ["warn"]],
    ["warn", ["warn"]],
    [undefined, ["warn"]],
    ["error", []],
    ["off", []],
  ];
  test.each(levels)("receives a retried call, from %s on", async (logLevel, heard) => {
    const { baseUrl } = await faultServer(gatewayResponse({ RetCode: 153, Message: "" }), success);
    const { lines, logger } = recordingLogger();
    await outcomeOf({ baseUrl, logger: createLogger(logger, logLevel), timeout: 10_000 });
    expect(lines.map((line) => line.split(" ", 1)[0])).toEqual(heard);
  });

  test("receives the error of a failed call once", async () => {
    const { baseUrl } = await faultServer(gatewayResponse({ RetCode: 299, Message: "no" }));
    const { lines, logger } = recordingLogger();
    await outcomeOf({ baseUrl, logger: createLogger(logger) });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^error DescribeUMemBackupURL: RetCode 299 \(AccessDenied\).*"requestId":"id-of-the-request"/,
    );
  });

  test("receives action, attempt and identifiers, but no free text", async () => {
    const { baseUrl } = await faultServer(success);
    const { lines, logger } = recordingLogger();
    await outcomeOf({ baseUrl, logger: createLogger(logger, "debug") });
    expect(lines[0]).toMatch(/DescribeUMemBackupURL: attempt 1 .*"BackupId":"backup"/);
    expect(lines[1]).toMatch(/DescribeUMemBackupURL: response .*"requestId":"id-of-the-request"/);
  });

  test("does not fail a call if it throws or lacks a level", async () => {
    const { baseUrl } = await faultServer(success);
    const debug = () => {
      throw new Error("disk full");
    };
    expect(await outcomeOf({ baseUrl, logger: createLogger({ debug }, "debug") })).toBeUndefined();
    expect(await outcomeOf({ baseUrl, logger: createLogger({}, "debug") })).toBeUndefined();
  });
});

describe("sensitive parameters", () => {
  const disk: Fields = { Size: "integer", Password: "string", KeyId: "string" };
  const operation: AnyOperation = {
    action: "CreateDisks",
    retrySafe: false,
    parameters: { Password: "string", Disks: "#Disk[]", Script: "base64", KeyId: "string" },
    models: { Disk: disk },
    secrets: ["Password", "KeyId", "Script"],
    retCodes: {},
  };
  const settings = {
    baseUrl: "https://api.dezai.com/",
    environmentPrefix: "NONE",
    requestIdHeader: "X-Id",
    userAgent: "test",
    locations: {},
  };

  test.each<[what: string, given: object]>([
    ["at the top level", { Password: "leak-of-password", KeyId: "leak-of-key" }],
    [
      "in an object of an array",
      { Disks: [{ Password: "leak-of-password", KeyId: "leak-of-key", Size: 1 }] },
    ],
    [
      "under a name that is flat already",
      { "Disks.0.Password": "leak-of-password", "Disks.0.KeyId": "leak-of-key" },
    ],
    ["as a string to be encoded", { Script: "leak-of-script" }],
    ["as bytes", { Script: new TextEncoder().encode("leak-of-script") }],
  ])("%s do not appear in logs and errors, even if a gateway quotes them", async (_, given) => {
    const { lines, logger } = recordingLogger();
    const shownErrors: string[] = [];
    for (const quote of [
      (url: string) => Promise.reject(new Error(`no: ${decodeURIComponent(url)} ${url}`)),
      async (url: string) => Response.json({ RetCode: 1, Message: decodeURIComponent(url) }),
      async (url: string) =>
        Response.json({ RetCode: 1, Message: [...new URL(url).searchParams.values()].map(plain).join() }),
    ]) {
      const connection = connectTo(
        { credentials, fetch: quote, logger: createLogger(logger, "debug"), maxRetries: 0 },
        settings,
      );
      const outcome = await connection.call(operation, given).result();
      shownErrors.push(shown(outcome.error));
    }
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.join("\n")).not.toMatch(/leak-of|bGVhay1vZi/);
    expect(shownErrors.join("\n")).not.toMatch(/leak-of|bGVhay1vZi/);
  });

  const plain = (text: string) => (text.startsWith("bGVhay1vZi") ? atob(text) : text);
});

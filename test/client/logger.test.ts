import { createClient, createLogger, type Logger } from "@dezai/umem";
import { expect, test } from "vitest";
import { json, params } from "../support/failure.js";
import { keys } from "../support/signed.js";

/** A logger that records its lines as strings. */
function recorder() {
  const lines: string[] = [];
  const keep = (level: string) => (message: string, details: unknown) =>
    lines.push(`${level} ${message} ${JSON.stringify(details)}`);
  const logger: Logger = { debug: keep("debug"), warn: keep("warn"), error: keep("error") };
  return { lines, logger };
}

test("a logger receives attempts, responses, retries and failures, without strings that may be secret", async () => {
  const { lines, logger } = recorder();
  const responses = [
    json({ RetCode: 153, Message: "slow" }),
    json({ RetCode: 0, BackupURL: ["https://secret.example/"] }),
    json({ RetCode: 299 }),
  ];
  const client = createClient({
    credentials: keys,
    fetch: async () => responses.shift() as Response,
    retryDelay: () => 1,
    logger: createLogger(logger, "debug"),
  });
  await client.describeUMemBackupURL(params);
  await client.describeUMemBackupURL(params).catch(() => {});
  expect(lines.map((line) => line.split(" {")[0])).toEqual([
    "debug DescribeUMemBackupURL: attempt 1",
    'warn DescribeUMemBackupURL: RetCode 153 (RequestThrottled): "slow". Too many requests. Call less often. Retrying in 1 ms.',
    "debug DescribeUMemBackupURL: attempt 2",
    "debug DescribeUMemBackupURL: response",
    "debug DescribeUMemBackupURL: attempt 1",
    expect.stringMatching(/^error DescribeUMemBackupURL: RetCode 299/),
  ]);
  expect(lines[0]).toContain('"Region":"cn-zj"');
  expect(lines[3]).toContain('"BackupURL":"<hidden>"');
  expect(lines.join("\n")).not.toMatch(new RegExp(`secret|${keys.publicKey}|${keys.privateKey}`));
});

test("a logger receives messages of its level or above, and its own failures do not fail a call", async () => {
  const { lines, logger } = recorder();
  const error = () => {
    throw new Error("disk full");
  };
  const client = createClient({
    credentials: keys,
    fetch: async () => json({ RetCode: 299 }),
    logger: createLogger({ ...logger, error }, "error"),
  });
  await expect(client.describeUMemBackupURL(params)).rejects.toMatchObject({ retCode: 299 });
  expect(lines).toEqual([]);
});

test("a logger that createLogger did not create is rejected", () => {
  expect(() => createClient({ credentials: keys, logger: console as never })).toThrow(
    /logger must be created by createLogger/,
  );
});

import { createClient, createLogger, type Logger } from "@dezai/umem";
import { expect, test } from "vitest";
import { json, params } from "../support/failure.js";
import { keys } from "../support/signed.js";

/** A logger that keeps its lines as text. */
function recorder() {
  const lines: string[] = [];
  const keep = (level: string) => (message: string, details: unknown) =>
    lines.push(`${level} ${message} ${JSON.stringify(details)}`);
  const logger: Logger = { debug: keep("debug"), warn: keep("warn"), error: keep("error") };
  return { lines, logger };
}

test("a logger is told of attempts, answers, retries and failures, and of no text that may be a secret", async () => {
  const { lines, logger } = recorder();
  const answers = [
    json({ RetCode: 153, Message: "slow" }),
    json({ RetCode: 0, BackupURL: ["https://secret.example/"] }),
    json({ RetCode: 299 }),
  ];
  const client = createClient({
    credentials: keys,
    fetch: async () => answers.shift() as Response,
    retryDelay: () => 1,
    logger: createLogger(logger, "debug"),
  });
  await client.describeUMemBackupURL(params);
  await client.describeUMemBackupURL(params).catch(() => {});
  expect(lines.map((line) => line.split(" {")[0])).toEqual([
    "debug DescribeUMemBackupURL: attempt 1",
    'warn DescribeUMemBackupURL: RetCode 153 (RequestThrottled): "slow". Too many requests. Call less often. Trying again in 1 ms.',
    "debug DescribeUMemBackupURL: attempt 2",
    "debug DescribeUMemBackupURL: answered",
    "debug DescribeUMemBackupURL: attempt 1",
    expect.stringMatching(/^error DescribeUMemBackupURL: RetCode 299/),
  ]);
  expect(lines[0]).toContain('"Region":"cn-zj"');
  expect(lines[3]).toContain('"BackupURL":"<hidden>"');
  expect(lines.join("\n")).not.toMatch(new RegExp(`secret|${keys.publicKey}|${keys.privateKey}`));
});

test("a logger is told what is at least of its level, and its own failures fail no call", async () => {
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

test("what is no logger of createLogger is refused", () => {
  expect(() => createClient({ credentials: keys, logger: console as never })).toThrow(
    /logger must come from createLogger/,
  );
});

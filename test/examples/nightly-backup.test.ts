import { execFile } from "node:child_process";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  createUMemBackupOperation,
  type DescribeUMemBackupItem,
  describeUMemBackupOperation,
  describeUMemBackupURLOperation,
  describeUMemSpaceOperation,
} from "@dezai/umem";
import { createFakeGateway, fail, testCredentials } from "@dezai/umem/testing";
import { describeUMemBackupExample } from "@dezai/umem/testing/DescribeUMemBackup";
import { describeUMemSpaceExample } from "@dezai/umem/testing/DescribeUMemSpace";
import { expect, test } from "vitest";
import { randomFile, visibleFiles } from "../support/downloads.js";
import { fileServer } from "../support/file-server.js";
import { temporaryFolder } from "../support/spec-folder.js";

const shards = [randomFile(50_000), randomFile(70_000)];
const day = (ago: number) =>
  `nightly-${new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10).replaceAll("-", "")}`;

/** A gateway and a file server on one origin, with two spaces whose new backups are complete at the second request. */
async function api() {
  const gateway = createFakeGateway();
  const backups: DescribeUMemBackupItem[] = [];
  const server = await fileServer(async ({ path, request, response, serve }) => {
    if (path !== "/") return serve(shards[Number(path.at(-5))] as Buffer);
    const init = {
      method: "GET",
      headers: {},
      redirect: "manual",
      signal: new AbortController().signal,
    } as const;
    const reply = (await gateway.fetch(`${server.origin}${request.url}`, init)) as Response;
    response.writeHead(reply.status, Object.fromEntries(reply.headers)).end(await reply.text());
  });
  const [space] = describeUMemSpaceExample.response.DataSet ?? [];
  const [example] = describeUMemBackupExample.response.DataSet ?? [];
  const spaces = ["space-a", "space-b"].map(
    (SpaceId) => ({ ...space, SpaceId }) as NonNullable<typeof space>,
  );
  gateway
    .on(describeUMemSpaceOperation, { DataSet: spaces, TotalCount: spaces.length })
    .on(describeUMemBackupOperation, ({ SpaceId }) => {
      const own = backups.filter(({ BackupId }) => BackupId.startsWith(SpaceId));
      const DataSet = own.map((backup) => ({ ...backup }));
      for (const backup of own) backup.State = "Done";
      return { DataSet, TotalCount: DataSet.length };
    })
    .on(createUMemBackupOperation, ({ SpaceId, BackupName }) => {
      const BackupId = `${SpaceId}-${backups.length}`;
      backups.push({ ...(example as DescribeUMemBackupItem), BackupId, BackupName, State: "Starting" });
      return { BackupId };
    })
    .on(describeUMemBackupURLOperation, ({ BackupId }) => ({
      BackupURL: shards.map(
        (_, index) => `${server.origin}/${BackupId}/shard-${index}.rdb?Signature=secret-link`,
      ),
    }));
  const directory = await temporaryFolder();
  const run = (environment: Record<string, string | undefined> = {}) =>
    runProgram({
      DEZAI_BASE_URL: `${server.origin}/`,
      DEZAI_PUBLIC_KEY: testCredentials.publicKey,
      DEZAI_PRIVATE_KEY: testCredentials.privateKey,
      DEZAI_REGION: "cn-zj",
      DEZAI_ZONE: "cn-zj-01",
      BACKUP_DIRECTORY: directory,
      ...environment,
    });
  return { gateway, server, directory, run };
}

/** Runs the example as a consumer does. */
function runProgram(environment: Record<string, string | undefined>) {
  const program = "examples/nightly-backup/nightly-backup.ts";
  const args = ["--import", "tsx", "--conditions=@actiongen/source", program];
  const env = { PATH: process.env.PATH, ...environment };
  return new Promise<{ code: unknown; output: string; errors: string }>((resolve) => {
    execFile(process.execPath, args, { env }, (error, output, errors) =>
      resolve({ code: error === null ? 0 : error.code, output, errors }),
    );
  });
}

test("backs up every space, continues on a second run, and removes what is too old", async () => {
  const { gateway, server, directory, run } = await api();
  const kept = [day(3), "by-hand", "nightly-notes"];
  for (const name of [...kept, day(5), "nightly-20200101"])
    await mkdir(join(directory, "space-a", name, "sub"), { recursive: true });

  const first = await run({ KEEP_DAYS: "4" });
  expect(first).toEqual({
    code: 0,
    output: ["space-a", "space-b"]
      .map((space) => `${space}: ${day(0)} has 2 files, 0 of them from an earlier run\n`)
      .join(""),
    errors: "",
  });
  expect(await visibleFiles(join(directory, "space-a"))).toEqual([...kept, day(0)].sort());
  for (const space of ["space-a", "space-b"]) {
    const files = shards.map((_, index) => readFile(join(directory, space, day(0), `shard-${index}.rdb`)));
    expect(Buffer.concat(await Promise.all(files)).equals(Buffer.concat(shards))).toBe(true);
  }

  server.visits.length = 0;
  const second = await run({ KEEP_DAYS: "4" });
  expect([second.code, second.errors]).toEqual([0, ""]);
  expect(second.output).toContain("2 files, 2 of them from an earlier run");
  expect(gateway.callsOf(createUMemBackupOperation)).toHaveLength(2);
  expect(server.visits.filter(({ path }) => path !== "/").map(({ range }) => range)).toEqual(
    Array.from({ length: 4 }, () => "bytes=0-0"),
  );
  gateway.verify();
});

test("reports a space that cannot be backed up, keeps its old backups, and continues with the others", async () => {
  const { gateway, directory, run } = await api();
  await mkdir(join(directory, "space-a", "nightly-20200101"), { recursive: true });
  gateway.on(createUMemBackupOperation, fail(20208, "Too many backups"), ({ BackupName }) => {
    gateway.on(describeUMemBackupOperation, {
      DataSet: [
        {
          ...(describeUMemBackupExample.response.DataSet?.[0] as DescribeUMemBackupItem),
          BackupName,
          BackupId: "b",
          State: "Done",
        },
      ],
      TotalCount: 1,
    });
    return { BackupId: "b" };
  });
  const { code, output, errors } = await run();
  expect(code).toBe(1);
  expect(errors).toMatch(/^space-a: RetCodeError: CreateUMemBackup: .*20208/);
  expect(errors).not.toContain(testCredentials.privateKey);
  expect(output).toContain("space-b: ");
  expect(await readdir(join(directory, "space-a"))).toEqual(["nightly-20200101"]);
});

test.each([
  ["BACKUP_DIRECTORY", undefined, "Set the environment variable BACKUP_DIRECTORY."],
  ["DEZAI_ZONE", undefined, "Set the environment variable DEZAI_ZONE."],
  ["DEZAI_PRIVATE_KEY", undefined, "DEZAI_PRIVATE_KEY"],
  ["KEEP_DAYS", "0", "KEEP_DAYS must be a number of at least 1."],
])("reports %s=%s", async (name, value, problem) => {
  const { gateway, run } = await api();
  const { code, errors } = await run({ [name]: value });
  expect(code).toBe(1);
  expect(errors).toContain(problem);
  expect(gateway.calls).toHaveLength(0);
});

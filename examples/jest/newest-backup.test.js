const { createClient, describeUMemBackupOperation, describeUMemBackupURLOperation } = require("@dezai/umem");
const { createFakeGateway, fail, throttled } = require("@dezai/umem/testing");
const { describeUMemBackupExample } = require("@dezai/umem/testing/DescribeUMemBackup");
const { newestBackup } = require("./newest-backup.js");

let gateway;
const client = () => createClient({ ...gateway.clientOptions, region: "cn-zj", zone: "cn-zj-01" });

beforeEach(() => {
  gateway = createFakeGateway();
});

// Fails a test whose code calls an action that has no response.
afterEach(() => gateway.verify());

test("returns the links of the newest complete backup", async () => {
  const links = { BackupURL: ["https://backup.example.com/shard-0.rdb"] };
  gateway.onExample(describeUMemBackupExample).on(describeUMemBackupURLOperation, links);
  expect(await newestBackup(client(), "umem-1")).toEqual(links.BackupURL);
  const [call] = gateway.callsOf(describeUMemBackupURLOperation);
  expect(call.params).toMatchObject({ SpaceId: "umem-1", BackupId: "HnsnJnXX" });
});

test("succeeds although the gateway throttles the first request", async () => {
  gateway.on(describeUMemBackupOperation, throttled(), { DataSet: [], TotalCount: 0 });
  expect(await newestBackup(client(), "umem-1")).toEqual([]);
  expect(gateway.calls.map(({ attempt }) => attempt)).toEqual([1, 2]);
});

test("fails if a policy forbids the call", async () => {
  gateway.on(describeUMemBackupOperation, fail(299, "Access denied"));
  await expect(newestBackup(client(), "umem-1")).rejects.toMatchObject({
    name: "RetCodeError",
    codeName: "AccessDenied",
  });
});

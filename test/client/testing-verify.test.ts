import { createClient, describeUMemBackupURLOperation, describeUMemSpaceOperation } from "@dezai/umem";
import { createFakeGateway, fail } from "@dezai/umem/testing";
import { describe, expect, test } from "vitest";
import { params } from "../support/failure.js";

const links = { BackupURL: ["https://backup.example.com/0"] };

describe("verify()", () => {
  test("lists the responses that were never used", async () => {
    const gateway = createFakeGateway()
      .on(describeUMemBackupURLOperation, fail(230), links, links)
      .on(describeUMemSpaceOperation, { DataSet: [] });
    const client = createClient(gateway.clientOptions);
    await client.describeUMemBackupURL(params).result();
    expect(() => gateway.verify()).toThrow(
      /^Responses 2 to 3 of 3 to DescribeUMemBackupURL were not used after 1 calls\..*\nResponse 1 of 1 to DescribeUMemSpace was not used after 0 calls\./,
    );
    for (let calls = 0; calls < 3; calls += 1) await client.describeUMemBackupURL(params);
    await client.describeUMemSpace({ Region: "r" });
    gateway.verify();
  });

  test("ignores responses that others have replaced", () => {
    const gateway = createFakeGateway().on(describeUMemBackupURLOperation, fail(230));
    expect(() => gateway.on(describeUMemBackupURLOperation, links).verify()).toThrow(/^Response 1 of 1 .*$/);
  });
});

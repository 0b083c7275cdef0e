import { createClient } from "@dezai/umem";
import { describe, expect, test } from "vitest";
import { params } from "../support/failure.js";
import { keys } from "../support/signed.js";

describe("an HTTP status", () => {
  const call = async (status: number) => {
    const response = { status, headers: new Headers(), text: async () => '{"RetCode":0}' } as Response;
    const client = createClient({ credentials: keys, fetch: async () => response, maxRetries: 0 });
    return await client.describeUMemBackupURL(params).result();
  };

  test.each([100, 199, 600, 999])("%d is invalid", async (status) => {
    const { error } = await call(status);
    expect(error).toMatchObject({ name: "HttpError", status });
    expect(error?.message).toBe(`DescribeUMemBackupURL: HTTP ${status} with an invalid status.`);
  });

  test("200 is valid, and 599 an error of the gateway", async () => {
    expect(await call(200)).toMatchObject({ ok: true });
    expect((await call(599)).error?.message).toBe("DescribeUMemBackupURL: HTTP 599 with RetCode 0.");
  });
});

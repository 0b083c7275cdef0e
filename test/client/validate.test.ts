import { createClient, InvalidResponseError } from "@dezai/umem";
import { validateDescribeUMemBackup } from "@dezai/umem/actions/DescribeUMemBackup";
import { validateDescribeUMemBackupURL } from "@dezai/umem/actions/DescribeUMemBackupURL";
import { validate, validateWith } from "@dezai/umem/validate";
import { validateOnly } from "@dezai/umem/validate-only";
import { describe, expect, test } from "vitest";
import { readRecordings } from "../../scripts/contract/recording.js";
import { json, params } from "../support/failure.js";
import { product } from "../support/seed-action.js";
import { keys } from "../support/signed.js";

const links = (...BackupURL: unknown[]) => ({
  RetCode: 0,
  Action: "DescribeUMemBackupURLResponse",
  BackupURL,
});
const responding = (body: object) => ({ credentials: keys, maxRetries: 0, fetch: async () => json(body) });

test("every recorded success and every documented example is valid", async () => {
  const recorded = (await readRecordings("test/recordings")).map(
    ({ parameters, body }) => [parameters.get("Action") ?? "", JSON.parse(body)] as const,
  );
  const documented = product.actions.flatMap(({ name, examples }) =>
    examples.map(({ response }) => [name, response as { RetCode: number }] as const),
  );
  const successes = [...recorded, ...documented].filter(([, body]) => body.RetCode === 0);
  expect(successes.length).toBeGreaterThan(10);
  const strict = validateWith({ unknownFields: true, unlistedValues: true });
  for (const [action, body] of successes) expect([action, strict(action, body)]).toEqual([action, []]);
});

describe("a client with `validate`", () => {
  test("throws the violations of a response, by path, and does not retry", async () => {
    let calls = 0;
    const fetch = async () => {
      calls += 1;
      return json(links("https://a.example/0", 7, "no link"));
    };
    const error = await createClient({ credentials: keys, fetch, validate })
      .describeUMemBackupURL(params)
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error.violations).toEqual([
      { path: "BackupURL[1]", problem: "must be of type string, and is of type integer" },
      { path: "BackupURL[2]", problem: "must be a URI" },
    ]);
    expect(error.message).toContain("BackupURL[2] must be a URI");
    expect(error.message).not.toContain("no link");
    expect(calls).toBe(1);
  });

  test("reports the violations to a hook instead, if there is one", async () => {
    const reports: unknown[] = [];
    const client = createClient({
      ...responding({ RetCode: "0", Action: "DescribeUMemBackupURLResponse" }),
      validate,
      onContractViolation: (report) => reports.push(report),
    });
    expect(await client.describeUMemBackupURL(params)).toEqual({
      RetCode: 0,
      Action: "DescribeUMemBackupURLResponse",
    });
    expect(reports).toEqual([
      {
        action: "DescribeUMemBackupURL",
        requestId: undefined,
        violations: [{ path: "BackupURL", problem: "is required" }],
      },
    ]);
  });

  test("accepts new fields and values, and reports them if that is set", async () => {
    const backup = { BackupName: "n", CreateTime: 1, BackupId: "b", BlockCount: 1, State: "Done" };
    const body = {
      RetCode: 0,
      Action: "DescribeUMemBackupResponse",
      DataSet: [backup, backup].map((one) => ({ ...one, BackupType: "hourly", New: 1 })),
    };
    await createClient({ ...responding(body), validate }).describeUMemBackup(params);
    const strict = validateWith({ unknownFields: true, unlistedValues: true });
    const call = createClient({ ...responding(body), validate: strict }).describeUMemBackup(params);
    const paths = (await call.catch((error) => error)).violations.map(({ path }: { path: string }) => path);
    expect(paths).toEqual([
      "DataSet[0].BackupType",
      "DataSet[0].New",
      "DataSet[1].BackupType",
      "DataSet[1].New",
    ]);
  });
});

test("validators can be used alone, or some of them together", async () => {
  expect(validateDescribeUMemBackupURL(links())).toEqual([]);
  expect(validateDescribeUMemBackup({ RetCode: 0 })).toEqual([{ path: "Action", problem: "is required" }]);
  const some = validateOnly({ DescribeUMemBackupURL: validateDescribeUMemBackupURL }, { formats: false });
  expect(some("DescribeUMemBackupURL", links("no link", 1))).toHaveLength(1);
  expect(some("DescribeUMemBackup", { RetCode: 0 })).toEqual([]);
  expect(some("constructor", {})).toEqual([]);
});

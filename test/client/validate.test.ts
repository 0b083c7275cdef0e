import { createClient, InvalidResponseError } from "@dezai/umem";
import { validate, validateWith } from "@dezai/umem/validate";
import { validateDescribeUMemBackup } from "@dezai/umem/validate/DescribeUMemBackup";
import { validateDescribeUMemBackupURL } from "@dezai/umem/validate/DescribeUMemBackupURL";
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
const answering = (body: object) => ({ credentials: keys, maxRetries: 0, fetch: async () => json(body) });

test("every recorded success and every documented example is as the specification promises", async () => {
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
  test("throws what is wrong with an answer, by path, and does not try again", async () => {
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
      { path: "BackupURL[1]", problem: "has to be of type string, and is of type integer" },
      { path: "BackupURL[2]", problem: "has to be a URI" },
    ]);
    expect(error.message).toContain("BackupURL[2] has to be a URI");
    expect(error.message).not.toContain("no link");
    expect(calls).toBe(1);
  });

  test("only reports it where that is asked for", async () => {
    const reports: unknown[] = [];
    const client = createClient({
      ...answering({ RetCode: "0", Action: "DescribeUMemBackupURLResponse" }),
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

  test("lets new fields and values pass, and reports them where that is asked for", async () => {
    const backup = { BackupName: "n", CreateTime: 1, BackupId: "b", BlockCount: 1, State: "Done" };
    const body = {
      RetCode: 0,
      Action: "DescribeUMemBackupResponse",
      DataSet: [backup, backup].map((one) => ({ ...one, BackupType: "hourly", New: 1 })),
    };
    await createClient({ ...answering(body), validate }).describeUMemBackup(params);
    const strict = validateWith({ unknownFields: true, unlistedValues: true });
    const call = createClient({ ...answering(body), validate: strict }).describeUMemBackup(params);
    const places = (await call.catch((error) => error)).violations.map(({ path }: { path: string }) => path);
    expect(places).toEqual([
      "DataSet[0].BackupType",
      "DataSet[0].New",
      "DataSet[1].BackupType",
      "DataSet[1].New",
    ]);
  });
});

test("validators by themselves, alone or some of them together", async () => {
  expect(validateDescribeUMemBackupURL(links())).toEqual([]);
  expect(validateDescribeUMemBackup({ RetCode: 0 })).toEqual([{ path: "Action", problem: "is required" }]);
  const some = validateOnly({ DescribeUMemBackupURL: validateDescribeUMemBackupURL }, { formats: false });
  expect(some("DescribeUMemBackupURL", links("no link", 1))).toHaveLength(1);
  expect(some("DescribeUMemBackup", { RetCode: 0 })).toEqual([]);
  expect(some("constructor", {})).toEqual([]);
});

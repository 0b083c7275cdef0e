import ts from "typescript";
import { describe, expect, test } from "vitest";
import { connect, type Settings } from "../../templates/runtime/connection.js";
import type { RetCodeError } from "../../templates/runtime/errors.js";
import type { Operation } from "../../templates/runtime/operation.js";
import { config } from "../support/errors.js";
import { json } from "../support/failure.js";
import { generated } from "../support/generated.js";
import { once } from "../support/once.js";
import { keys } from "../support/signed.js";
import { specFolder } from "../support/spec-folder.js";

const docsUrl = "https://docs.example.com/api/";
const published = config("products:\n", `docs: { url: ${docsUrl} }\nproducts:\n`);

const operation: Operation<object, { RetCode: 0 }> = {
  action: "DescribeDisk",
  retrySafe: true,
  parameters: {},
  models: {},
  secrets: [],
  retCodes: {
    171: { name: "SignatureMismatch", meaning: "It differs.", remedy: "Check the key.", retry: "never" },
  },
};

/** Error of a call through the settings of a generated package. */
async function errorOf(retCode: number, settingsModule: string): Promise<RetCodeError> {
  const alone = settingsModule.replace(/^import .*retcodes.*$/m, "const retCodes = {};");
  const code = encodeURIComponent(ts.transpile(alone, { module: ts.ModuleKind.ESNext }));
  const { settings } = (await import(`data:text/javascript,${code}`)) as { settings: Settings };
  const headers = { [settings.requestIdHeader]: "id-1" };
  const fetch = async () => json({ RetCode: retCode, Message: "no" }, { headers });
  const result = await connect({ credentials: keys, fetch }, settings).call(operation, {}).result();
  return result.error as RetCodeError;
}

describe("a brand that publishes its reference", () => {
  const files = once(async () => generated(await specFolder(published)));
  const settings = async () => (await files()).get("packages/umem/src/settings.ts") ?? "";

  test("has the URL of the RetCode's section in the error, and at the end of its message", async () => {
    const error = await errorOf(171, await settings());
    expect(error.docsUrl).toBe(`${docsUrl}errors.html#171`);
    expect(error.message).toBe(
      `DescribeDisk: RetCode 171 (SignatureMismatch): "no". It differs. Check the key. Request id: id-1. See ${docsUrl}errors.html#171`,
    );
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      docsUrl: `${docsUrl}errors.html#171`,
    });
  });

  test("has none for a RetCode that the reference does not list", async () => {
    const error = await errorOf(999, await settings());
    expect(error.docsUrl).toBeUndefined();
    expect(error.message).toBe('DescribeDisk: RetCode 999: "no". Request id: id-1.');
  });

  test("has the link in the README of the package", async () => {
    expect((await files()).get("packages/umem/README.md")).toContain(`[reference](${docsUrl}errors.html)`);
  });
});

test("without a URL of the reference, an error and the README have no link", async () => {
  const files = await generated(await specFolder());
  const error = await errorOf(171, files.get("packages/umem/src/settings.ts") ?? "");
  expect(error.docsUrl).toBeUndefined();
  expect(error.message).toBe(
    'DescribeDisk: RetCode 171 (SignatureMismatch): "no". It differs. Check the key. Request id: id-1.',
  );
  expect(files.get("packages/umem/README.md")).not.toContain("docsUrl");
});

import { describe, test } from "vitest";
import { document, expectError } from "../support/errors.js";
import { documentPath, type Edit, specFolder } from "../support/spec-folder.js";

type Case = [what: string, edits: Edit[], at: string, message: string];

describe("reports with file, line, value and help", () => {
  test.each<Case>([
    [
      "an extension of the wrong type",
      [document("x-actiongen-retry-safe: true", 'x-actiongen-retry-safe: "false"')],
      'x-actiongen-retry-safe: "false"',
      'x-actiongen-retry-safe is "false" (It must be true or false.)',
    ],
    [
      "a misspelled extension",
      [document("x-actiongen-sensitive", "x-actiongen-secret")],
      "x-actiongen-secret: true",
      "x-actiongen-secret is not a known extension (Known extensions are x-actiongen-components, x-actiongen-download, x-actiongen-paging, x-actiongen-retcode-tables, x-actiongen-retcodes, x-actiongen-retry-safe, x-actiongen-sample, x-actiongen-sensitive, x-actiongen-source, x-actiongen-style, x-actiongen-wait.)",
    ],
    ...[
      ["{ function: delete, links: BackupURL }", '{"function":"delete","links":"BackupURL"}'],
      ["{ function: DownloadError, links: BackupURL }", '{"function":"DownloadError","links":"BackupURL"}'],
      [
        "{ function: profileCredentials, links: BackupURL }",
        '{"function":"profileCredentials","links":"BackupURL"}',
      ],
      ["{ function: download }", '{"function":"download"}'],
    ].map(
      ([value = "", seen]): Case => [
        `the download ${value}`,
        [
          document(
            "      x-actiongen-retcodes:",
            `      x-actiongen-download: ${value}\n      x-actiongen-retcodes:`,
          ),
        ],
        `x-actiongen-download: ${value}`,
        `x-actiongen-download is ${seen} (It must be function, an unused name that begins with a lower-case letter, and links, the name of a field.)`,
      ],
    ),
    ...[
      ["Links", "which does not exist"],
      ["RetCode", "which is of type const"],
    ].map(
      ([links, problem]): Case => [
        `a download of the field ${links}`,
        [
          document(
            "      x-actiongen-retcodes:",
            `      x-actiongen-download: { function: download, links: ${links} }\n      x-actiongen-retcodes:`,
          ),
        ],
        `x-actiongen-download: { function: download, links: ${links} }`,
        `links is "${links}", ${problem} (Correct the name, or the overlay that it comes from.)`,
      ],
    ),
    ...[
      ["{ Blocks: 1 }", "Blocks of x-actiongen-sample is 1, which is not a parameter (Parameters are "],
      [
        "{ BlockId: 1 }",
        "BlockId of x-actiongen-sample is 1: must be of type string, and is of type integer (Use a value of the parameter's type that can be sent.)",
      ],
      ["all", 'x-actiongen-sample is "all" (It must be values by parameter.)'],
    ].map(
      ([value = "", message = ""]): Case => [
        `the sample ${value}`,
        [
          document(
            "      x-actiongen-retcodes:",
            `      x-actiongen-sample: ${value}\n      x-actiongen-retcodes:`,
          ),
        ],
        `x-actiongen-sample: ${value}`,
        message,
      ],
    ),
  ])("%s", async (_, edits, at, message) => {
    await expectError(await specFolder(...edits), documentPath, at, message);
  });
});

import { describe, expect, test } from "vitest";
import { readRecordings } from "../../scripts/contract/recording.js";
import { curlSample, requestExample } from "../../scripts/emit/samples.js";
import { createMockGateway, startMock } from "../../scripts/mock/server.js";
import { runCurlSample, urlOf } from "../support/curl.js";
import { generated } from "../support/generated.js";
import { action, api, example } from "../support/seed-action.js";
import { temporaryFolder } from "../support/spec-folder.js";

const page = (await generated("spec")).get("docs/umem/DescribeUMemBackupURL.md") ?? "";

describe("the curl sample", () => {
  test("of the page signs a call that the gateway takes, and gets the example's answer", async () => {
    const server = await startMock(api, await readRecordings("test/recordings"), {
      port: 0,
      log: () => {},
    });
    try {
      const sample = curlSample(api.brand, action, example);
      expect(page).toContain(sample);
      const { publicKey, privateKey } = api.brand.exampleCredentials;
      const { arguments: given } = await runCurlSample(
        sample.replace(api.brand.baseUrl, server.baseUrl),
        await temporaryFolder(),
        { DEZAI_PUBLIC_KEY: publicKey, DEZAI_PRIVATE_KEY: privateKey },
      );
      const answer = await fetch(urlOf(given));
      expect(await answer.json()).toEqual(example.response);
    } finally {
      await server.close();
    }
  });

  test("of another key is refused", async () => {
    const gateway = createMockGateway(api, await readRecordings("test/recordings"));
    const { publicKey } = api.brand.exampleCredentials;
    const { arguments: given } = await runCurlSample(
      curlSample(api.brand, action, example),
      await temporaryFolder(),
      {
        DEZAI_PUBLIC_KEY: publicKey,
        DEZAI_PRIVATE_KEY: "wrong",
      },
    );
    const { signal } = new AbortController();
    const response = await gateway.fetch(urlOf(given), { method: "GET", headers: {}, redirect: "manual", signal });
    expect(await response.json()).toMatchObject({ RetCode: 171 });
  });
});

test("the request example is the vendor's, one parameter a line", () => {
  expect(requestExample(api.brand, action, example)).toBe(
    [
      "GET https://api.dezai.com/?Action=DescribeUMemBackupURL",
      "    &Region=cn-zj",
      "    &Zone=cn-zj-01",
      "    &ProjectId=lIDfEOmM",
      "    &SpaceId=WfTAPwME",
      "    &BackupId=HnsnJnXX",
      "    &BlockId=NBaSDZeI",
    ].join("\n"),
  );
});

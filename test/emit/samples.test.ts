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
  test("signs a call that the gateway accepts, and receives the example's response", async () => {
    const server = await startMock(api, await readRecordings("test/recordings"), {
      port: 0,
      log: () => {},
    });
    try {
      const sample = curlSample(api.brand, action, example);
      expect(page).toContain(sample);
      const { publicKey, privateKey } = api.brand.exampleCredentials;
      const { arguments: args } = await runCurlSample(
        sample.replace(api.brand.baseUrl, server.baseUrl),
        await temporaryFolder(),
        { DEZAI_PUBLIC_KEY: publicKey, DEZAI_PRIVATE_KEY: privateKey },
      );
      const response = await fetch(urlOf(args));
      expect(await response.json()).toEqual(example.response);
    } finally {
      await server.close();
    }
  });

  test("with another key is rejected", async () => {
    const gateway = createMockGateway(api, await readRecordings("test/recordings"));
    const { publicKey } = api.brand.exampleCredentials;
    const { arguments: args } = await runCurlSample(
      curlSample(api.brand, action, example),
      await temporaryFolder(),
      {
        DEZAI_PUBLIC_KEY: publicKey,
        DEZAI_PRIVATE_KEY: "wrong",
      },
    );
    const { signal } = new AbortController();
    const response = await gateway.fetch(urlOf(args), {
      method: "GET",
      headers: {},
      redirect: "manual",
      signal,
    });
    expect(await response.json()).toMatchObject({ RetCode: 171 });
  });
});

test("the request example has one parameter per line", () => {
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

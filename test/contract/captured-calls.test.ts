import { expect, test } from "vitest";
import { captured, findingsOf } from "../support/recorded.js";
import { api } from "../support/seed-action.js";

const call = { Action: "DescribeUMemSpace", Region: "cn-zj" };
const body = { RetCode: 0, Action: "DescribeUMemSpaceResponse" };
const codes = async (har: string) =>
  (await findingsOf(api, har)).map(({ code, message }) => `${code}: ${message}`);

test("a parameter and another whose name begins with it", async () => {
  const found = await codes(captured(api, { ...call, "Region.x": "y" }, body));
  expect(found).toContainEqual(
    expect.stringMatching(
      /^parameter-undocumented: request parameter Region\.x is of type string \(hidden\)/,
    ),
  );
});

test("a call with a token is made with the token", async () => {
  const token = { ...call, SecurityToken: "temporary-token" };
  expect(await codes(captured(api, token, body))).toEqual([]);
});

test("a token that the signature does not cover is found, and not quoted", async () => {
  const har = captured(api, call, body).replace("&PublicKey=", "&SecurityToken=temporary-token&PublicKey=");
  const found = await codes(har);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^request-signature: request parameter Signature is of type string \(hidden\)/);
  expect(found[0]).not.toContain("temporary-token");
});

test("a call with another key pair is compared without its signature", async () => {
  const credentials = { publicKey: "other-public", privateKey: "other-private" };
  expect(await codes(captured(api, call, body, { credentials }))).toEqual([]);
});

import { describe, expect, test } from "vitest";
import { actiongen, keys, runNode } from "../support/actiongen.js";

describe("sign", () => {
  test("prints the published signature and no private key", async () => {
    const { code, out } = await actiongen(["sign", ...keys], {
      input: '{"Action":"DescribeUHostInstance","Region":"cn-bj2","Limit":10}',
    });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      stringToSign:
        "ActionDescribeUHostInstanceLimit10PublicKeyucloudsomeone@example.com1296235120854146120Regioncn-bj2<private key>",
      signature: "cba5cf5ec4d4233d206b1b54951e3787350a642f",
      url: "https://api.dezai.com/?Action=DescribeUHostInstance&Region=cn-bj2&Limit=10&PublicKey=ucloudsomeone%40example.com1296235120854146120&Signature=cba5cf5ec4d4233d206b1b54951e3787350a642f",
    });
  });

  test("prints the private key on request, but not in the URL", async () => {
    const { out } = await actiongen(["sign", ...keys, "--show-private-key"], { input: '{"Action":"A"}' });
    const { stringToSign, url } = JSON.parse(out);
    expect(stringToSign).toMatch(/46f09bb9fab4f12dfc160dae12273d5332b5debe$/);
    expect(url).not.toContain("46f09bb9fab4f12dfc160dae12273d5332b5debe");
  });

  test("flattens parameters, signs a token and accepts a base URL", async () => {
    const args = ["sign", ...keys, "--security-token", "42", "--base-url", "http://127.0.0.1:4010/api"];
    const { out } = await actiongen(args, {
      input: '{"Action":"A","Disks":[{"Size":20.0,"Boot":true}],"None":null}',
    });
    const { stringToSign, url } = JSON.parse(out);
    expect(stringToSign).toBe(
      "ActionADisks.0.BoottrueDisks.0.Size20PublicKeyucloudsomeone@example.com1296235120854146120SecurityToken42<private key>",
    );
    expect(url).toMatch(
      /^http:\/\/127\.0\.0\.1:4010\/api\?Action=A&Disks\.0\.Size=20&Disks\.0\.Boot=true&PublicKey=.*&SecurityToken=42&Signature=[0-9a-f]{40}$/,
    );
  });

  test("uses the key pair of the environment, but not its token with a key from the command line", async () => {
    const env = { DEZAI_PUBLIC_KEY: "p", DEZAI_PRIVATE_KEY: "k", DEZAI_SECURITY_TOKEN: "t" };
    const fromEnvironment = await actiongen(["sign"], { input: "{}", env });
    expect(JSON.parse(fromEnvironment.out).stringToSign).toBe("PublicKeypSecurityTokent<private key>");
    const fromOptions = await actiongen(["sign", "--public-key", "q", "--private-key", "k"], {
      input: "{}",
      env,
    });
    expect(JSON.parse(fromOptions.out).stringToSign).toBe("PublicKeyq<private key>");
  });

  test("keeps every digit of an integer", async () => {
    const { out } = await actiongen(["sign", ...keys], {
      input: '{"Id": 12345678901234567890123, "Size": 1E2, "Rate": 1e-7}',
    });
    expect(JSON.parse(out).stringToSign).toMatch(
      /^Id12345678901234567890123PublicKey.*Rate0\.0000001Size100<private key>$/,
    );
  });

  test("accepts a short private key, which a parameter can contain by chance", async () => {
    const args = ["sign", "--public-key", "foo", "--private-key", "bar", "--security-token", "42"];
    const input = '{"Action":"foo","Name":"foo","ProjectId":"bar","Region":"cn-bj2","Zone":"cn-bj2-02"}';
    expect(JSON.parse((await actiongen(args, { input })).out).signature).toBe(
      "170de002e3ca3acdc3a790badc4d14b09d183e4b",
    );
  });

  test.each<[what: string, args: string[], input: string]>([
    [
      "as the public key",
      ["--public-key", "private-key-of-a-test", "--private-key", "private-key-of-a-test"],
      "{}",
    ],
    [
      "in the token",
      [
        "--public-key",
        "p",
        "--private-key",
        "private-key-of-a-test",
        "--security-token",
        "a private-key-of-a-test b",
      ],
      "{}",
    ],
    [
      "in the base URL",
      [
        "--public-key",
        "p",
        "--private-key",
        "private-key-of-a-test",
        "--base-url",
        "https://h.example/private-key-of-a-test/",
      ],
      "{}",
    ],
    [
      "across a name and its value",
      ["--public-key", "p", "--private-key", "private-key-of-a-test"],
      '{"private-key": "-of-a-test"}',
    ],
    [
      "in a name whose value cannot be sent",
      ["--public-key", "p", "--private-key", "private-key-of-a-test"],
      '{"private-key-of-a-test": [{"a": 1}, 1e400]}',
    ],
  ])("does not print a private key that is %s", async (_, args, input) => {
    const { code, out, err } = await actiongen(["sign", ...args], { input });
    expect([code, out]).toEqual([1, ""]);
    expect(err).not.toContain("private-key-of-a-test");
    expect(err).toMatch(/private key/);
  });

  test.each<[what: string, input: string, args: string[], err: string]>([
    [
      "no input",
      "",
      keys,
      'standard input:1: is empty\n  help: Pass the parameters as a JSON object, such as {"Action": "…", "Region": "…"}.\n',
    ],
    [
      "input that is not JSON",
      '{"Action": "A",\n"Password": hunter2}',
      keys,
      'standard input:2: is not JSON\n  help: Pass the parameters as a JSON object, such as {"Action": "…", "Region": "…"}.\n',
    ],
    [
      "an array",
      "[1]",
      keys,
      'standard input:1: is not a JSON object\n  help: Pass the parameters as a JSON object, such as {"Action": "…", "Region": "…"}.\n',
    ],
    [
      "a duplicate key",
      '{"Action": "A",\n"Action": "B"}',
      keys,
      "standard input:2: a key appears twice in one object\n  help: Remove one.\n",
    ],
    [
      "values that cannot be sent, including the private key",
      '{"Action": "A",\n"Disks": [{"Size": 1},\n{"Size": 1e400}],\n"Key": "46f09bb9fab4f12dfc160dae12273d5332b5debe"}',
      keys,
      "standard input:3: Disks[1].Size (Infinity) cannot be sent\n  help: Correct the value.\n" +
        "standard input:4: a parameter contains the private key\n  help: Remove it: a private key is never sent.\n",
    ],
  ])("reports %s", async (_, input, args, err) => {
    expect(await actiongen(["sign", ...args], { input })).toEqual({ code: 1, out: "", err });
  });
});

test("the program reads standard input and exits with the code of the command", async () => {
  const program = ["--import", "tsx", "scripts/main.ts", "sign", ...keys];
  const signed = await runNode(program, { input: '{"Action":"A"}' });
  expect(signed).toMatchObject({ code: 0, err: "" });
  expect(JSON.parse(signed.out).url).toMatch(/Action=A&PublicKey=/);
  expect(await runNode(program)).toMatchObject({ code: 1, out: "", err: expect.stringMatching(/is empty/) });
  expect((await runNode([...program, "--frobnicate"])).code).toBe(2);
});

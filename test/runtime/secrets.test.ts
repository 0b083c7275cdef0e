import { describe, expect, test } from "vitest";
import {
  containsKey,
  redactionOf,
  systemCode,
  withoutLongWords,
  withoutSecrets,
} from "../../templates/runtime/secrets.js";
import { encodings, shows } from "../support/secret-forms.js";

const signed = new Map([
  ["Action", "DescribeThing"],
  ["PublicKey", "public.key+of(a)test"],
  ["Signature", "0123456789abcdef0123456789abcdef01234567"],
  ["Disks.0.Password", "pass word/1"],
  ["Pin", "123"],
  ["UserData", btoa("a script of the user")],
]);
const redact = redactionOf(signed, ["Password", "Pin", "UserData"], "private$key[of]test");

describe("redaction", () => {
  test.each<[what: string, given: string, want: string]>([
    ["keeps text without secrets", "a Region of cn-zj failed", "a Region of cn-zj failed"],
    ["keeps parameters that are not secret", "DescribeThing failed", "DescribeThing failed"],
    ["hides a key with characters of regular expressions", "(public.key+of(a)test)", "(<redacted>)"],
    ["keeps what only matches such a key as an expression", "publicXkeyyofatest", "publicXkeyyofatest"],
    ["hides the private key", "with private$key[of]test.", "with <redacted>."],
    [
      "hides a signature in any case",
      "0123456789ABCDEF0123456789abcdef01234567 is wrong",
      "<redacted> is wrong",
    ],
    ["hides every occurrence", "pass word/1 and pass word/1", "<redacted> and <redacted>"],
    [
      "hides a nested secret parameter, as it is and encoded",
      "pass word/1, pass%20word%2F1",
      "<redacted>, <redacted>",
    ],
    ["hides what a base64 value encodes", "ran a script of the user", "ran <redacted>"],
    ["keeps values that could be part of any word", "0123 is 123", "0123 is 123"],
    [
      "hides a query that is signed as a whole",
      "GET /?Region=a&Signature=0 failed",
      "GET /?<redacted> failed",
    ],
    [
      "hides a query with a public key or a token",
      "x=1&publickey=a b?SecurityToken=c",
      "<redacted> b?<redacted>",
    ],
    ["keeps names that only end like one", "MySignature=1", "MySignature=1"],
  ])("%s", (_, given, want) => {
    expect(redact(given)).toBe(want);
  });

  test.each(['"', "'", "<", ">", "?", " "])("keeps what precedes a signed query after %s", (boundary) => {
    expect(redactionOf()(`kept${boundary}Signature=1`)).toBe(`kept${boundary}<redacted>`);
  });

  test("hides values of four characters and more", () => {
    const four = redactionOf(new Map([["Pin", "1234"]]), ["Pin"]);
    expect(four("is 1234")).toBe("is <redacted>");
  });

  test("hides only signed queries if nothing is known of a request", () => {
    expect(redactionOf()("a plain message with 1234")).toBe("a plain message with 1234");
    expect(redactionOf()("POST A=1&Signature=2")).toBe("POST <redacted>");
  });

  test("sees secrets that are added later", () => {
    const parameters = new Map<string, string>();
    const later = redactionOf(parameters);
    parameters.set("Signature", "fedcba98");
    expect(later("fedcba98")).toBe("<redacted>");
  });
});

describe("a secret in another encoding", () => {
  const key = `pri"vate/key+of&a'<test>~1`;
  const hide = redactionOf(new Map(), [], key);

  test.each(Object.entries(encodings))("%s", (_, encode) => {
    expect(shows(hide(`before ${encode(key)} after`), key)).toBe(false);
    const word = "private/key+of&a~test-1";
    expect(redactionOf(new Map(), [], word)(`before ${encode(word)} after`)).toBe("before <redacted> after");
    expect(shows(hide(`before,${encode(key)}`), key)).toBe(false);
    expect(hide(encode("another value, that is no secret"))).toBe(encode("another value, that is no secret"));
  });

  test.each([
    ["the first 16 characters", key.slice(0, 16), "<redacted>"],
    ["fewer characters, which are no secret", "privatekey", "privatekey"],
    ["letters between which other characters are", "p-r-i-v-a-t-e-k-e-y-o-f-a", "<redacted>"],
    ["percent-encoded letters", "%70%72%69vate%6Beyofa", "<redacted>"],
    ["a percent sign that was encoded again and again", "%252570rivatekeyofa", "<redacted>"],
    ["references of HTML that were encoded again", "&amp;amp;#112;rivatekeyofa", "<redacted>"],
    ["hexadecimal references", "&#x70;rivate&amp;key&#X6f;fa", "<redacted>"],
    ["an escape of JSON", "\\u0070rivate\\\\u006beyofa", "<redacted>"],
    ["what looks encoded and is not", "%zz privat&; \\u00 &#;", "%zz privat&; \\u00 &#;"],
  ])("%s", (_, given, want) => {
    expect(hide(given)).toBe(want);
  });

  test("a short secret only if it has six letters", () => {
    const short = redactionOf(new Map(), [], "ab-cdef");
    expect([short("A_B-C_D-E_F"), short("a%62-cdef"), short("abcde")]).toEqual([
      "<redacted>",
      "<redacted>",
      "abcde",
    ]);
    expect(redactionOf(new Map(), [], "ab-cde")("a%62-cde")).toBe("a%62-cde");
  });

  test("an encoding that begins in the middle of a word of base64", () => {
    for (const before of ["", "a", "ab", "abc", "abcd"])
      expect(hide(`see ${btoa(`${before}${key}${before}`)}!`)).toBe("see <redacted>");
  });
});

test("an error of a function with secrets of its own shows no long word outside its stack", () => {
  const redact = withoutLongWords((text) => text.replace("x", "y"));
  const long = "a1+/=%~-a1+/=%~-";
  expect(redact(`x ${long}, ${long.slice(1)}`)).toBe(`y <redacted>, ${long.slice(1)}`);
  expect(redact(`Error: ${long}\n    at ${long}\nat ${long}`)).toBe(
    `Error: <redacted>\n    at ${long}\nat <redacted>`,
  );
});

test.each<[text: string, key: string, contains: boolean]>([
  ["a-0123456789abcdef-b", "0123456789abcdef", true],
  ["0123456789abcde", "0123456789abcde", false],
  ["another", "0123456789abcdef", false],
  ["", "", false],
])("%j contains the key %j: %s", (text, key, contains) => {
  expect(containsKey(text, key)).toBe(contains);
});

describe("an error without secrets", () => {
  const hide = (text: string) => text.replaceAll("secret", "<redacted>");

  test("keeps name, message, stack and code, redacted, and nothing else", () => {
    const given = Object.assign(new TypeError("a secret"), { code: "E_secret", url: "secret", errno: 5 });
    given.stack = "at secret.js";
    const copy = withoutSecrets(given, hide);
    expect(copy).toMatchObject({
      name: "TypeError",
      message: "a <redacted>",
      stack: "at <redacted>.js",
      code: "E_<redacted>",
    });
    expect(Object.keys(copy)).toEqual(["code"]);
  });

  test("has no code if the code is not a string, and no cause if there is none", () => {
    const copy = withoutSecrets(Object.assign(new Error("a"), { code: 5 }), hide);
    expect("code" in copy).toBe(false);
    expect("cause" in copy).toBe(false);
    expect(withoutSecrets(Object.assign(new Error("a"), { stack: undefined }), hide).stack).toBe("");
  });

  test.each([["a secret"], [5], [null], [undefined]])("is created of %s, which is no error", (thrown) => {
    expect(withoutSecrets(thrown, hide).message).toBe(hide(String(thrown)));
  });

  test.each<[what: string, thrown: unknown]>([
    ["an object", Object.create(null)],
    ["a cause", new Error("", { cause: Object.create(null) })],
  ])("is created of %s that has no string", (_, thrown) => {
    const { message, cause = {} } = withoutSecrets(thrown, redact);
    expect([message, (cause as Error).message ?? ""]).toEqual(["", ""]);
  });

  test("has five causes at most", () => {
    const chain = Array.from({ length: 9 }).reduceRight<Error | undefined>(
      (cause, _, index) => new Error(`secret ${index}`, cause && { cause }),
      undefined,
    );
    const messages: string[] = [];
    for (let one: unknown = withoutSecrets(chain, hide); one instanceof Error; one = one.cause)
      messages.push(one.message);
    expect(messages).toEqual([0, 1, 2, 3, 4, 5].map((index) => `<redacted> ${index}`));
  });
});

test.each<[what: string, failure: unknown, code: string]>([
  ["of an error", { code: "ECONNRESET" }, "ECONNRESET"],
  ["of its cause's cause", { cause: { cause: { code: "ENOTFOUND" } } }, "ENOTFOUND"],
  ["of the outermost error that has one", { cause: { code: "A", cause: { code: "B" } } }, "A"],
  ["none", new Error("plain", { cause: new Error("plain") }), ""],
])("the system code: %s", (_, failure, code) => {
  expect(systemCode(failure)).toBe(code);
});

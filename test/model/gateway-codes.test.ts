import { expect, test } from "vitest";
import { load } from "../../scripts/load.js";
import { config, errorsOf } from "../support/errors.js";
import { specFolder } from "../support/spec-folder.js";

const code = (number: number, name: string) =>
  `retCodes:\n  - code: ${number}\n    name: ${name}\n    meaning: It slept.\n    remedy: Wake it.\n    retry: always\n`;
const withCodes = (text: string) => config("exampleCredentials:", `${text}exampleCredentials:`);

test("every action has the gateway's RetCodes, and its own take precedence", async () => {
  const folder = await specFolder(withCodes(code(111, "Asleep")));
  const [action] = (await load(folder)).products.flatMap(({ actions }) => actions);
  const names = new Map(action?.retCodes.map((one) => [one.code, one.name]));
  expect(names.get(111)).toBe("Asleep");
  expect([...names.keys()]).toEqual([...names.keys()].sort((a, b) => a - b));

  const other = await specFolder(withCodes(code(153, "Asleep")));
  const [own] = (await load(other)).products.flatMap(({ actions }) => actions);
  expect(own?.retCodes.find((one) => one.code === 153)?.name).toBe("RequestThrottled");
});

test("a problem in them is reported with its line", async () => {
  const folder = await specFolder(withCodes(code(153, "Not a name")));
  expect(await errorsOf(folder)).toMatch(
    /^actiongen\.yaml:\d+: name of entry 1 in the RetCode table is "Not a name"\n {2}help: Use an identifier\.$/,
  );
});

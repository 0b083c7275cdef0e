import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { modelSchema } from "../../scripts/contract/model-schema.js";
import { schemaValidator } from "../../scripts/contract/schema-validator.js";
import { emitProduct, emitShared, readTemplates } from "../../scripts/emit/index.js";
import type { Action } from "../../scripts/model/api-model.js";
import { summarize } from "../../scripts/model/summary.js";
import { compile } from "../support/compile.js";
import { addEvidence } from "../support/evidence.js";
import { madeUpProduct } from "../support/made-up-product.js";
import { schemaSamples, sharedSchemas } from "../support/schema-samples.js";
import { temporaryFolder } from "../support/spec-folder.js";
import { ajvVerdict, interpretValidator } from "../support/validator.js";

/** Values of the fields of one response, each field with a schema of its own. */
const samples = schemaSamples(300, 1);
const values = samples.flatMap(({ schema, values }, index) =>
  values.map((value) => ({ field: `F${index}`, schema, value })),
);
const response = Object.fromEntries(samples.map(({ schema }, index) => [`F${index}`, schema]));

type MadeUp = Awaited<ReturnType<typeof madeUpProduct>>;

/** Whether the compiler assigns each value to the type of its field. */
async function assignable({ product, brand }: MadeUp): Promise<boolean[]> {
  const folder = await temporaryFolder();
  const templates = await readTemplates(brand);
  const summaries = [summarize(product, brand)];
  const program = [
    'import type { CombineResponse } from "./packages/pots/src/actions/Combine.js";',
    "declare function take<T>(value: T): void;",
    ...values.map(
      ({ field, value }) => `take<Required<CombineResponse>["${field}"]>(${JSON.stringify(value)});`,
    ),
  ];
  for (const { path, content } of [
    ...(await emitProduct(brand, product, summaries, templates)),
    ...(await emitShared(brand, summaries, templates)),
    { path: "values.ts", content: program.join("\n") },
  ]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const core = join(folder, "packages/core/src");
  const { errors } = compile(folder, ["values.ts"], {
    module: "nodenext",
    paths: { "@dezai/core": [`${core}/index.ts`], "@dezai/core/*": [`${core}/*.ts`] },
  });
  const lines = errors.map((error) => Number(/^values\.ts\((\d+),/.exec(error)?.[1]));
  expect(lines, errors.join("")).not.toContain(Number.NaN);
  return values.map((_, index) => !lines.includes(index + 3));
}

/** The action as the model reads it where JSON Schema is stricter. */
function asModelled(action: Action): Action {
  const text = JSON.stringify(action.document).replaceAll('"oneOf":', '"anyOf":');
  const document = JSON.parse(text, (_key, value) =>
    Array.isArray(value?.enum) && [value.type].flat().includes("null")
      ? { ...value, enum: [...value.enum, null] }
      : value,
  );
  return { ...action, document };
}

test("types, validate and the contract check give a schema the meaning that its author gave it", async (context) => {
  const madeUp = await madeUpProduct({ Combine: { response, schemas: sharedSchemas } });
  const action = madeUp.action("Combine");
  const author = asModelled(action);
  const [exactly, openly] = [ajvVerdict(author, { unlistedValues: true }), ajvVerdict(author)];
  const validate = interpretValidator(action);
  const inContract = schemaValidator().compile(modelSchema(action, action.responseModel));
  const isAssignable = await assignable(madeUp);
  const wrong: string[] = [];
  const seen = { valid: 0, invalid: 0 };
  for (const [index, { field, schema, value }] of values.entries()) {
    const body = { RetCode: 0, [field]: value };
    const verdicts = {
      // Samples have no fields that their schemas do not list, which alone the contract check reports.
      validate: [validate(body, { unlistedValues: true }).length === 0, exactly(body)],
      contract: [inContract(body), exactly(body)],
      // Types have room for values that are added to an enumeration.
      types: [isAssignable[index], openly(body)],
    };
    seen[exactly(body) ? "valid" : "invalid"] += 1;
    for (const [name, [verdict, expected]] of Object.entries(verdicts))
      if (verdict !== expected)
        wrong.push(`${name}: ${verdict} for ${JSON.stringify(value)} of ${JSON.stringify(schema)}`);
  }
  addEvidence(context, {
    what: `Values (${seen.valid} valid, ${seen.invalid} invalid) that types, validate or the contract check judge otherwise than JSON Schema`,
    measured: `${wrong.length} of ${3 * values.length} verdicts`,
    limit: "0",
    tolerated: [
      "oneOf means anyOf: the model does not distinguish them",
      "nullable, or the type null, permits null beside an enumeration that does not list it",
      "types accept values that are added to an enumeration, by design",
    ],
  });
  expect(wrong.slice(0, 10)).toEqual([]);
  expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan(500);
});

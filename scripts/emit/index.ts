import { join } from "node:path";
import { readTree } from "../files.js";
import type { Brand, GeneratedFile, Product, ProductSummary } from "../model/api-model.js";
import { compatibilityOf } from "../model/compatibility.js";
import { packageName } from "../model/names.js";
import { toolkitFolder } from "../toolkit.js";
import { versionOf } from "../versions.js";
import { emitAction } from "./action.js";
import { emitApiList } from "./api-list.js";
import { markedProduct } from "./change-marks.js";
import { emitOldActions, oldActionViews } from "./compatibility.js";
import { emitContractCases, emitSharedCases } from "./contract-cases.js";
import { emitCore } from "./core.js";
import type { History } from "./docs/changelog-page.js";
import { translator } from "./docs/messages.js";
import { emitProductDocs, emitSharedDocs, readTranslations } from "./docs/site.js";
import { emitMigration } from "./migration.js";
import { emitPathTypes } from "./openapi-fetch.js";
import { emitPackage, entries } from "./product.js";
import { createTemplates, type Templates } from "./templates.js";

/** Reads the templates of the toolkit. They print the interface of the reference in the brand's language. */
export async function readTemplates({ docs }: Brand): Promise<Templates> {
  const files = await readTree(join(toolkitFolder, "templates"));
  const translations = readTranslations(createTemplates(files));
  return createTemplates(files, translator(docs.language, translations));
}

/** Generates the package, the contract cases and the reference of one product. Pure, as all emitters: equal input gives equal files. */
export async function emitProduct(
  brand: Brand,
  product: Product,
  products: readonly ProductSummary[],
  templates: Templates,
): Promise<GeneratedFile[]> {
  return [
    ...(await emitProductPackage(brand, product, products, templates)),
    ...emitContractCases(brand, product),
    ...emitProductDocs(brand, product, products, templates),
  ];
}

/** Generates the package of one product. */
export async function emitProductPackage(
  brand: Brand,
  product: Product,
  products: readonly ProductSummary[],
  templates: Templates,
): Promise<GeneratedFile[]> {
  const packageOf = (other: string) => packageName(brand.package.scope, other);
  const marked = markedProduct(product);
  const compatibility = compatibilityOf(product, versionOf(brand.package, product.name));
  const old = oldActionViews(compatibility, product, brand);
  const migration = emitMigration(product, products, packageOf, templates);
  const files = [
    ...emitPackage(brand, marked, templates, old, migration.length > 0),
    ...marked.actions.flatMap((action) =>
      emitAction(brand, product, action, templates, compatibility.members.get(action.name)),
    ),
    ...emitOldActions(old, product, templates),
    await emitPathTypes(product),
  ];
  const [folder, name] = [`packages/${product.name}`, packageOf(product.name)];
  return [...files, ...migration, emitApiList(folder, name, files, ["index", ...entries], templates)];
}

/**
 * Generates the core package, the contract cases of all actions and the pages of the reference that all products share.
 *
 * @param history releases of every package.
 */
export async function emitShared(
  brand: Brand,
  products: readonly ProductSummary[],
  templates: Templates,
  history: History = {},
): Promise<GeneratedFile[]> {
  return [
    ...(await emitCore(brand, templates)),
    ...emitSharedCases(brand, templates),
    ...emitSharedDocs(brand, products, templates, history),
  ];
}

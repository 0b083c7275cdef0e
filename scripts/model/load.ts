import { basename, dirname, relative } from "node:path";
import { Faults } from "../diagnostic.js";
import { readFolder, readSource, toSlashes } from "../files.js";
import { readAction } from "./action.js";
import type { Action, ApiModel, Product, RetCode } from "./api-model.js";
import { configName, loadConfig } from "./config.js";
import { readDocument } from "./document.js";
import { isProductName } from "./names.js";

/**
 * Reads a specification folder: its configuration and every `<product>/<Action>.openapi.yaml`.
 *
 * @throws InputError with all the faults that were found.
 */
export async function load(specFolder: string): Promise<ApiModel> {
  const faults = new Faults();
  const config = loadConfig(await readSource(`${specFolder}/${configName}`), faults);
  const sources = await readFolder(specFolder, ".openapi.yaml");
  if (sources.length === 0) {
    const help =
      "Put documents at <product>/<Action>.openapi.yaml, or point --spec at the folder that has them.";
    faults.add({ code: "no-document", file: specFolder, line: 0, message: "holds no *.openapi.yaml", help });
  }

  const actions: { product: string; action: Action }[] = [];
  for (const source of sources) {
    const valid = await readDocument(source, specFolder, faults);
    const documentPath = toSlashes(relative(specFolder, source.path));
    const action = valid === undefined ? undefined : readAction(valid, documentPath, faults);
    if (action !== undefined) actions.push({ product: basename(dirname(source.path)), action });
  }
  checkUnique(actions, faults);

  const names = [...new Set(actions.map(({ product }) => product))].sort();
  for (const name of names.filter((name) => !isProductName(name))) {
    const file = actions.find(({ product }) => product === name)?.action.source.file ?? "";
    const help =
      "Name the folder with lower-case letters, digits and -, and not core, which the shared package is called.";
    faults.add({
      code: "product-name",
      file,
      line: 0,
      message: `lies in ${JSON.stringify(name)}, which can name no package`,
      help,
    });
  }
  const products = names.map((name) => {
    const own = actions.filter(({ product }) => product === name).map(({ action }) => action);
    return toProduct(name, config?.titles[name] ?? name, own, faults);
  });
  faults.throwIfAny();
  if (config === undefined) throw new Error("unreachable: a configuration that is missing is a fault");
  return { brand: config.brand, products };
}

/** The gateway tells actions apart by name alone; a file system may not even tell `A` from `a`. */
function checkUnique(actions: readonly { product: string; action: Action }[], faults: Faults): void {
  const first = new Map<string, Action>();
  for (const { action } of actions) {
    const key = action.name.toLowerCase();
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, action);
      continue;
    }
    faults.add({
      code: "action-twice",
      file: action.source.file,
      line: action.source.line,
      message: `the action ${action.name} is also described as ${other.name} at ${other.source.file}:${other.source.line}`,
      help: "Keep one of the two documents.",
    });
  }
}

function toProduct(name: string, title: string, actions: readonly Action[], faults: Faults): Product {
  const retCodes = new Map<number, RetCode>();
  for (const action of actions) {
    for (const retCode of action.retCodes) {
      const known = retCodes.get(retCode.code);
      if (known !== undefined && (known.name !== retCode.name || known.retry !== retCode.retry)) {
        const message = `RetCode ${retCode.code} is ${retCode.name} here and ${known.name} in another action of ${name}`;
        faults.add({
          code: "retcode-conflict",
          ...action.source,
          message,
          help: "Let both refer to one table.",
        });
      }
      retCodes.set(retCode.code, known ?? retCode);
    }
  }
  const sorted = [...retCodes.values()].sort((a, b) => a.code - b.code);
  return { name, title, actions, retCodes: sorted };
}

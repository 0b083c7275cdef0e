import { isDeepStrictEqual } from "node:util";
import { importClients } from "../../scripts/contract/generated-clients.js";
import type { CreateClient } from "../../scripts/contract/replay.js";
import { readTree } from "../../scripts/files.js";
import { generate } from "../../scripts/generate.js";
import { load } from "../../scripts/load.js";
import type { Action } from "../../scripts/model/api-model.js";
import { ActionError } from "../../templates/runtime/errors.js";
import { flattenParameters } from "../../templates/runtime/parameters.js";
import type { Fetch } from "../../templates/runtime/platform.js";
import { stringToSign } from "../../templates/runtime/signature.js";
import { toResponse } from "../../templates/runtime/testing/replies.js";
import { python } from "./python.js";
import { temporaryFolder } from "./spec-folder.js";

/** A file of `generated/contract/`. */
export interface CaseFile {
  readonly product?: string;
  readonly action: string;
  readonly baseUrl: string;
  readonly credentials: { readonly publicKey: string; readonly privateKey: string };
  readonly requests: readonly RequestCase[];
  readonly responses: readonly ResponseCase[];
}

export interface RequestCase {
  readonly id: string;
  readonly params: object;
  readonly base64?: readonly string[];
  readonly securityToken?: string;
  readonly flat: Readonly<Record<string, string>>;
  readonly stringToSign: string;
  readonly signature: string;
  readonly http: readonly HttpRequest[];
}

interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ResponseCase {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly value?: object;
  readonly error?: object;
}

/** What was generated from a specification: its cases, and the clients that they are about. */
export interface Contract {
  /** Content of the files of cases, by path in `contract/`. */
  readonly files: ReadonlyMap<string, string>;
  /** Runs the cases of a file with the generated client. @returns the problems; empty if every case is correct. */
  clientProblems(file: CaseFile): Promise<string[]>;
  /** Runs the cases of files, given by their content, with the Python program. @returns the problems of each. */
  pythonProblems(files: readonly string[]): Promise<string[][]>;
  close(): Promise<void>;
}

/** Generates from a specification, and imports the clients. */
export async function contractOf(spec: string): Promise<Contract> {
  const out = await temporaryFolder();
  await generate({ spec, out, check: false });
  const { brand, products } = await load(spec);
  const names = products.map(({ name }) => name);
  const clients = await importClients(out, brand.package.scope, names);
  const files = [...(await readTree(`${out}/contract`))].filter(([path]) =>
    /(?<!\.schema)\.json$/.test(path),
  );
  const productOf = (file: CaseFile) => products.find(({ name }) => name === (file.product ?? names[0]));
  return {
    files: new Map(files),
    pythonProblems(contents) {
      const lines = contents.map((cases) =>
        JSON.stringify({ cases, retCodes: productOf(JSON.parse(cases))?.retCodes }),
      );
      return python<string[]>("cases.py", lines);
    },
    async clientProblems(file) {
      const product = productOf(file);
      const createClient = clients.createClient.get(product?.name ?? "");
      if (product === undefined || createClient === undefined)
        throw new Error(`no client of ${file.product}`);
      const action = product.actions.find(({ name }) => name === file.action);
      const runner = new Runner(file, createClient, action);
      const requests = file.requests.map((one) => runner.requestProblems(one));
      const responses = file.responses.map((one) => runner.responseProblems(one));
      return (await Promise.all([...requests, ...responses])).flat();
    },
    close: () => clients.close(),
  };
}

type Method = (params: object) => Promise<object>;

/** Runs the cases of a file with a generated client. */
class Runner {
  readonly #file: CaseFile;
  readonly #createClient: CreateClient;
  readonly #action: Action | undefined;

  /** @param action `undefined` if the package has no function for it. */
  constructor(file: CaseFile, createClient: CreateClient, action: Action | undefined) {
    this.#file = file;
    this.#createClient = createClient;
    this.#action = action;
  }

  #call(params: object, fetch: Fetch, method: "GET" | "POST" = "GET", securityToken = ""): Promise<object> {
    const { baseUrl, credentials, action } = this.#file;
    const client = this.#createClient({
      credentials: { ...credentials, ...(securityToken && { securityToken }) },
      baseUrl,
      method,
      maxRetries: 0,
      fetch,
    }) as { call(action: string, params: object): Promise<object> } & Record<string, Method>;
    const own = client[this.#action?.names.function ?? ""];
    return own === undefined ? client.call(action, params) : own(params);
  }

  async requestProblems(one: RequestCase): Promise<string[]> {
    const problems: string[] = [];
    const expect = (what: string, actual: unknown, expected: unknown) => {
      if (!isDeepStrictEqual(actual, expected))
        problems.push(`${one.id}: ${what} is ${JSON.stringify(actual)}`);
    };
    for (const expected of one.http) {
      const sent: HttpRequest[] = [];
      const fetch: Fetch = async (url, { method, headers, body }) => {
        sent.push({ method: method as "GET", url, headers, body: String(body ?? "") });
        return toResponse({ status: 200, headers: [], body: '{"RetCode":0}' });
      };
      await this.#call(one.params, fetch, expected.method, one.securityToken);
      const parts = partsOf(sent[0] as HttpRequest);
      const signed = Object.fromEntries(new URLSearchParams([...parts.query, ...parts.form].join("&")));
      const { Signature, ...flat } = signed;
      expect(expected.method, { ...parts, headers: contentType(parts.headers) }, partsOf(expected));
      expect("flat", Object.entries(flat).sort(), Object.entries(one.flat).sort());
      expect("signature", Signature, one.signature);
    }
    expect("stringToSign", stringToSign(new Map(Object.entries(one.flat)), ""), one.stringToSign);
    expect("the order of flat", Object.entries(one.flat).flat().join(""), one.stringToSign);
    expect("base64", changedNames(one), [...(one.base64 ?? [])].sort());
    return problems;
  }

  async responseProblems({ id, status, headers, body, ...expected }: ResponseCase): Promise<string[]> {
    const params = this.#file.requests[0]?.params ?? {};
    const fetch: Fetch = async () => toResponse({ status, headers: Object.entries(headers), body });
    const outcome = await this.#call(params, fetch).then(
      (value) => ({ value }),
      (error: unknown) => ({ error: fieldsOf(error) }),
    );
    const shown = { value: expected.value, error: expected.error };
    const isEqual = isDeepStrictEqual({ value: undefined, error: undefined, ...outcome }, shown);
    return isEqual ? [] : [`${id}: the outcome is ${JSON.stringify(outcome)}`];
  }
}

/** A request whose order of parameters does not matter. */
function partsOf({ url, headers = {}, body = "" }: HttpRequest) {
  const [base, ...query] = url.split("?");
  const sorted = (text: string) => (text === "" ? [] : text.split("&").sort());
  return { base, headers, query: sorted(query.join("?")), form: sorted(body) };
}

function contentType(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name === "content-type"));
}

/** Flat names whose value is base64 of the parameter. @throws Error if another value is not that of the parameter. */
function changedNames({ params, flat }: RequestCase): string[] {
  const plain = flattenParameters(params);
  return [...plain]
    .filter(([name, value]) => flat[name] !== value)
    .map(([name]) => name)
    .sort();
}

/** Properties of errors that a case can have, besides the name. */
const properties = "retryable retCode codeName serverMessage status retryAfter requestId".split(" ");

function fieldsOf(error: unknown): object {
  if (!(error instanceof ActionError)) throw error;
  const all = error as ActionError & Record<string, unknown>;
  const fields = properties.map((name) => [name, all[name]] as const);
  return Object.fromEntries([["kind", error.name], ...fields.filter(([, value]) => value !== undefined)]);
}

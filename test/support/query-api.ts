export interface QueryApiOptions {
  readonly openapi: string;
  readonly actions: number;
  /** Whether calls are signed as the gateway requires. If not, they are signed in a header and have XML bodies. */
  readonly isSigned: boolean;
}

type Values = Readonly<Record<string, unknown>>;

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const described = (name: string) => ({ allOf: [ref(name), { description: `The ${name}.` }] });
const headers = ["Date", "Security-Token", "SignedHeaders"].map((name) => `X-Amz-${name}`);

/** A document in the style of the published documents of query APIs: GET and POST of `/#Action=…` for each action. */
export function queryApi({ openapi, actions, isSigned }: QueryApiOptions): Values {
  const is30 = openapi.startsWith("3.0");
  const names = Array.from(
    { length: actions },
    (_, index) => `${["Describe", "Create", "Delete"][index % 3]}Thing${index}`,
  );
  const retCode = { type: "integer", ...(is30 ? { enum: [0] } : { const: 0 }) };
  const schemas = Object.fromEntries(
    names.flatMap((name) => [
      [`${name}Request`, request(name)],
      [`${name}Result`, result(isSigned ? retCode : undefined, is30)],
    ]),
  );
  return {
    openapi,
    "x-hasEquivalentPaths": true,
    info: { title: "Things", version: "2016-11-15", license: { name: "Apache 2.0" }, "x-release": "v4" },
    externalDocs: { description: "Documentation", url: "https://docs.example.com/" },
    servers: [
      {
        url: "https://things.{region}.example.com",
        variables: { region: { description: "The region", enum: ["a", "b"], default: "a" } },
      },
    ],
    security: [isSigned ? { PublicKey: [], Signature: [] } : { hmac: [] }],
    paths: Object.fromEntries(names.map((name) => [`/#Action=${name}`, pathItem(name, isSigned, is30)])),
    components: {
      ...(isSigned ? {} : { parameters: headerParameters() }),
      securitySchemes: isSigned
        ? Object.fromEntries(
            ["PublicKey", "Signature"].map((name) => [name, { type: "apiKey", in: "query", name }]),
          )
        : { hmac: { type: "apiKey", in: "header", name: "Authorization", "x-auth-type": "sigv4" } },
      schemas: {
        ErrorResponse: {
          type: "object",
          properties: { RetCode: { type: "integer" }, Message: { type: "string" } },
        },
        String: { type: "string" },
        MaxResults: maxResults(is30),
        StringList: { type: "array", items: { allOf: [ref("String"), { xml: { name: "item" } }] } },
        Filter: {
          type: "object",
          properties: { Name: described("String"), Values: described("StringList") },
        },
        FilterList: { type: "array", items: { allOf: [ref("Filter"), { xml: { name: "Filter" } }] } },
        ...schemas,
      },
    },
  };
}

function maxResults(is30: boolean): Values {
  return is30
    ? { type: "integer", maximum: 100, exclusiveMaximum: true }
    : { type: "integer", exclusiveMaximum: 100 };
}

function request(name: string): Values {
  const properties = {
    Filters: described("FilterList"),
    Name: described("String"),
    MaxResults: ref("MaxResults"),
  };
  return { type: "object", required: ["Name"], title: `${name}Request`, properties };
}

function result(retCode: Values | undefined, is30: boolean): Values {
  return {
    type: "object",
    ...(retCode === undefined ? {} : { required: ["RetCode"] }),
    properties: {
      ...(retCode === undefined ? {} : { RetCode: retCode }),
      Things: { type: "array", items: ref("Filter") },
      NextToken: is30 ? { type: "string", nullable: true } : { type: ["string", "null"] },
    },
  };
}

function headerParameters(): Values {
  return Object.fromEntries(
    headers.map((name) => [name, { name, in: "header", required: false, schema: { type: "string" } }]),
  );
}

function pathItem(name: string, isSigned: boolean, is30: boolean): Values {
  const schema = isSigned ? { oneOf: [ref(`${name}Result`), ref("ErrorResponse")] } : ref(`${name}Result`);
  const responses = {
    200: { description: "Success", content: { [isSigned ? "application/json" : "text/xml"]: { schema } } },
  };
  const style = isSigned ? { "x-actiongen-style": "indexed" } : {};
  const constant = (parameter: string, value: string) => ({
    name: parameter,
    in: "query",
    required: true,
    schema: { type: "string", enum: [value] },
  });
  const shared = [constant("Action", name), constant("Version", "2016-11-15")];
  const filters = { type: "array", items: { allOf: [ref("Filter"), { xml: { name: "Filter" } }] } };
  const body = { schema: ref(`${name}Request`) };
  const operation = { description: "Does it.", tags: ["Things"], responses };
  return {
    ...(isSigned
      ? {}
      : { parameters: headers.map((header) => ({ $ref: `#/components/parameters/${header}` })) }),
    get: {
      operationId: `GET_${name}`,
      ...operation,
      parameters: [
        { name: "Filters", in: "query", required: false, ...style, schema: filters },
        { name: "Name", in: "query", required: true, description: "The name.", schema: { type: "string" } },
        { name: "MaxResults", in: "query", schema: maxResults(is30) },
        ...shared,
      ],
    },
    post: {
      operationId: `POST_${name}`,
      ...operation,
      parameters: shared,
      requestBody: { content: { [isSigned ? "application/x-www-form-urlencoded" : "text/xml"]: body } },
    },
  };
}

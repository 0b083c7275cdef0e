/**
 * What lies between reading a specification and printing from it: plain data, no optional fields (`""`, `[]`
 * or `undefined` spelled out instead), since templates refuse to print what is missing.
 */
export interface ApiModel {
  readonly brand: Brand;
  readonly products: readonly Product[];
}

/** The configuration, `spec/actiongen.yaml`. */
export interface Brand {
  readonly name: string;
  /** Absolute, ends in `/`. */
  readonly baseUrl: string;
  readonly requestIdHeader: string;
  readonly environmentPrefix: string;
  /** Where the vendor's command keeps key pairs, from the user's home, with forward slashes. */
  readonly profileFile: string;
  readonly package: {
    readonly scope: string;
    readonly version: string;
    readonly license: string;
    readonly copyright: string;
    /** URL of the repository that the packages are generated in; `""` if not configured. */
    readonly repository: string;
    /** URL of the packages' home page; `""` if not configured. */
    readonly homepage: string;
    readonly keywords: readonly string[];
  };
  /** Parameters that an option of a client or of a call fills in, in every product: `Region` by `region`. */
  readonly locationOptions: Readonly<Record<string, string>>;
  /** RetCodes that the gateway itself can answer, whatever the action; ascending. */
  readonly retCodes: readonly RetCode[];
  /** The vendor's published key pair, for examples, recordings and the mock. */
  readonly exampleCredentials: { readonly publicKey: string; readonly privateKey: string };
}

export interface Product {
  /** Name of its folder: part of paths and of the package name. */
  readonly name: string;
  readonly title: string;
  readonly actions: readonly Action[];
  /** Every RetCode of its actions, ascending. */
  readonly retCodes: readonly RetCode[];
}

export interface Action {
  /** As on the wire, `DescribeUMemBackupURL`. */
  readonly name: string;
  /** Name of its function, `describeUMemBackupURL`. */
  readonly functionName: string;
  readonly summary: string;
  readonly description: string;
  readonly documentation: string;
  readonly parameters: readonly Field[];
  /** Parameters that the client adds itself: `Action` and the security schemes. */
  readonly publicParameters: readonly Field[];
  readonly response: readonly Field[];
  /** Name of the success schema among the components. */
  readonly responseSchema: string;
  /** Name of the error schema among the components. */
  readonly errorSchema: string;
  readonly models: readonly ObjectModel[];
  readonly retCodes: readonly RetCode[];
  readonly examples: readonly Example[];
  /** Whether repeating the call can do no harm. */
  readonly retrySafe: boolean;
  /** `undefined` for an action that answers all at once. */
  readonly paging: Paging | undefined;
  /** `undefined` for an action whose answer holds no links to download. */
  readonly download: Download | undefined;
  readonly deprecated: boolean;
  /** Where a fault of it is to be mended: a line of the vendor's page, or of the document where there is none. */
  readonly source: SourceRef;
  /** Where the document lies in the specification folder, with forward slashes; the same on every machine. */
  readonly documentPath: string;
  /** The document itself, with references to its own components only. */
  readonly document: OpenApiDocument;
}

export interface Field {
  readonly name: string;
  readonly type: TypeRef;
  readonly required: boolean;
  /** CommonMark. */
  readonly description: string;
  /** Not to be logged. */
  readonly sensitive: boolean;
  /** How its text is sent. */
  readonly encode: "none" | "base64";
  readonly deprecated: boolean;
  /** `undefined` where the document gives none. */
  readonly example: unknown;
}

export type TypeRef =
  | { readonly kind: "string" | "integer" | "number" | "boolean" | "json" }
  | { readonly kind: "enum"; readonly values: readonly (string | number)[]; readonly open: true }
  | { readonly kind: "array"; readonly items: TypeRef }
  | { readonly kind: "object"; readonly model: string };

/** An object type that fields refer to by name; may refer to itself. */
export interface ObjectModel {
  readonly name: string;
  readonly description: string;
  readonly fields: readonly Field[];
}

export interface RetCode {
  readonly code: number;
  readonly name: string;
  readonly meaning: string;
  readonly remedy: string;
  readonly retry: "always" | "throttle" | "credentials" | "idempotent" | "never";
}

/** Names of the parameters that ask for a part of a list, and of the fields with the number of all items and the items. */
export interface Paging {
  readonly offset: string;
  readonly limit: string;
  readonly total: string;
  readonly items: string;
}

/** A field of links to files, and the name of the function that downloads them. */
export interface Download {
  readonly function: string;
  readonly links: string;
}

export interface Example {
  /** Parameters of the call in the document's order, without the public ones. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly response: unknown;
}

export interface SourceRef {
  readonly file: string;
  /** 1-based; 0 where there is none. */
  readonly line: number;
}

/** A parsed OpenAPI 3.1 document. Only `scripts/model` looks inside. */
export type OpenApiDocument = Readonly<Record<string, unknown>>;

/** What an emitter returns; `path` is relative to the output folder, with forward slashes. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

import type { Release } from "./release.js";

/**
 * The contract between reading specifications and emitting files: types of plain data, nothing else. Every property is
 * present; what a specification leaves out is `""`, `[]` or `undefined`, since templates report what is missing.
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
  /** Location of the profiles of the vendor's command-line tool: relative to the user's home, with forward slashes. */
  readonly profileFile: string;
  readonly package: PackageSettings;
  /** Parameters that an option of a client or a call sets in every product, by option: `region` for `Region`. */
  readonly locationOptions: Readonly<Record<string, string>>;
  /** RetCodes that the gateway itself can return, for any action; ascending. */
  readonly retCodes: readonly RetCode[];
  /** The vendor's published key pair, for examples, recordings and the mock. */
  readonly exampleCredentials: { readonly publicKey: string; readonly privateKey: string };
  readonly docs: DocsSettings;
}

/** Settings of the reference. */
export interface DocsSettings {
  /** URL that it is published at, ends in `/`; `""` if not configured. */
  readonly url: string;
  /** Path that it is published under, starts and ends in `/`. */
  readonly basePath: string;
  /** Initial language of the interface. */
  readonly language: "en" | "zh";
  /** URL of a gateway that pages of other origins can call, for the request builder; `""` if there is none. */
  readonly endpoint: string;
  /** URL of the page where users find their keys; `""` if not configured. */
  readonly consoleUrl: string;
  /** Links in the header. */
  readonly links: readonly { readonly title: string; readonly url: string }[];
  /** The logo, an SVG document; `""` if not configured. */
  readonly logo: string;
  /** Color of links and buttons on a light and on a dark background: `#` and six hexadecimal digits. */
  readonly accent: { readonly light: string; readonly dark: string };
}

/** Metadata of every generated package. */
export interface PackageSettings {
  readonly scope: string;
  /** First version of a package: of each that `versions` does not list. */
  readonly version: string;
  /** Versions by the name of the package's folder, `core` or that of a product. */
  readonly versions: Readonly<Record<string, string>>;
  readonly license: string;
  readonly copyright: string;
  /** URL of the repository that the packages are generated in; `""` if not configured. */
  readonly repository: string;
  /** Path of the output folder in the repository, without `/` at the ends; `undefined` if it is not known. */
  readonly outputPath: string | undefined;
  /** URL of the packages' home page; `""` if not configured. */
  readonly homepage: string;
  /** URL where users report bugs; `""` if it is neither configured nor known from the repository. */
  readonly bugs: string;
  readonly keywords: readonly string[];
}

/** The actions of one package. */
export interface Product {
  /** Name of its folder: part of paths and of the package name. */
  readonly name: string;
  readonly title: string;
  /** Sorted by name. */
  readonly actions: readonly Action[];
  /** Every RetCode of its actions, ascending. */
  readonly retCodes: readonly RetCode[];
  /** What was released of its package, the newest first. */
  readonly history: readonly Release[];
}

/** What files that all products share, and pages of other products, know of a product. */
export interface ProductSummary {
  readonly name: string;
  readonly title: string;
  /** Sorted by name. */
  readonly actions: readonly ActionSummary[];
  /** Every RetCode of its actions except for the gateway's, ascending. */
  readonly retCodes: readonly RetCode[];
}

export interface ActionSummary {
  readonly name: string;
  readonly summary: string;
  readonly retrySafe: boolean;
  readonly deprecated: boolean;
  /** Names of its required parameters. */
  readonly required: readonly string[];
  /** Names of its parameters and of the fields of their objects, in the order of the reference, each once. */
  readonly parameters: readonly string[];
  /** Names of the fields of its response at any depth, except for those of every response, each once. */
  readonly fields: readonly string[];
}

export interface Action {
  /** As on the wire, `DescribeUMemBackupURL`. */
  readonly name: string;
  readonly names: ActionNames;
  readonly summary: string;
  /** CommonMark. */
  readonly description: string;
  /** URL of the vendor's documentation; `""` if there is none. */
  readonly documentation: string;
  readonly parameters: readonly Field[];
  /** Parameters that the client sets itself: `Action` and the security schemes. */
  readonly publicParameters: readonly Field[];
  /** Name of the model of the success body; its fields are those of the response. */
  readonly responseModel: string;
  /** Name of the model of the error body. */
  readonly errorModel: string;
  /** Object types of parameters and bodies, in the order in which they are referenced. */
  readonly models: readonly ObjectModel[];
  /** The enumerations of its parameters and of its response, in their order. */
  readonly knownValues: readonly KnownValues[];
  /** Its own and the gateway's, ascending. */
  readonly retCodes: readonly RetCode[];
  readonly examples: readonly Example[];
  /** The success body that the document shows; `undefined` if it shows none. */
  readonly responseExample: unknown;
  /** Parameters that samples contain besides the required ones, or instead of their examples; not encoded in base64. */
  readonly sample: Readonly<Record<string, unknown>>;
  /** Whether a call can be sent again although it may have taken effect already. */
  readonly retrySafe: boolean;
  /** `undefined` if the action returns everything at once. */
  readonly paging: Paging | undefined;
  /** `undefined` if the response has no links to download. */
  readonly download: Download | undefined;
  /** `undefined` if it does not list anything whose state changes. */
  readonly wait: Wait | undefined;
  readonly deprecated: boolean;
  /** Location to report problems of the action at: a line of the vendor's page, or of the document if it has no page. */
  readonly source: SourceRef;
  /** Path of the document in the specification folder, with forward slashes. */
  readonly documentPath: string;
  /** The document, with references to its own components only. Only `scripts/openapi` looks inside. */
  readonly document: OpenApiDocument;
}

/** The exported identifiers of an action, unique in its product's package. */
export interface ActionNames {
  /** `describeUMemBackupURL`. */
  readonly function: string;
  /** `describeUMemBackupURLOperation`. */
  readonly operation: string;
  /** `validateDescribeUMemBackupURL`. */
  readonly validator: string;
  /** `describeUMemBackupURLExample`. */
  readonly example: string;
  /** `DescribeUMemBackupURLParams`. */
  readonly params: string;
  /** `DescribeUMemBackupURLResponse`. */
  readonly response: string;
  /** `DescribeUMemBackupItem`, of an action that lists items: with `paging` or `wait`. */
  readonly item: string;
}

/** A parameter, or a field of an object. */
export interface Field {
  /** As on the wire. */
  readonly name: string;
  readonly type: Type;
  readonly required: boolean;
  /** CommonMark. */
  readonly description: string;
  /** Whether its value must not be logged or quoted. */
  readonly sensitive: boolean;
  readonly deprecated: boolean;
  /** Value that the gateway assumes; `undefined` if the document names none. */
  readonly default: unknown;
  /** `undefined` if the document has none. */
  readonly example: unknown;
}

/**
 * The type of a value: the one conversion of a JSON Schema that TypeScript types, parameter checks, response validation,
 * reference and contract check all use.
 */
export type Type = { readonly nullable: boolean } & (
  | StringType
  | NumberType
  | { readonly kind: "boolean" }
  | EnumType
  | { readonly kind: "const"; readonly value: unknown }
  | { readonly kind: "array"; readonly items: Type; readonly limits: Limits }
  | { readonly kind: "map"; readonly values: Type }
  | { readonly kind: "object"; readonly model: string }
  | { readonly kind: "union"; readonly members: readonly Type[] }
  | { readonly kind: "json" }
);

export interface StringType {
  readonly kind: "string";
  /** JSON Schema format, such as `uri`; `""` if there is none. */
  readonly format: string;
  /** `base64`: the client encodes the value before it is sent. */
  readonly encoding: "none" | "base64";
  readonly limits: Limits;
}

export interface NumberType {
  readonly kind: "integer" | "number";
  readonly limits: Limits;
}

/** Known values of a string or number. Open: other values are valid too, since the vendor adds some. */
export interface EnumType {
  readonly kind: "enum";
  /** Type of the values. */
  readonly of: "string" | "integer" | "number";
  readonly values: readonly (string | number)[];
}

/** Type of the values of an enumeration that are known, for programs that handle each of them. */
export interface KnownValues {
  /** Name of the type, unique in its product's package: `DescribeUMemSpaceProtocol`. */
  readonly name: string;
  /** Name of the parameter or field. */
  readonly field: string;
  readonly values: readonly (string | number)[];
}

/** Keywords of JSON Schema that bound a value: `minimum`, `maxLength`, `pattern` and so on. */
export type Limits = Readonly<Record<string, number | string | boolean>>;

/** An object type that fields refer to by name; may refer to itself. */
export interface ObjectModel {
  /** Unique in the action: the component's name, or the path of an inline object (`CreateDisks.Disks`). */
  readonly name: string;
  /** Name of its interface, unique in the action's module. */
  readonly typeName: string;
  readonly description: string;
  readonly fields: readonly Field[];
  /** Type of the fields that `fields` does not list; `undefined` if the schema says nothing of them. */
  readonly additional: Type | undefined;
}

export interface RetCode {
  readonly code: number;
  readonly name: string;
  readonly meaning: string;
  readonly remedy: string;
  /** Causes in order of likelihood; can be empty. */
  readonly causes: readonly string[];
  /** Names of the actions that it is specific to, in the order of the table; empty for a RetCode of any action. */
  readonly actions: readonly string[];
  /** When a call that fails with it can be retried, see spec/README.md. */
  readonly retry: "always" | "throttle" | "credentials" | "idempotent" | "never";
}

/** How a list is returned page by page: names of parameters (`offset`, `limit`) and of response fields. */
export interface Paging {
  readonly offset: string;
  readonly limit: string;
  /** Field with the number of all items. */
  readonly total: string;
  /** Field with the items of the page. */
  readonly items: string;
}

/** The field with links to files, and the name of the function that downloads them. */
export interface Download {
  readonly function: string;
  readonly links: string;
}

/** How the state of what an action lists is found, and the function that waits until it is final. */
export interface Wait {
  readonly function: string;
  /** Response field with the list. */
  readonly items: string;
  /** Field that identifies an item. */
  readonly id: string;
  /** Field with the state of an item. */
  readonly state: string;
  /** States of an item that is done. */
  readonly done: readonly string[];
  /** States of an item that has failed. */
  readonly failed: readonly string[];
}

/** A documented call. */
export interface Example {
  /** Parameters in the document's order, without the public ones. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** `undefined` if the document shows none. */
  readonly response: unknown;
}

export interface SourceRef {
  readonly file: string;
  /** 1-based; 0 if there is none. */
  readonly line: number;
}

/** A parsed OpenAPI 3.1 document. */
export type OpenApiDocument = Readonly<Record<string, unknown>>;

/** A file to write; `path` is relative to the output folder, with forward slashes. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

import type { Download, Paging } from "../model/api-model.js";
import type { Path } from "./pointer.js";

/** The parts of a valid OpenAPI document that this program looks at, with its own extensions. */

/** A JSON Schema object of a valid document, as far as this program looks at it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly contentEncoding?: string;
  readonly format?: string;
  readonly "x-actiongen-sensitive"?: boolean;
}

export interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { value?: unknown }>>;
  readonly schema?: Schema;
  readonly "x-actiongen-style"?: "indexed";
  readonly "x-actiongen-sensitive"?: boolean;
}

export interface GetOperation {
  readonly operationId: string;
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly externalDocs?: { readonly url: string };
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<Record<string, { content?: Record<string, MediaType> }>>;
  readonly "x-actiongen-retry-safe"?: boolean;
  readonly "x-actiongen-retcodes"?: unknown;
  readonly "x-actiongen-paging"?: Paging;
  readonly "x-actiongen-download"?: Download;
}

interface MediaType {
  readonly schema?: Schema;
  readonly example?: unknown;
}

/** A document that holds one action. */
export interface ActionDocument {
  readonly paths: { readonly "/": { readonly get: GetOperation } };
  readonly components?: {
    readonly securitySchemes?: Readonly<
      Record<string, { type: string; in?: string; name?: string; description?: string }>
    >;
  };
}

/** A parameter, references followed, and where it stands. */
export interface PlacedParameter {
  readonly parameter: Parameter;
  readonly path: Path;
}

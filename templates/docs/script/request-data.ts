import type { Fields } from "../../runtime/operation.js";

/** What samples and the request builder need to know of an action. Each action page carries it as JSON. */
export interface RequestData {
  readonly action: string;
  /** Whether a call changes nothing. */
  readonly isRead: boolean;
  /** Types of the parameters, as in the client's record of the action (templates/runtime/operation.ts). */
  readonly parameters: Fields;
  /** Object types that the parameters refer to. */
  readonly models: Readonly<Record<string, Fields>>;
  /** Known values of enumerations, by parameter (`ChargeType`), or by model and field (`CreateDisks.Type`). */
  readonly choices: Readonly<Record<string, readonly (string | number)[]>>;
  /** Parameters of the static samples: required ones, and those that an overlay adds; not yet encoded in base64. */
  readonly sample: Readonly<Record<string, unknown>>;
  readonly client: ClientData;
}

/** How the generated client makes a call. */
export interface ClientData {
  /** `@dezai/umem`. */
  readonly package: string;
  /** `describeUMemBackupURL`. */
  readonly function: string;
  /** Type of the parameters, `DescribeUMemBackupURLParams`. */
  readonly params: string;
  /** Field of the response to print; `""` to print all of it. */
  readonly result: string;
  readonly isPaged: boolean;
  /** `downloadBackup`; `""` if there are no files to download. */
  readonly download: string;
}

/** Settings that all pages of a site share. */
export interface SiteData {
  readonly baseUrl: string;
  /** `DEZAI` for the variables `DEZAI_PUBLIC_KEY` and so on. */
  readonly environmentPrefix: string;
  /** URL of a gateway that pages of other origins can call; `""` if there is none. */
  readonly endpoint: string;
  /** Response header with the identifier of a request. */
  readonly requestIdHeader: string;
}

declare global {
  /** Set at the start of `action.js`. */
  var actiongenSite: SiteData;
}

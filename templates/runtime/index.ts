export { ActionCall, type CallResponse, type CallResult } from "./action-call.js";
export type { CallEnd, CallObserver, CallStart, ContractReport, Observe } from "./call.js";
export {
  type CallOptions,
  type Connection,
  type ConnectionOptions,
  connect,
  type Settings,
  type SharedOptions,
} from "./connection.js";
export {
  type Credentials,
  type CredentialsProvider,
  credentialsFromEnvironment,
  type Environment,
  type KeyPair,
  type Signer,
  type SignerCredentials,
} from "./credentials.js";
export {
  AbortError,
  ActionError,
  type CallError,
  ConfigurationError,
  CredentialsError,
  HttpError,
  InvalidParameterError,
  InvalidResponseError,
  NetworkError,
  type ParameterIssue,
  RetCodeError,
  type RetCodeInfo,
  type RetCodeTable,
  TimeoutError,
  type Violation,
} from "./errors.js";
export type { LargeIntegers } from "./exact-json.js";
export { throwFailedItems } from "./failed-items.js";
export { type CallLogger, createLogger, type Logger, type LogLevel } from "./log.js";
export { type OldFields, type OldModels, type OldNames, oldNames } from "./old-names.js";
export type { AnyOperation, Fields, Operation, PagedOperation, Paging } from "./operation.js";
export { PagedCall, pagedCall } from "./paging.js";
export { flattenParameters, type ParameterValue, serializeParameters } from "./parameters.js";
export type { Fetch, FetchInit, PlatformResponse, PlatformSignal } from "./platform.js";
export { type FailedItem, type FailingItem, failedItems } from "./response.js";
export type { RetCodeName, RetCodeNames } from "./retcode-names.js";
export type { RetryContext } from "./retry.js";
export type { ActionRequest, Middleware } from "./send.js";
export {
  privateKeyPlaceholder,
  sign,
  signedNames,
  signParameters,
  stringToSign,
  withCredentials,
} from "./signature.js";
export {
  type StateFields,
  WaitError,
  type WaitForOptions,
  type WaitOptions,
  waitFor,
  waitForItems,
} from "./wait.js";

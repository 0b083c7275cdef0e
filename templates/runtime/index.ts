export {
  type CallOptions,
  type CallParams,
  type Connection,
  type ConnectionOptions,
  connect,
  type DefaultedNames,
  type KnownDefaults,
  type Operation,
  type Settings,
} from "./connection.js";
export {
  type Credentials,
  type CredentialsProvider,
  credentialsFromEnvironment,
  type Environment,
} from "./credentials.js";
export {
  ActionError,
  ConfigurationError,
  CredentialsError,
  HttpError,
  InvalidParameterError,
  InvalidResponseError,
  NetworkError,
  type ParameterFault,
  RetCodeError,
  type RetCodeInfo,
  type RetCodeTable,
} from "./errors.js";
export { flattenParameters, type ParameterValue, serializeParameters } from "./parameters.js";
export {
  privateKeyPlaceholder,
  sign,
  signedNames,
  signParameters,
  stringToSign,
  withCredentials,
} from "./signature.js";
export { signingMiddleware } from "./signing-middleware.js";
export {
  createTransport,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from "./transport.js";

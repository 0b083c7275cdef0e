/** A gateway for the tests of programs: what the entry `testing` of every product is made of. */
export {
  createFakeGateway,
  type FakeGateway,
  type FakeGatewayOptions,
  type OperationExample,
  testCredentials,
} from "./testing/gateway.js";
export { fromRecording, type HttpArchive, type MatchOptions } from "./testing/recording.js";
export {
  type Answer,
  delayed,
  type FakeCall,
  fail,
  type Given,
  httpAnswer,
  networkError,
  Reply,
  throttled,
} from "./testing/replies.js";

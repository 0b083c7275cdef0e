/** Fake gateway for the tests of programs: the implementation of each product's entry `testing`. */
export * from "./testing/gateway.js";
export type { HarEntry, HttpArchive } from "./testing/har.js";
export { fromRecording, type MatchOptions } from "./testing/recording.js";
export {
  delayed,
  type FakeCall,
  fail,
  httpResponse,
  MockReply,
  type MockResponse,
  networkError,
  type PartialBody,
  throttled,
} from "./testing/replies.js";

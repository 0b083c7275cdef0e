export { downloadLinks } from "./node/download.js";
export {
  DownloadError,
  type DownloadedFile,
  type DownloadFailure,
  type DownloadReason,
} from "./node/download-error.js";
export type {
  DownloadItem,
  DownloadOptions,
  DownloadProgress,
  LinkSource,
  SinkItem,
} from "./node/options.js";
export { type ProfileDefaults, type ProfileOptions, profileCredentials } from "./node/profile.js";
export { callOptions } from "./node/settings.js";

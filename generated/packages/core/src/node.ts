export { downloadLinks } from "./node/download.js";
export {
  DownloadError,
  type DownloadedFile,
  type DownloadFailure,
  type DownloadReason,
} from "./node/download-error.js";
export type { DownloadOptions, DownloadProgress, LinkSource } from "./node/options.js";
export { type ProfileDefaults, type ProfileOptions, profileCredentials } from "./node/profile.js";

import { mountBuilder } from "../builder/builder.js";
import { curlSample } from "../samples/curl.js";
import { pythonSample } from "../samples/python.js";
import { typeScriptSample } from "../samples/typescript.js";

/** The script of the pages of actions. */
addEventListener("DOMContentLoaded", () => {
  mountBuilder({ TypeScript: typeScriptSample, curl: curlSample, Python: pythonSample });
});

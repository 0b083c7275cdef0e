#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import { loadBundle } from "./toolkit-bundle.mjs";

// Long runs take seconds, in which to optimise what is soon done costs more than it saves: so wait longer with it.
setFlagsFromString("--interrupt-budget=600000");

const args = process.argv.slice(2);
const bundle = await loadBundle(/^[a-z]+$/.test(args[0] ?? "") ? args[0] : "none");
if (bundle !== undefined) {
  process.exitCode = await bundle.toolkit.main(args, new URL("threads/worker.mjs", import.meta.url));
  bundle.keepCode();
} else {
  // Without a place to keep a bundle, the sources run as they are.
  const { register } = await import("tsx/esm/api");
  register();
  const { main } = await import("./cli.ts");
  process.exitCode = await main(args);
}

#!/usr/bin/env node
// Lets Node run the TypeScript of this folder, then hands over.
import { register } from "tsx/esm/api";

register();
const { main } = await import("./cli.ts");
process.exitCode = await main(process.argv.slice(2));

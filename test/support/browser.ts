import { existsSync } from "node:fs";
import { type Browser, chromium as playwright } from "playwright-core";

/** Starts Chromium: Debian's, or that of the variable CHROMIUM. */
export async function startChromium(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  if (!existsSync(executablePath))
    throw new Error(
      `${executablePath} does not exist: install Chromium (apt-get install chromium), or set CHROMIUM`,
    );
  return await playwright.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
}

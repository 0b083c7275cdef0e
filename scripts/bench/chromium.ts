import { existsSync } from "node:fs";
import { type Browser, chromium as playwright } from "playwright-core";

/** Path of Chromium: Debian's, or that of the variable CHROMIUM. */
export const chromiumPath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Starts Chromium. @throws Error if it is not installed. */
export async function startChromium(): Promise<Browser> {
  if (!existsSync(chromiumPath))
    throw new Error(
      `${chromiumPath} does not exist: install Chromium (apt-get install chromium), or set CHROMIUM`,
    );
  return await playwright.launch({
    executablePath: chromiumPath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
}

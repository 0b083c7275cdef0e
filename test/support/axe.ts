import axe from "axe-core";
import type { Page } from "playwright-core";

/** Rules about colours, the only ones whose result depends on the theme. */
const colourRules = ["color-contrast", "link-in-text-block"];

/**
 * Runs axe with the rules of WCAG A and AA on a page as it is.
 *
 * @param rules all of them, or only those about colours.
 * @returns violations with the elements that have them.
 */
export async function axeViolations(page: Page, rules: "all" | "colours" = "all"): Promise<string[]> {
  // Evaluated by the browser's debugger, which the content security policy of the page does not apply to.
  await page.evaluate(axe.source);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const runOnly = rules === "all" ? { type: "tag", values: tags } : { type: "rule", values: colourRules };
  const violations = await page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    return (
      await axe.run(document, {
        runOnly: runOnly as import("axe-core").RunOnly,
        // Loading the style sheet again is against the policy of the page.
        preload: false,
      })
    ).violations;
  }, runOnly);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
  );
}

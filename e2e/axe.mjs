import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Serious and critical findings, in words. */
export async function seriousFindings(page) {
  // evaluate runs outside the page's content security policy, unlike a script element.
  await page.evaluate(source);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }),
  );
  return violations
    .filter((violation) => violation.impact === "serious" || violation.impact === "critical")
    .map((violation) => {
      const first = violation.nodes[0];
      return `${violation.id} ×${violation.nodes.length}: ${violation.help} — ${first?.html.slice(0, 160)} — ${first?.any[0]?.message ?? ""}`;
    });
}

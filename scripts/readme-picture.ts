/**
 * Takes the pictures of the report that README shows, light and dark.
 *
 * Usage: node scripts/readme-picture.ts
 */
import { mkdirSync } from "node:fs";
import { assess } from "../src/assess/index.ts";
import { openDossier } from "../src/cli/target.ts";
import { renderReport } from "../src/report/index.ts";
import { launchBrowser } from "../test/support/browser.ts";

const FOLDER = "docs/images";
const { assessment } = assess(openDossier("ukraine-2024"), {}, { seed: 1 });
if (assessment === undefined) throw new Error("the bundled case cannot be assessed");
const report = await renderReport(assessment);

mkdirSync(FOLDER, { recursive: true });
const browser = await launchBrowser();
for (const colorScheme of ["light", "dark"] as const) {
  const page = await browser.newPage({ viewport: { width: 880, height: 1000 }, colorScheme });
  await page.setContent(report);
  // The answers in brief, and the first figure, without what stands between them.
  await page.addStyleTag({ content: "nav, #why > p, .asked, .asked + .definition { display: none }" });
  const figure = await page.locator("figure").first().boundingBox();
  const clip = { x: 28, y: 20, width: 824, height: (figure?.y ?? 0) + 572 };
  await page.screenshot({ path: `${FOLDER}/report-${colorScheme}.png`, fullPage: true, clip });
  await page.close();
}
await browser.close();

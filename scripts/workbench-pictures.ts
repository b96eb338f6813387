/**
 * Takes the pictures of the workbench that README shows, light and dark, from what `npm run build:web` built.
 *
 * Usage: node scripts/workbench-pictures.ts
 */
import { mkdirSync } from "node:fs";
import { launchBrowser } from "../test/support/browser.ts";
import { buildWorkbench, openPage, serveFolder } from "../test/support/workbench.ts";

const FOLDER = "docs/images";
const PICTURES = [
  ["brief", "#/ukraine-2024?reading=ripeness", "figure svg"],
  ["parties", "#/ukraine-2024/parties", "[role=grid]"],
  ["futures", "#/ukraine-2024/futures?t=24", "figure svg"],
] as const;

mkdirSync(FOLDER, { recursive: true });
const site = await serveFolder(buildWorkbench());
const browser = await launchBrowser();
for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, hash, drawn] of PICTURES) {
    // The case as coded comes first, so that what a reading moves stands beside where it was.
    const { page } = await openPage(browser, `${site.address}#/ukraine-2024`, {
      viewport: { width: 1240, height: 860 },
      colorScheme,
    });
    await page.locator("[data-answer=when] .row-value").first().waitFor();
    await page.locator(".work.on").waitFor({ state: "detached", timeout: 120_000 });
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
    await page.locator(drawn).first().waitFor();
    await page.waitForTimeout(500);
    await page.locator(".work.on").waitFor({ state: "detached", timeout: 120_000 });
    if (name === "brief") await page.locator(".moved").scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${FOLDER}/workbench-${name}-${colorScheme}.png` });
    await page.context().close();
  }
}
await browser.close();
site.close();

/**
 * Takes pictures of a report, for a look before it ships: desktop and phone, light and dark.
 *
 * Usage: node scripts/pictures.ts REPORT.html FOLDER
 */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launchBrowser } from "../test/support/browser.ts";

const [report = "report.html", folder = "test-output"] = process.argv.slice(2);
/** Height of a part, in pixels. */
const PART = 1600;

mkdirSync(folder, { recursive: true });
const browser = await launchBrowser();
for (const [name, width, height] of [
  ["desktop", 1024, 1400],
  ["phone", 390, 844],
] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme, deviceScaleFactor: 1 });
    await page.goto(pathToFileURL(resolve(report)).href);
    const total = await page.evaluate(() => document.documentElement.scrollHeight);
    // A long page in parts: a picture of all of it cannot be looked at.
    for (let part = 0, y = 0; y < total; part++, y += PART) {
      const clip = { x: 0, y, width, height: Math.min(PART, total - y) };
      const path = join(folder, `${name}-${colorScheme}-${String(part + 1).padStart(2, "0")}.png`);
      await page.screenshot({ path, fullPage: true, clip });
    }
    await page.close();
  }
}
await browser.close();

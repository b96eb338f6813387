import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { lookAt, WIDTHS } from "../../browser/workbench-looks.ts";
import { launchBrowser } from "../../support/browser.ts";
import { buildWorkbench, openPage, serveFolder } from "../../support/workbench.ts";

let site: Awaited<ReturnType<typeof serveFolder>>;
let browser: Browser;

beforeAll(async () => {
  site = await serveFolder(buildWorkbench());
  browser = await launchBrowser();
}, 600_000);
afterAll(async () => {
  await browser?.close();
  site?.close();
});

lookAt((hash, options) => openPage(browser, site.address + hash, options), { light: WIDTHS, dark: WIDTHS });

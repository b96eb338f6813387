import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { overflow, settled } from "../../browser/workbench-looks.ts";
import { launchBrowser } from "../../support/browser.ts";
import { folderWith } from "../../support/cli.ts";
import { manyClaims, manyParties, manyStates } from "../../support/large-cases.ts";
import { buildWorkbench, openPage, serveFolder } from "../../support/workbench.ts";

let site: Awaited<ReturnType<typeof serveFolder>>;
let browser: Browser;

beforeAll(async () => {
  site = await serveFolder(buildWorkbench());
  browser = await launchBrowser();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  site?.close();
});

/** More elements than this make a page slow to lay out. */
const MOST_ELEMENTS = 15_000;

const elements = (page: Page) => page.evaluate(() => document.querySelectorAll("*").length);

/** Opens a case from a file, and waits for its answers. */
async function opened(name: string, text: string) {
  const { page, said } = await openPage(browser, site.address);
  const file = join(folderWith({ [`${name}.yaml`]: text }), `${name}.yaml`);
  await page.locator("[data-pick=file]").first().setInputFiles(file);
  await page.locator("[data-answer=why]").waitFor({ timeout: 60_000 });
  await settled(page);
  const go = (to: string) =>
    page.evaluate((hash) => {
      location.hash = hash;
    }, `#/my-${name}${to}`);
  return { page, said, go };
}

describe("a large case in the workbench", () => {
  it("of 1 000 claims is cut and searched, not poured out", async () => {
    const { page, said, go } = await opened("many-claims", manyClaims(1000));
    await go("/evidence");
    await page.locator("h1", { hasText: "What do we know" }).waitFor();
    await settled(page);
    expect(await elements(page)).toBeLessThan(MOST_ELEMENTS);
    await page.getByRole("searchbox").first().fill("number 777 ");
    await page.locator("main a:visible", { hasText: "777" }).first().click();
    await expect.poll(() => decodeURIComponent(page.url())).toContain("c777");
    await go("?edit=claims");
    await page.locator(".edit-panel").waitFor();
    expect(await elements(page)).toBeLessThan(MOST_ELEMENTS);
    expect(await overflow(page)).toBe(0);
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("of 4 096 states shows the part that matters, and the state that is chosen", async () => {
    const { page, said, go } = await opened("many-states", manyStates());
    await go("/stability");
    await page.locator(".pane svg > g").first().waitFor({ timeout: 60_000 });
    expect(await elements(page)).toBeLessThan(MOST_ELEMENTS);
    expect(await page.locator("main").textContent()).toContain("4096");
    await go("/stability?sel=everything");
    await page.locator("#situation-h", { hasText: "Everything is done" }).waitFor();
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("of ten parties shows who would refuse what, and judges a package that is put together", async () => {
    const { page, said, go } = await opened("many-parties", manyParties());
    await go("/parties");
    await page.locator("[role=grid]").waitFor();
    // A column for each party, and one for the issues.
    expect(await page.locator("[role=grid] thead th").count()).toBeGreaterThanOrEqual(11);
    await go("/terms?pick=i0:a,i1:b");
    await page.locator("h1", { hasText: "Which terms" }).waitFor();
    await settled(page);
    await expect.poll(() => page.locator("main").textContent(), { timeout: 60_000 }).toContain("Party J");
    expect(await elements(page)).toBeLessThan(MOST_ELEMENTS);
    expect(await overflow(page)).toBe(0);
    expect(said).toEqual([]);
    await page.context().close();
  });
});

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { settled } from "../../browser/workbench-looks.ts";
import { launchBrowser } from "../../support/browser.ts";
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

const answer = (page: Page, id: string) => page.locator(`[data-answer=${id}]`);
const ANSWERS = ["why", "when", "what", "holds", "changes"] as const;

describe("the first two minutes of somebody who writes no code", () => {
  it("lead from a finished, cited case to a copy of one's own with a changed assumption", async () => {
    // A finished, cited case, without signing in.
    const { page, said } = await openPage(browser, `${site.address}#/ukraine-2024`);
    const thesis = page.locator(".thesis");
    await thesis.waitFor();
    expect(await thesis.locator("cite").first().textContent()).toMatch(/Ding Xiaoxing/);
    for (const id of ANSWERS) expect(await answer(page, id).locator(".headline").textContent()).toMatch(/\d|stable/);
    // Each likelihood is a range over readings that are named.
    expect(await answer(page, "when").textContent()).toMatch(/\d+–\d+\s% over \d+ readings/);
    const figure = page.locator("figure", { hasText: "Talks by" }).first();
    await figure.locator("svg").first().waitFor();
    expect(await figure.locator("[role=img]").getAttribute("aria-label")).toMatch(/No bargaining range \d+\s%/);

    // The argument on one page: what the source claims, what data say, what engines make of it.
    const text = (await page.locator("section[aria-labelledby=links-h]").textContent()) ?? "";
    for (const claim of ["No quick victory", "Differences are huge", "Front deadlocked"]) expect(text).toContain(claim);
    expect(text).toMatch(/agree/);
    expect(text).toMatch(/depends on the reading/);

    // One claim: its series, its test, and the limits of both.
    await page.evaluate(() => {
      location.hash = "#/ukraine-2024/evidence?sel=talks-2025/deadlock";
    });
    await page.locator("h1", { hasText: "What do we know" }).waitFor();
    const card = page.locator(".claim-card");
    await card.waitFor();
    expect(await card.textContent()).toMatch(/supported/);
    const series = page.locator(".indicator", { hasText: "supported" }).first();
    await series.locator("summary").first().click();
    await series.getByText("Its limits").waitFor();
    expect(await series.locator(".tests").textContent()).toMatch(/supported/);
    await page.goBack();

    // Another reading: the answers move, what was there stays as ghosts.
    await answer(page, "when").waitFor();
    await settled(page);
    const rows = async () =>
      Object.fromEntries(
        await Promise.all(
          ANSWERS.map(async (id) => [id, (await answer(page, id).locator(".row-value").allTextContents()).join()]),
        ),
      ) as Record<string, string>;
    const before = await rows();
    const names = await page.locator(".field.reading option").allTextContents();
    await page.locator(".field.reading select").selectOption({ label: "No bargaining range" });
    expect(names).toContain("No bargaining range");
    await expect.poll(async () => (await rows())["when"], { timeout: 30_000 }).not.toBe(before["when"]);
    await settled(page);
    const under = await rows();
    for (const id of ["why", "when", "what", "changes"]) expect(under[id], id).not.toBe(before[id]);
    expect(await page.locator(".ghost").count()).toBeGreaterThan(3);
    await page.locator(".field.reading select").selectOption({ label: "As coded" });
    await expect.poll(async () => (await rows())["when"], { timeout: 30_000 }).toBe(before["when"]);

    // A claim that is doubted: what moves, and by how much.
    await page.locator(".doubts summary").click();
    await page.getByRole("checkbox", { name: "No quick victory" }).uncheck();
    await expect.poll(() => page.locator(".moved").textContent(), { timeout: 30_000 }).toMatch(/\d+\s% → \d+\s%/);
    expect(page.url()).toContain("off=");

    // Make it yours: the same page and view, of a case that can be changed.
    await page.getByRole("button", { name: "Make it yours" }).first().click();
    await page.waitForURL(/#\/my-ukraine-2024/);
    expect(page.url()).toContain("off=");
    await answer(page, "when").waitFor();
    expect(said).toEqual([]);
    await page.context().close();
  });
});

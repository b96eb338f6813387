import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { buildWorkbench, openPage, serveFolder } from "../support/workbench.ts";
import { settled, violations } from "./workbench-looks.ts";

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

const open = (hash: string, width = 1280) =>
  openPage(browser, site.address + hash, { viewport: { width, height: 900 }, bypassCSP: true });
const selected = (page: Page) => new URLSearchParams(new URL(page.url()).hash.split("?")[1]).get("sel");
const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

describe("the evidence page", () => {
  it("shows the argument as map and outline in step, a claim in full, sources to untick, and what was known when", async () => {
    const { page, said } = await open("#/colombia-2012/evidence");
    await page.locator(".argument .pane svg > g").first().waitFor();
    await settled(page);

    // A box of the map is a claim of the page.
    await page.locator(".argument .pane svg > g", { hasText: "Agenda signed" }).click();
    await page.locator("#claim-h", { hasText: "Agenda signed beforehand" }).waitFor();
    const [question, claim] = (selected(page) ?? "").split("/");
    expect([question, claim].every((part) => (part ?? "") !== "")).toBe(true);
    expect(await page.locator(".claim-card .critical dt").count()).toBeGreaterThan(4);
    expect(await page.locator(".claim-card").textContent()).toMatch(/Without it 55\s% becomes \d+\s%/);
    expect(await page.locator(".claim-card a", { hasText: "Edit this claim" }).getAttribute("href")).toContain(
      `edit=claims.${claim}`,
    );

    // The outline has the same claim chosen, and moves by keys.
    await page.getByText("Outline", { exact: true }).click();
    const pressed = page.locator(".outline .claim-name[aria-pressed=true]");
    expect(await pressed.first().textContent()).toBe("Agenda signed beforehand");
    expect(await page.locator(".outline .fold[aria-expanded=true]").count()).toBe(0);
    const fold = page.locator(".outline .fold").first();
    await fold.focus();
    await page.keyboard.press("ArrowRight");
    expect(await fold.getAttribute("aria-expanded")).toBe("true");
    await page.keyboard.press("ArrowLeft");
    expect(await fold.getAttribute("aria-expanded")).toBe("false");
    await page.locator(".outline .claim-name").first().focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const second = await page.locator(".outline .claim-name").nth(1).textContent();
    await page.locator("#claim-h", { hasText: second ?? "" }).waitFor();

    // Without a source, what rests on it alone goes, and what moves keeps a ghost.
    const source = page.locator(".source-list input[type=checkbox]").first();
    await source.uncheck();
    await expect.poll(() => page.url(), { timeout: 10_000 }).toContain("off=");
    await page.locator(".moved-to").waitFor({ timeout: 20_000 });
    expect(await page.locator(".moved-to").textContent()).toMatch(/55\s% → /);
    expect(await page.locator(".was").count()).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Take all sources back in" }).click();
    await expect.poll(() => page.url()).not.toContain("off=");
    await settled(page);

    // Earlier less was known; the address carries the day, and one step back undoes a move.
    const slider = page.getByRole("slider");
    await slider.focus();
    await page.keyboard.press("PageDown");
    await page.keyboard.press("PageDown");
    await expect.poll(() => page.url()).toContain("asof=");
    await page.keyboard.press("Home");
    await expect
      .poll(() => page.locator(".asof-line").textContent(), { timeout: 20_000 })
      .toMatch(/Not yet known.*claim/);
    expect(await slider.getAttribute("aria-valuetext")).toMatch(/\d{4}$/);
    await page.locator(".asof-line button").click();
    await expect.poll(() => page.url()).not.toContain("asof=");
    await settled(page);

    // A series unfolds to its chart with its limits.
    const indicator = page.locator(".indicator").first();
    await indicator.locator("summary").first().click();
    await indicator.locator(".chart svg, table").first().waitFor();
    await page.locator(".case-map svg").waitFor();
    expect(await page.evaluate(over)).toBe(0);
    expect(await violations(page)).toEqual([]);
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("tells on the brief what to watch, and what moved since last time, until it is told to forget", async () => {
    const { page, said } = await open("#/colombia-2012", 390);
    await page.locator(".since-line").waitFor({ timeout: 20_000 });
    expect(await page.locator(".since-line").textContent()).toContain("has not changed since");
    expect(await page.locator(".watch li").count()).toBeGreaterThan(0);
    await page.evaluate(() => {
      const key = "parley-visit/colombia-2012";
      const visit = JSON.parse(localStorage.getItem(key) ?? "{}");
      visit.hash = "another";
      visit.figures[0].text = "1 %";
      visit.entries["claims.gone"] = "x";
      localStorage.setItem(key, JSON.stringify(visit));
    });
    await page.reload();
    await page.locator(".since").waitFor({ timeout: 20_000 });
    expect(await page.locator(".since").textContent()).toMatch(/1 % → .*claims\.gone gone/s);
    await page.locator(".case-map svg").waitFor();
    expect(await page.evaluate(over)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Forget" }).click();
    expect(await page.locator(".since-line").textContent()).toContain("not remembered");

    // A source that is named has its card.
    await page.goto(`${site.address}#/colombia-2012?because=${encodeURIComponent("source:icg-2012")}`);
    const card = page.getByRole("complementary", { name: "Reasons" }).locator(".source-card");
    await card.waitFor();
    expect(await card.textContent()).toMatch(/International Crisis Group.*25 September 2012.*What rests on it/s);
    expect(said).toEqual([]);
    await page.context().close();
  });
});

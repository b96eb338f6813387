import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { buildWorkbench, openPage, serveFolder } from "../support/workbench.ts";
import { violations } from "./workbench-looks.ts";

const BUILD = 300_000;
const SLOW = 60_000;

let site: Awaited<ReturnType<typeof serveFolder>>;
let browser: Browser;

beforeAll(async () => {
  site = await serveFolder(buildWorkbench());
  browser = await launchBrowser();
}, BUILD);
afterAll(async () => {
  await browser?.close();
  site?.close();
});

const open = (hash: string, options?: Parameters<typeof openPage>[2]) =>
  openPage(browser, site.address + hash, options);
const ledger = (page: Page) => page.locator(".ledger");
const hashOf = (page: Page): string => decodeURIComponent(new URL(page.url()).hash);

describe("the page Terms", () => {
  it("judges a package as it is put together, keeps it in the address, and finds better ones", {
    timeout: SLOW,
  }, async () => {
    const { page, said } = await open(
      "#/ukraine-2024/terms?pick=territory:line-de-facto,alignment:sea,peace:now&lock=sanctions",
      {
        bypassCSP: true,
      },
    );
    await ledger(page).waitFor({ timeout: SLOW });
    // What the address cannot mean is told and left aside.
    const notices = (await page.locator(".notice").allTextContents()).join(" ");
    expect(notices).toContain("no option “sea”");
    expect(notices).toContain("no issue “peace”");
    expect(notices).toContain("Sanctions is left open");
    expect(await page.getByRole("radio", { name: /^Present line(?!,)/ }).isChecked()).toBe(true);
    // A red line is told at once, by name.
    await page.getByRole("radio", { name: /^Four regions in full/ }).check();
    await expect.poll(() => ledger(page).textContent(), { timeout: SLOW }).toMatch(/Ukraine would not accept/);
    expect(hashOf(page)).toContain("pick=territory:four-regions");
    const verdicts = page.getByRole("table").filter({ has: page.locator(".would") });
    const ukraine = () => verdicts.getByRole("row", { name: /^Ukraine/ }).textContent();
    expect(await ukraine()).toContain("red line: Territory, Four regions in full");
    expect(await page.locator(".norms").textContent()).toContain("Charter of the United Nations");
    expect(await page.locator(".party-parts caption").allTextContents()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^Russia: [+−]0\.\d\d over no agreement/)]),
    );
    // Kept, there is no package: who stands in the way, and what would open it.
    await page.getByRole("checkbox", { name: "Keep Territory as picked" }).check();
    await page.getByRole("button", { name: "Find packages" }).click();
    const find = page.locator(".find");
    await find.getByText("Red lines leave none: Ukraine on Territory.").waitFor({ timeout: SLOW });
    expect(hashOf(page)).toContain("lock=territory");
    await find.getByRole("link", { name: "Let Territory go" }).click();
    await find.getByRole("button", { name: "Find packages" }).click();
    await find.getByText(/packages that red lines and kept issues leave/).waitFor({ timeout: SLOW });
    expect(await find.getByRole("rowheader").allTextContents()).toHaveLength(3);
    expect(await find.textContent()).not.toContain("Greatest sum of worths:");
    await find.getByRole("link", { name: /Try it\s*: Greatest least gain/ }).click();
    await expect
      .poll(() => ledger(page).textContent(), { timeout: SLOW })
      .toContain("Nobody who must accept would refuse it.");
    expect(await page.locator("figure table tr.current").textContent()).toContain("The package tried out");
    const whole = hashOf(page);
    expect(whole.split(",")).toHaveLength(12);
    // By keyboard: an arrow moves to the next option of the issue.
    await page.getByRole("radio", { name: /^Present line(?!,)/ }).focus();
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => hashOf(page)).toContain("territory:line-recognised");
    await page.goBack();
    await expect.poll(() => hashOf(page)).toBe(whole);
    // All parties on axes of their own.
    await page.getByRole("radio", { name: "All parties, an axis each" }).check();
    expect(hashOf(page)).toContain("axes=*");
    await page.locator("figure h3", { hasText: "Türkiye" }).waitFor();
    expect(await violations(page)).toEqual([]);
    const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    for (const width of [390, 1024]) {
      await page.setViewportSize({ width, height: 900 });
      expect([width, await page.evaluate(over)]).toEqual([width, 0]);
    }
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("has a sheet for each party, what it stated apart from what is inferred; the room sees no sources", {
    timeout: SLOW,
  }, async () => {
    const { page, said } = await open("#/ukraine-2024/terms?sel=sheet:russia", { bypassCSP: true });
    await page.getByRole("heading", { name: "Russia: is this your position?" }).waitFor({ timeout: SLOW });
    expect(await page.getByRole("heading", { level: 2 }).allTextContents()).toEqual([
      "Stated by the party",
      "Inferred by others",
    ]);
    expect(await page.locator(".sheet").textContent()).toMatch(
      /very heavy \(\d+\s%\).*Four regions in full: the best \(1\)/,
    );
    expect(await page.locator(".grounds cite").first().textContent()).not.toBe("");
    expect(await violations(page)).toEqual([]);
    await page.goto(`${site.address}#/ukraine-2024/terms?sel=sheet:*&room=1`);
    await expect.poll(() => page.locator(".sheet").count(), { timeout: SLOW }).toBe(7);
    expect(await page.locator(".grounds").count()).toBe(0);
    expect(await page.getByRole("heading", { name: "Inferred by others" }).count()).toBe(0);
    await page.emulateMedia({ media: "print" });
    expect(
      await page
        .locator(".sheet")
        .first()
        .evaluate((sheet) => getComputedStyle(sheet).breakAfter),
    ).toBe("page");
    expect(said).toEqual([]);
    await page.context().close();
  });
});

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../../support/browser.ts";
import { folderWith } from "../../support/cli.ts";
import { buildWorkbench, openPage, serveFolder } from "../../support/workbench.ts";

const SLOW = 300_000;

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

const ledger = (page: Page) => page.locator(".ledger");

/** Ten parties over ten issues of four options: 4^10 packages. */
function tenParties(): string {
  let state = 7;
  const random = (): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
  const parties = Array.from({ length: 10 }, (_, i) => `p${i}`);
  const issues = Array.from({ length: 10 }, (_, k) => `i${k}`);
  const options = ["a", "b", "c", "d"];
  const lines = ["parley: 1", "title: Ten parties", "asOf: 2024-11-28", "parties:"];
  for (const party of parties) lines.push(`  ${party}: {name: Party ${party.slice(1)}}`);
  lines.push("issues:");
  for (const issue of issues) {
    lines.push(
      `  ${issue}: {name: Issue ${issue.slice(1)}, options: {${options.map((o) => `${o}: {name: Option ${o}}`).join(", ")}}}`,
    );
  }
  lines.push("positions:");
  for (const party of parties) {
    lines.push(`  ${party}:`, "    accepts: required", "    reservation: 0.4", "    because: drawn", "    issues:");
    for (const issue of issues) {
      const values = options.map((option) => `${option}: ${(Math.round(random() * 20) / 20).toFixed(2)}`);
      lines.push(`      ${issue}: {weight: 0.1, values: {${values.join(", ")}}, because: drawn}`);
    }
  }
  return lines.join("\n");
}

describe("the page Terms", () => {
  it("stays usable with ten parties and a million packages", { timeout: 2 * SLOW }, async () => {
    const { page, said } = await openPage(browser, site.address);
    const folder = folderWith({ "ten.yaml": tenParties() });
    await page.locator("[data-pick=file]").setInputFiles(`${folder}/ten.yaml`);
    await page.locator("h1", { hasText: "Ten parties" }).waitFor({ timeout: SLOW });
    await page.locator(".work.on").waitFor({ state: "detached", timeout: SLOW });
    await page.goto(`${page.url().replace(/\?.*/, "")}/terms`);
    await ledger(page).waitFor({ timeout: SLOW });
    // 45 pairs of parties have up to three trades each: the list is cut, and says so.
    expect(await page.getByText(/^12 of \d+ are shown/).count()).toBe(1);
    const longest = page.evaluate(
      () =>
        new Promise<number>((done) => {
          let worst = 0;
          const end = performance.now() + 4000;
          let last = performance.now();
          const tick = (now: number) => {
            worst = Math.max(worst, now - last);
            last = now;
            if (now < end) requestAnimationFrame(tick);
            else done(worst);
          };
          requestAnimationFrame(tick);
        }),
    );
    await page.getByRole("button", { name: "Find packages" }).click();
    await page.getByRole("radio", { name: "Option b" }).first().check();
    await page
      .locator(".find")
      .getByText(/packages that red lines and kept issues leave/)
      .waitFor({ timeout: SLOW });
    // The search runs beside the page: no frame waits for it.
    expect(await longest).toBeLessThan(1500);
    await expect.poll(() => ledger(page).textContent()).not.toContain("Nothing is picked yet");
    expect(said).toEqual([]);
    await page.context().close();
  });
});

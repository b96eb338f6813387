import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { folderWith } from "../support/cli.ts";
import { buildWorkbench, openPage, serveFolder } from "../support/workbench.ts";
import { settled, violations } from "./workbench-looks.ts";

const BUILD = 300_000;
const SOON = { timeout: 30_000 };

/** A war that is assessed in moments. */
const WAR = `parley: 1
title: A small war
asOf: 2024-01-31
parties:
  north: {name: North, roles: [{role: belligerent}]}
  south: {name: South, roles: [{role: belligerent}]}
questions: {talks: {text: Will they talk?, event: talks, by: 2025-01-31, prior: 0.4, because: x}}
claims: {tired: {text: Both are tired., name: Tired, bears: {talks: 2}, credence: 0.8, because: x}}
war: {front: {strength: -0.2 to 0.4}, talks: {onset: 0.01 to 0.04}, mediation: {level: 0.2}, relapse: {hazard: 0.05}, clock: {horizon: 24}}
levers:
  effort: {name: More effort, kind: option, doneBy: [north], consentOf: [south], add: {war.mediation.level: 1.6}, because: x}
  dearer: {name: Dearer, kind: sensitivity, times: {war.relapse.hazard: 2}, because: x}
readings:
  calm: {name: Calm, kind: held, by: a test, because: x, set: {war.mediation.level: 1.9, claims.tired.credence: 0.2}}
`;

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

/** Opens the small war as one's own case, at an address below it. */
async function openWar(hash: string): Promise<Awaited<ReturnType<typeof openPage>>> {
  const opened = await openPage(browser, site.address, { bypassCSP: true });
  const { page } = opened;
  await page.locator("[data-pick=file]").setInputFiles(join(folderWith({ "war.yaml": WAR }), "war.yaml"));
  await page.locator("[data-answer=when]").waitFor();
  await page.evaluate((part) => {
    location.hash = `#/my-war/${part}`;
  }, hash);
  return opened;
}

const query = (page: Page) => new URLSearchParams(new URL(page.url()).hash.split("?")[1] ?? "");
const text = async (page: Page, selector: string) => (await page.locator(selector).allTextContents()).join(" | ");

describe("the page Futures", () => {
  it("moves its month, its levers and its parameters, keeps ghosts, and runs single trajectories", async () => {
    const { page, said } = await openWar("futures?t=12");
    await page.locator(".places figure svg").waitFor(SOON);
    await settled(page);
    expect(await page.locator("h1").textContent()).toBe("What happens if …?");
    expect(await text(page, ".made")).toMatch(/1000 trajectories · seed 1 · digest [0-9a-f]{8}/);

    // The month: by keys, told politely, kept in the address, and by pointing at the chart.
    const shares = await text(page, ".readout");
    const cursor = page.locator("#month");
    await cursor.focus();
    await page.keyboard.press("ArrowRight");
    expect(query(page).get("t")).toBe("13");
    expect(await text(page, ".month-cursor [aria-live=polite]")).toMatch(/Month 13, 2025-02-28: war \d+\s%/);
    await page.keyboard.press("End");
    await expect.poll(() => text(page, ".readout")).not.toBe(shares);
    await page.evaluate(() => document.querySelector(".places .chart svg")?.scrollIntoView({ block: "center" }));
    const box = await page.locator(".places .chart svg").boundingBox();
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) * 0.3, (box?.y ?? 0) + 100);
    expect(Number(query(page).get("t"))).toBeLessThan(12);

    // A lever: on, with every answer worked out anew and what was there as a ghost; off again.
    const lever = page.locator("[data-lever=effort]");
    expect(await lever.textContent()).toMatch(
      /By North\. Needs the consent of South\. Sets war\.mediation\.level 0\.2 → 1\.8/,
    );
    const talks = () => text(page, ".answers-bar li:nth-child(2) a");
    const before = await talks();
    const toggle = lever.getByRole("switch");
    await expect.poll(() => toggle.isEnabled(), SOON).toBe(true);
    await toggle.click();
    expect(query(page).getAll("set")).toEqual(["war.mediation.level=1.8"]);
    await expect.poll(talks, SOON).not.toBe(before);
    await settled(page);
    expect(await text(page, ".answers-bar .was")).toContain(`was ${before}`);
    expect(await page.locator('.futures figure [stroke-dasharray="6,4"]').count()).toBe(3);
    expect(await toggle.getAttribute("aria-checked")).toBe("true");
    await toggle.click();
    expect(query(page).getAll("set")).toEqual([]);
    await expect.poll(talks, SOON).toBe(before);

    // A parameter that moves the answer most: moved by its slider, typed out of range, and put back.
    const row = page.locator('[data-parameter="war.talks.onset"]');
    expect(await row.textContent()).toContain("in the case 0.02, 90 % 0.01 to 0.04");
    await row.getByRole("slider").focus();
    await page.keyboard.press("Home");
    await expect.poll(() => query(page).get("set")).toMatch(/^war\.talks\.onset=0\.0\d+$/);
    await expect.poll(talks, SOON).not.toBe(before);
    await row.locator(".slider-value").fill("-3");
    await page.keyboard.press("Enter");
    await row.locator(".slider-fault").waitFor(SOON);
    expect(await text(page, ".slider-fault")).toMatch(/invalid .*-3/);
    await row.getByRole("button", { name: /back to the case's value/ }).click();
    await expect.poll(() => query(page).get("set")).toBeNull();
    await expect.poll(talks, SOON).toBe(before);

    // Any other is found by its name.
    await page.getByRole("searchbox").fill("relapse.hazard");
    await page.locator(".parameter-search li button").first().click();
    expect(await page.locator('[data-parameter="war.relapse.hazard"]').count()).toBe(1);

    // Single trajectories by their numbers; each has its months.
    await page.locator(".courses figure svg").nth(2).waitFor(SOON);
    expect(await text(page, ".courses h3")).toMatch(/Trajectory 0: .*Trajectory 1: .*Trajectory 2: /);
    await page.getByRole("button", { name: "Another three" }).click();
    await page.locator(".courses h3", { hasText: "Trajectory 5: " }).waitFor(SOON);
    expect(query(page).get("run")).toBe("3");

    // What it hangs on opens its reasons; the view is kept to compare.
    await page.locator("#drivers-h ~ figure details summary").first().click();
    await page.locator("#drivers-h ~ figure table a").first().click();
    await page.locator(".kicker", { hasText: "parameter" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Keep this view to compare" }).click();
    expect(query(page).getAll("vs")).toEqual([";"]);
    await settled(page);
    expect(await violations(page)).toEqual([]);
    expect(said).toEqual([]);
    await page.context().close();
  });
});

describe("the page Compare", () => {
  it("sets views side by side, says what makes the difference, and swaps the baseline", async () => {
    const { page, said } = await openWar("compare");
    await page.locator(".compare .note", { hasText: "Nothing is compared" }).waitFor(SOON);
    await settled(page);
    await page.getByLabel("Add a reading").first().selectOption({ label: "Calm" });
    await page.getByRole("button", { name: "Add: Add a reading" }).click();
    expect(query(page).getAll("vs")).toEqual(["calm"]);
    await page.getByLabel("Add this view with").first().selectOption({ label: "Dearer" });
    await page.getByRole("button", { name: "Add: Add this view with" }).click();
    expect(query(page).getAll("vs")).toEqual(["calm", ";war.relapse.hazard=0.1"]);
    expect(await text(page, ".views li a")).toBe("A: as coded | B: Calm | C: as coded, with “Dearer”");
    await page.locator("#differences-h ~ figure svg").first().waitFor(SOON);
    const progress = page.locator(".compare-work.on");
    await progress.waitFor({ state: "detached", ...SOON });

    // By talks within a year: mediation makes all of B's difference, the hazard of relapse all of C's.
    await page.getByLabel("Compared by").selectOption({ label: "Talks" });
    await page.getByLabel(/^by month/).fill("12");
    await expect.poll(() => text(page, "#differences-h ~ figure h3"), SOON).toContain("Talks by 2025-01-31");
    await progress.waitFor({ state: "detached", ...SOON });
    expect([query(page).get("sel"), query(page).get("t")]).toEqual(["talks", "12"]);
    const causes = await text(page, ".compare figure h3");
    expect(causes).toMatch(/B: Calm: most comes from standing level of mediation.*\+\d+\spoints/);
    expect(causes).toMatch(/C: as coded, with “Dearer”: most comes from hazard of relapse/);
    const outcomes = page.locator("table", { hasText: "A first stop broken within" });
    expect(await outcomes.textContent()).toMatch(/Talks by 2025-01-31.*\+\d+\spoints/);
    expect(await text(page, ".beside h3")).toContain("When");
    expect(await page.locator(".beside .differs-from").count()).toBeGreaterThan(0);
    expect(await text(page, "#beside-evidence-h ~ div")).toMatch(/Will they talk\?.*Tired/);

    // B becomes the view on screen, and what was on screen takes its place.
    await page.getByRole("button", { name: "Make it the baseline: view B" }).click();
    expect([query(page).get("reading"), ...query(page).getAll("vs")]).toEqual(["calm", ";", ";war.relapse.hazard=0.1"]);
    await expect.poll(() => text(page, ".views li a")).toContain("A: Calm | B: as coded");
    await expect
      .poll(() => text(page, ".compare figure h3"), SOON)
      .toMatch(/B: as coded: most comes from .*−\d+\spoints/);
    await page.getByRole("button", { name: "Remove view C" }).click();
    expect(query(page).getAll("vs")).toEqual([";"]);
    await progress.waitFor({ state: "detached", ...SOON });
    await settled(page);
    expect(await violations(page)).toEqual([]);

    // A view with problems is told, and the others stay.
    await page.evaluate(() => {
      location.hash += "&vs=%3Bwar.relapse.hazard%3D-4";
    });
    await page.locator(".compare .notice", { hasText: "View C has problems" }).waitFor(SOON);
    expect(await page.locator("#differences-h ~ figure svg").count()).toBeGreaterThan(0);

    // Leaving stops what is being worked at.
    await page.evaluate(() => {
      location.hash += "&vs=calm%3Bwar.relapse.hazard%3D0.3";
    });
    await progress.waitFor(SOON);
    await page.getByRole("link", { name: "Brief" }).first().click();
    await page.locator("[data-answer=when]").waitFor();
    await expect.poll(() => page.workers().length, SOON).toBeLessThanOrEqual(3);
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("compares a case without a war by what the evidence says", async () => {
    const { page, said } = await openPage(browser, `${site.address}#/colombia-2012/compare?vs=army-can-win`);
    const views = page.locator(".views li");
    await views.nth(1).waitFor(SOON);
    await page.locator(".compare .note", { hasText: "no war of two sides" }).waitFor(SOON);
    await page.locator(".beside .differs-from").first().waitFor({ timeout: 60_000 });
    expect(await text(page, ".beside")).toMatch(/55\s%.*37\s%/);
    expect(said).toEqual([]);
    await page.context().close();
  });
});

import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderStore } from "../../src/api/folders.ts";
import { serveWorkbench } from "../../src/cli/serve/workbench.ts";
import { launchBrowser } from "../support/browser.ts";
import { folderWith, root, SMALL_CASE } from "../support/cli.ts";
import { recordCase } from "../support/record-case.ts";
import { buildWorkbench, openPage } from "../support/workbench.ts";
import { settled } from "./workbench-looks.ts";

const KEY = "a-key-for-tests";
const WATCH = { quiet: 20, poll: 100 };

let web: string;
let browser: Browser;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  web = buildWorkbench();
  browser = await launchBrowser();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  for (const close of closing) await close();
});

/** The workbench over a folder of a case of its own, `mine`, and a home for new ones. */
async function serve(folder = folderWith({}), port = 0) {
  const mine = join(folder, "mine");
  const file = join(mine, "case.yaml");
  if (port === 0) {
    mkdirSync(mine);
    writeFileSync(file, SMALL_CASE);
  }
  const bundled = { path: join(root, "cases", "colombia-2012"), readOnly: true, open: true };
  const store = folderStore({ folders: [{ path: mine }, bundled], home: join(folder, "new"), watch: WATCH });
  const served = await serveWorkbench({ store, key: KEY, web, port });
  closing.push(served.close);
  return { ...served, folder, mine, file, begin: `${served.address}#key=${KEY}&case=mine` };
}

const value = (page: Page) => page.locator("[data-answer=when] .row-value").first();
/** Waits until the leading answer reads so. */
const reads = (page: Page, percent: string) =>
  expect.poll(() => value(page).textContent(), { timeout: 30_000 }).toMatch(new RegExp(`^${percent}\\s%$`));
const notices = (page: Page) => page.locator(".notice").allTextContents();
const saying = (page: Page, words: string) => page.locator(".notice", { hasText: words });

describe("the workbench behind its server", () => {
  it("scores the record beside a case, with the diagram of what was said and what came", async () => {
    const { begin, mine } = await serve();
    for (const [name, text] of Object.entries(recordCase())) writeFileSync(join(mine, name), text);
    const { page, said } = await openPage(browser, begin);
    await page.locator("h1", { hasText: "Forty questions" }).waitFor();
    await page.evaluate(() => {
      location.hash = "#/mine/record";
    });
    await page.getByRole("heading", { name: "Forecasts made on their day" }).waitFor();
    const figure = page.locator("figure", { hasText: "evidence: what was said, and how much of it came" }).first();
    await figure.locator("svg circle").first().waitFor();
    await figure.getByText("Numbers of this figure").first().click();
    const counts = await figure.locator("tbody td:nth-child(2)").allTextContents();
    expect(counts.reduce((sum, text) => sum + Number(text), 0)).toBe(40);
    // What is put down meanwhile is there when the page is looked at anew.
    rmSync(join(mine, "record.jsonl"));
    await page.reload();
    await page.getByText("No forecast of this case has been frozen yet").waitFor();
    expect(await page.locator(".record").textContent()).toContain("parley forecast mine");
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("moves the key out of the address, shows the cases of the server first, and follows what an editor saves", async () => {
    const { begin, address, file } = await serve();
    const asked: { url: string; key: string | undefined }[] = [];
    const { page, said } = await openPage(browser, `${begin}&reading=nothing-of-the-kind`);
    page.on("request", (request) => asked.push({ url: request.url(), key: request.headers()["x-parley-key"] }));
    await page.locator("[data-answer=when], .notice").first().waitFor();
    expect(page.url()).toBe(`${address}#/mine?reading=nothing-of-the-kind`);
    expect(await page.evaluate(() => Object.values(sessionStorage))).toEqual([KEY]);
    expect(await page.evaluate(() => Object.values(localStorage).join())).not.toContain(KEY);
    await page.goto(`${address}#/mine/evidence`);
    await page.locator("h1", { hasText: "What do we know" }).waitFor();
    await settled(page);
    await page.goto(`${address}#/mine`);
    await reads(page, "80");
    // An external edit: page, reading and selection stay.
    writeFileSync(file, SMALL_CASE.replace("bears: {talks: 4}", "bears: {talks: 9}"));
    await reads(page, "90");
    await saying(page, "changed outside").waitFor();
    await settled(page);
    expect(await page.locator("[data-answer=when] .was").first().textContent()).toMatch(/80\s%/);
    expect(page.url()).toBe(`${address}#/mine`);
    // The gallery names the folder, and the key goes to the API alone.
    await page.getByRole("link", { name: "Parley" }).click();
    await page.locator(".case-card").nth(5).waitFor();
    const cards = await page.locator(".case-card").allTextContents();
    expect(cards[0]).toContain(file.replace("/case.yaml", ""));
    expect(cards.filter((text) => text.includes("Colombia"))).toHaveLength(1);
    expect(cards.find((text) => text.includes("Colombia"))).toMatch(/\d+–\d+\s%/);
    expect(asked.every(({ url }) => url.startsWith(address) && !url.includes(KEY))).toBe(true);
    expect(asked.filter(({ url, key }) => key !== undefined && !url.startsWith(`${address}api/`))).toEqual([]);
    await page.locator("h3 a", { hasText: "Colombia" }).click();
    await page.locator("h1", { hasText: "Colombia" }).waitFor();
    await settled(page);
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("keeps what was last good while a text is broken half-way or gone, says so, and comes back", async () => {
    const { begin, file, mine } = await serve();
    const { page } = await openPage(browser, begin);
    await reads(page, "80");
    await settled(page);
    writeFileSync(file, `${SMALL_CASE}claims: {`);
    await saying(page, "as it is written now has problems").waitFor();
    expect((await notices(page)).join()).toContain("case.yaml:");
    expect(await value(page).textContent()).toMatch(/80\s%/);
    writeFileSync(file, SMALL_CASE.replace("bears: {talks: 4}", "bears: {talks: 9}"));
    await reads(page, "90");
    await saying(page, "has problems").waitFor({ state: "detached" });
    rmSync(file);
    await saying(page, "are gone").waitFor();
    expect(await value(page).textContent()).toMatch(/90\s%/);
    writeFileSync(file, SMALL_CASE);
    await reads(page, "80");
    await saying(page, "are gone").waitFor({ state: "detached" });
    // The folder as a whole, put back as it was.
    renameSync(mine, `${mine}-away`);
    await saying(page, "are gone").waitFor();
    renameSync(`${mine}-away`, mine);
    await saying(page, "are gone").waitFor({ state: "detached" });
    await page.context().close();
  });

  it("tells when the server is gone or was started anew, and comes back with what happened meanwhile", async () => {
    const { begin, address, folder, file, close } = await serve();
    const { page } = await openPage(browser, begin);
    await reads(page, "80");
    await settled(page);
    await close();
    await saying(page, "does not answer").waitFor();
    writeFileSync(file, SMALL_CASE.replace("bears: {talks: 4}", "bears: {talks: 9}"));
    // By keyboard: what news puts in above may move a link away from under a pointer.
    await page.locator("[data-answer=when] .row-value a").first().press("Enter");
    await page.getByRole("complementary", { name: "Reasons" }).waitFor();
    const port = Number(new URL(address).port);
    const again = await serve(folder, port);
    await saying(page, "does not answer").waitFor({ state: "detached", timeout: 20_000 });
    await reads(page, "90");
    expect(page.url()).toContain("because=");
    // Another key: the address that it prints, opened in this tab, mends it.
    await again.close();
    const store = folderStore({ folders: [{ path: join(folder, "mine") }], watch: WATCH });
    const other = await serveWorkbench({ store, key: "another-key", web, port });
    closing.push(other.close);
    await saying(page, "with another key").waitFor({ timeout: 20_000 });
    await page.goto(`${address}#key=another-key&case=mine`);
    await saying(page, "with another key").waitFor({ state: "detached", timeout: 20_000 });
    writeFileSync(file, SMALL_CASE);
    await reads(page, "80");
    await page.context().close();
  });

  it("keeps what could not be saved over a closed tab, and saves it when the server is back", async () => {
    const { begin, address, folder, file, close } = await serve();
    const { page } = await openPage(browser, `${begin}&edit=title`);
    await reads(page, "80");
    await page.evaluate(() => {
      location.hash = "#/mine?edit=title";
    });
    const field = page.locator(".edit-panel .form-field input").first();
    await field.waitFor();
    await settled(page);
    await close();
    await saying(page, "does not answer").waitFor();
    await field.fill("Another title");
    await field.press("Enter");
    const waiting = () => page.evaluate(() => Object.keys(localStorage).join());
    await expect.poll(waiting, { timeout: 20_000 }).toContain("parley-unsaved");
    // What was not fetched before cannot be: the rest of the page stays.
    await page.evaluate(() => {
      location.hash = "#/mine/compare";
    });
    await page.locator("main [role=alert]", { hasText: "cannot be shown" }).waitFor();
    expect(await page.locator(".rail").isVisible()).toBe(true);
    const context = page.context();
    await page.close();
    expect(readFileSync(file, "utf8")).not.toContain("Another title");
    await serve(folder, Number(new URL(address).port));
    const later = await context.newPage();
    await later.goto(`${address}#key=${KEY}&case=mine`);
    await expect.poll(() => readFileSync(file, "utf8"), { timeout: 30_000 }).toContain("title: Another title");
    await expect.poll(() => later.evaluate(() => Object.keys(localStorage).join())).not.toContain("parley-unsaved");
    await context.close();
  });

  it("shows a read-only folder as one, wants the key, and two tabs see each other's work", async () => {
    const { begin, address, mine, file } = await serve();
    const { page } = await openPage(browser, begin);
    await reads(page, "80");
    const second = await page.context().newPage();
    await second.goto(`${address}#/mine`);
    await second.locator("h1", { hasText: "There is no case “mine” here" }).waitFor();
    expect(await second.locator("main").textContent()).toContain("with its key");
    await second.goto(begin);
    await reads(second, "80");
    // What the second tab saves, the first one follows; a change of the same value from before is refused.
    const edit = (bears: number, expected: number, base: string) =>
      second.evaluate(
        async ([key, body]) => {
          const headers = { "x-parley-key": key ?? "", "content-type": "application/json" };
          const answer = await fetch("api/cases/mine/edits", { method: "POST", headers, body: body ?? "" });
          return answer.status;
        },
        [KEY, JSON.stringify({ base, edits: [{ set: "claims.losses.bears.talks", value: bears, expected }] })],
      );
    const base = await second.evaluate(async (key) => {
      const answer = await fetch("api/cases/mine", { headers: { "x-parley-key": key } });
      return ((await answer.json()) as { case: { hash: string } }).case.hash;
    }, KEY);
    expect(await edit(9, 4, base)).toBe(200);
    await reads(page, "90");
    await reads(second, "90");
    expect(await edit(2, 4, base)).toBe(409);
    expect(readFileSync(file, "utf8")).toBe(SMALL_CASE.replace("bears: {talks: 4}", "bears: {talks: 9}"));
    chmodSync(mine, 0o555);
    await page.goto(`${address}#/`);
    await page.locator(".case-card .mark", { hasText: "read-only" }).waitFor();
    expect(await page.locator(".case-card", { hasText: "read-only" }).count()).toBe(1);
    chmodSync(mine, 0o755);
    await page.context().close();
  });
});

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { folderWith, parley } from "../support/cli.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const cases = ["ukraine-2024", "colombia-2012"] as const;
const widths = [390, 1024, 1600] as const;

let browser: Browser;
const reports = new Map<string, string>();

beforeAll(async () => {
  browser = await launchBrowser();
  const folder = folderWith({});
  for (const name of cases) {
    const path = join(folder, `${name}.html`);
    const { code, stderr } = parley(["assess", name, "--html", path, "--short"]);
    expect(code, stderr).toBe(0);
    reports.set(name, pathToFileURL(path).href);
  }
});
afterAll(() => browser?.close());

/** The violations that axe finds, in short. */
async function violations(page: Page): Promise<string[]> {
  // The page forbids scripts; the tool is put in from outside.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> };
    };
    const { violations: found } = await tool.run();
    return found.map(
      ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)} ${nodes[0]?.failureSummary?.slice(0, 160)}`,
    );
  });
}

/** Of the small case, which is quickly looked over, every width, light and dark in turn; the large one is in the long tests. */
function looks(name: string): (readonly [width: number, scheme: "light" | "dark"])[] {
  if (name !== "colombia-2012") return [];
  return widths.map((width, k) => [width, k % 2 === 0 ? "light" : "dark"] as const);
}

describe.each(cases)("the report of %s", (name) => {
  it.each(looks(name))(
    "at %i pixels in %s is accessible, does not overflow, and logs nothing",
    async (width, colorScheme) => {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      const said: string[] = [];
      page.on("console", (message) => said.push(message.text()));
      page.on("pageerror", (error) => said.push(String(error)));
      await page.goto(reports.get(name) ?? "");
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      ).toBe(0);
      expect(await violations(page)).toEqual([]);
      expect(said).toEqual([]);
      await context.close();
    },
  );

  it("asks nothing of the network and holds no script", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(reports.get(name) ?? "");
    expect(asked).toEqual([reports.get(name)]);
    expect(await page.locator("script").count()).toBe(0);
    await context.close();
  });

  it("shows the same with scripts off", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(reports.get(name) ?? "");
    expect(await page.locator("svg").first().isVisible()).toBe(true);
    expect(await page.locator("h2").count()).toBeGreaterThan(8);
    await context.close();
  });

  it("draws each chart in the width that is shown, with its numbers and its because", async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await page.goto(reports.get(name) ?? "");
    // Some figures are folded away; a reader unfolds them.
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    const seen = await page.evaluate(() =>
      [...document.querySelectorAll("figure")].map((figure) => {
        const visible = (what: string) => figure.querySelector(what)?.checkVisibility() === true;
        return {
          tables: figure.querySelectorAll("table").length,
          rows: figure.querySelectorAll("tbody tr").length,
          open: visible("table"),
          drawn: figure.querySelector("[role=img]") !== null,
          narrow: visible(".narrow svg"),
          wide: visible(".wide svg"),
          words: figure.querySelector("[role=img]")?.getAttribute("aria-label")?.length ?? 0,
          context: figure.querySelector(".context")?.textContent ?? "",
        };
      }),
    );
    for (const figure of seen) {
      expect(figure.tables).toBeGreaterThan(0);
      expect(figure.context).toContain("not a prediction");
      if (figure.drawn) {
        expect([figure.narrow, figure.wide]).toEqual([true, false]);
        expect(figure.words).toBeGreaterThan(20);
      } else {
        // Too few numbers to draw: the table stands open.
        expect(figure.rows).toBeLessThan(3);
        expect(figure.open).toBe(true);
      }
    }
    const drawn = seen.filter((figure) => figure.drawn).length;
    expect(drawn).toBeGreaterThan(5);
    await page.close();
  });

  it("has a target for every link inside it, and no id twice", async () => {
    const page = await browser.newPage();
    await page.goto(reports.get(name) ?? "");
    const broken = await page.evaluate(() => {
      const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
      const known = new Set(ids);
      const dead = [...document.querySelectorAll("a[href^='#']")]
        .map((link) => (link.getAttribute("href") ?? "").slice(1))
        .filter((id) => !known.has(id));
      return { dead: [...new Set(dead)], twice: ids.filter((id, i) => ids.indexOf(id) !== i) };
    });
    expect(broken).toEqual({ dead: [], twice: [] });
    await page.close();
  });

  it("prints to a tagged PDF of some pages", async () => {
    const page = await browser.newPage();
    await page.goto(reports.get(name) ?? "");
    const pdf = await page.pdf({ format: "A4", tagged: true, outline: true });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(pdf.includes("/StructTreeRoot")).toBe(true);
    expect(pdf.length).toBeGreaterThan(50_000);
    await page.close();
  });
});

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { openPage } from "../support/workbench.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Waits until the engine has nothing left to do. */
export const settled = (page: Page): Promise<void> =>
  page.locator(".work.on:not(.compare-work)").waitFor({ state: "detached", timeout: 50_000 });

/** The violations that axe finds, in short. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(`globalThis.axe ?? (() => {${axe}})()`);
  return page.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as {
      axe: {
        run(options: object): Promise<{
          violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
        }>;
      };
    };
    const { violations: found } = await tool.run({ resultTypes: ["violations"] });
    return found.map(
      ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary?.slice(0, 200)}`,
    );
  });
}

/** How far the page is wider than the window, in pixels. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** The same where the language runs from right to left. */
const overflowFromRight = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { documentElement: whole } = document;
    whole.dir = "rtl";
    const over = whole.scrollWidth - whole.clientWidth;
    whole.removeAttribute("dir");
    return over;
  });

export const WIDTHS = [1600, 1024, 390] as const;

/** Every page, and what shows that it is drawn. */
const PAGES = [
  ["the gallery", "#/", ".case-card >> nth=4"],
  ["a new case", "#/new?from=article", "textarea"],
  ["the brief, with a reason", "#/ukraine-2024?because=figure:talks-2025/no-quick-victory", "figure svg"],
  ["the evidence", "#/ukraine-2024/evidence?sel=talks-2025/no-quick-victory", "figure svg"],
  ["the parties, with a form", "#/ukraine-2024/parties?edit=positions.russia", ".edit-panel input"],
  ["stability", "#/ukraine-2024/stability", ".pane svg"],
  ["terms", "#/ukraine-2024/terms?sel=istanbul-communique", "figure svg"],
  ["futures", "#/ukraine-2024/futures", "figure svg"],
  ["base rates", "#/ukraine-2024/history", "figure svg"],
  ["comparing", "#/ukraine-2024/compare?vs=source", ".compare table"],
  ["the record", "#/ukraine-2024/record", "#set-hindsight"],
  ["the report", "#/cuba-1962/report", "h1"],
  ["the text", "#/cuba-1962?text=case.yaml:1", ".text-drawer"],
  ["the room", "#/ukraine-2024/parties?room=1", "[role=grid]"],
  ["base rates in the room", "#/ukraine-2024/history?room=1", "figure svg"],
] as const;

type Open = (hash: string, options: Parameters<Browser["newContext"]>[0]) => ReturnType<typeof openPage>;

/**
 * Looks over every page of the workbench in light and dark: no overflow at any width, a silent console, and no violation at
 * the widths that are given.
 */
export function lookAt(open: Open, accessibleAt: Readonly<Record<"light" | "dark", readonly number[]>>): void {
  describe("in light and in dark", () => {
    it("every page is accessible, does not overflow and logs nothing", async () => {
      const found: string[] = [];
      const first = { viewport: { width: 1600, height: 900 }, colorScheme: "light", bypassCSP: true } as const;
      const { page, said } = await open("#/", first);
      for (const [name, hash, drawn] of PAGES) {
        await page.evaluate((to) => {
          location.hash = to;
        }, hash);
        const shown = page.locator(drawn).first().waitFor({ timeout: 40_000 });
        if (
          await shown.then(
            () => false,
            () => true,
          )
        ) {
          found.push(`${name}: ${drawn} is not there`);
          continue;
        }
        await settled(page);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 });
          await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
          const over = await overflow(page);
          if (over !== 0) found.push(`${name} at ${width}: ${over} pixels too wide`);
          const turned = await overflowFromRight(page);
          if (turned !== 0) found.push(`${name} at ${width}, from right to left: ${turned} pixels too wide`);
          // The page is the same in both; only its colours are others.
          for (const colorScheme of ["light", "dark"] as const) {
            if (!accessibleAt[colorScheme].includes(width)) continue;
            await page.emulateMedia({ colorScheme });
            await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
            const where = `${name} in ${colorScheme} at ${width}`;
            found.push(...(await violations(page)).map((each) => `${where}: ${each}`));
          }
          await page.emulateMedia({ colorScheme: "light" });
        }
        await page.setViewportSize({ width: 1600, height: 900 });
      }
      expect(found).toEqual([]);
      expect(said).toEqual([]);
      await page.context().close();
    }, 600_000);
  });
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../../test/support/browser.ts";
import { buildWorkbench, serveFolder } from "../../test/support/workbench.ts";
import type { Report } from "../measure.ts";

const CASE = "ukraine-2024";

/** Edits of the bundled case, each five times with another claim, reading or value, so that none was worked out before. */
const EDITS: readonly { readonly name: string; readonly views: readonly string[] }[] = [
  {
    name: "a claim left out",
    views: ["deadlock", "heavy-losses", "advance-faster", "no-quick-victory", "publics-want-talks"].map(
      (id) => `off=${id}`,
    ),
  },
  {
    name: "another reading",
    views: ["ripeness", "source", "strength-first", "arms-prolong", "security-dilemma"].map((id) => `reading=${id}`),
  },
  {
    name: "a parameter of the war set",
    views: [0.31, 0.37, 0.41, 0.43, 0.47].map((value) => `set=war.mediation.level=${value}`),
  },
  {
    name: "a position's value set",
    views: [0.11, 0.13, 0.17, 0.19, 0.23].map(
      (value) => `set=positions.ukraine.issues.territory.values.line-de-facto=${value}`,
    ),
  },
];

/** What is waited for, and what it is called. */
const MARKS = [
  ["curve 1000", "first curve, 1 000 trajectories"],
  ["drawn", "first curve, drawn on the page"],
  ["curve 10000", "curve of 10 000"],
  ["posteriors", "posteriors"],
  ["situations", "situations"],
  ["deal", "whether a deal exists"],
  ["proposals", "every proposal"],
  ["evidence", "the evidence with its reasons"],
  ["whole", "the whole assessment"],
] as const;

const REST_MS = 1000;

type Times = Readonly<Record<string, number>>;

/** From the change of the address to each answer that reaches the page, in Chromium over the built workbench. */
export default async function (report: Report): Promise<void> {
  const folder = buildWorkbench();
  console.log(`Main bundle: ${sizeOf(folder).toFixed(0)} kB gzipped (aim: under 400)`);
  const site = await serveFolder(folder);
  const browser = await launchBrowser();
  try {
    console.log(`Chromium ${browser.version()}, medians of 5`);
    report({
      name: "first view with a finished chart, warm cache",
      ms: await loadTime(browser, site.address),
      note: "aim: under 1 500 ms",
    });
    const page = await openCase(browser, site.address);
    for (const { name, views } of EDITS) {
      const all: Times[] = [];
      for (const view of views) all.push(await timesOf(page, view));
      for (const [mark, words] of MARKS) {
        const found = all.flatMap((times) => times[mark] ?? []);
        if (found.length === 0) continue;
        report({ name: `${name}: ${words}`, ms: median(found), note: `${found.length} of ${views.length}` });
      }
    }
  } finally {
    await browser.close();
    site.close();
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;

function sizeOf(folder: string): number {
  const page = readFileSync(join(folder, "index.html"), "utf8");
  const loaded = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, path]) => path ?? "");
  return loaded.reduce((sum, path) => sum + gzipSync(readFileSync(join(folder, path))).length, 0) / 1000;
}

async function loadTime(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const times: number[] = [];
  for (let i = 0; i < 6; i++) {
    const page = await context.newPage();
    await page.addInitScript(watchChart);
    await page.goto(`${address}#/${CASE}`);
    const at = await page.waitForFunction(() => (globalThis as { __chart?: number }).__chart);
    // The first fills the cache.
    if (i > 0) times.push((await at.jsonValue()) as number);
    await page.close();
  }
  await context.close();
  return median(times);
}

/** Notes when the first chart is on the page, since the page was asked for; runs in the page, before its scripts. */
function watchChart(): void {
  const observer = new MutationObserver(() => {
    if (document.querySelector("figure .chart svg") === null) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => Object.assign(globalThis, { __chart: performance.now() })));
  });
  observer.observe(document, { childList: true, subtree: true });
}

/** Notes when each reply of a worker reaches the page; runs in the page, before its scripts. */
function listen(): void {
  const at: Record<string, number> = {};
  Object.assign(globalThis, { __at: at });
  const Own = globalThis.Worker;
  class Noting extends Own {
    constructor(...given: ConstructorParameters<typeof Own>) {
      super(...given);
      this.addEventListener("message", ({ data }: MessageEvent) => {
        const { part, assessment, live } = data as {
          live?: number;
          part?: { kind: string; runs?: number };
          assessment?: { simulation: unknown };
        };
        const mark =
          live !== undefined && part !== undefined
            ? part.kind === "curve"
              ? `curve ${part.runs}`
              : part.kind
            : assessment === undefined
              ? undefined
              : assessment.simulation === null
                ? "evidence"
                : "whole";
        if (mark === undefined) return;
        at[mark] ??= performance.now();
        // The page shows what came with its next frame.
        if (mark.startsWith("curve"))
          requestAnimationFrame(() => setTimeout(() => (at["drawn"] ??= performance.now())));
        // A curve that was there already is both.
        if (mark === "curve 10000") at["curve 1000"] ??= performance.now();
      });
    }
  }
  globalThis.Worker = Noting;
}

async function openCase(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.addInitScript(listen);
  await page.goto(`${address}#/${CASE}`);
  // One edit before, as the engine is warm after the first.
  await page.locator("[data-answer]").first().waitFor();
  await page.waitForTimeout(5000);
  await timesOf(page, "set=war.mediation.level=0.29");
  return page;
}

async function timesOf(page: Page, view: string): Promise<Times> {
  // A person looks at an answer before the next edit; until then the page has drawn it.
  await page.waitForTimeout(REST_MS);
  const begun = await page.evaluate((query) => {
    const at = (globalThis as unknown as { __at: Record<string, number> }).__at;
    for (const key of Object.keys(at)) delete at[key];
    const now = performance.now();
    location.hash = `${location.hash.split("?")[0]}?${query}`;
    return now;
  }, view);
  await page.waitForFunction(
    () => (globalThis as unknown as { __at: Record<string, number> }).__at["whole"] !== undefined,
    undefined,
    { timeout: 120_000 },
  );
  const at = await page.evaluate(() => (globalThis as unknown as { __at: Record<string, number> }).__at);
  return Object.fromEntries(Object.entries(at).map(([mark, time]) => [mark, time - begun]));
}

import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSubject } from "../../src/cli/simulation/subject.ts";
import { type EnsembleInput, runRange, Summary, tallyLayoutOf } from "../../src/dynamics/index.ts";
import { bundled, viewed } from "../support/cases.ts";
import { folderWith, root } from "../support/cli.ts";
import { replayed } from "../support/sessions.ts";

const file = join(root, "docs", "checks.md");
const page = readFileSync(file, "utf8");
const CASE = join(root, "docs", "checks", "april-2022");

/** As `parley simulate` without options. */
const RUNS = 10_000;
const SEED = 1;
const MONTHS = 31;

/** The chance of no talks in 31 months with its error, as the page prints them. */
function noTalks(sets: readonly string[]): readonly [string, string] {
  const { input } = openSubject({ target: CASE, view: { sets }, prior: false });
  const fixed: EnsembleInput = { ...input, uncertain: [] };
  const { p, se } = new Summary(tallyLayoutOf(fixed), runRange(fixed, SEED, 0, RUNS)).by("talks")[MONTHS - 1] ?? {
    p: Number.NaN,
    se: Number.NaN,
  };
  return [(1 - p).toFixed(3), se.toFixed(3)];
}

const optionsOf = (cell: string): string[] => [...cell.matchAll(/--set ([^\s`]+)/g)].map(([, set = ""]) => set);

/** Every row of the tables with its figures as they are now. */
function tablesNow(text: string): string {
  return text.replace(/^\| (none:[^|]*|`--set[^|]*) \|[^|]*\|[^|]*\|$/gm, (_, options: string) => {
    const [chance, error] = noTalks(optionsOf(options));
    return `| ${options.trimEnd()} | ${chance} | ${error} |`;
  });
}

const squeezed = (text: string): string => text.replaceAll(/ +/g, " ").replaceAll(/-{3,}/g, "---");

describe("docs/checks.md", () => {
  it("prints what its commands print now, whatever it is", () => {
    const folder = folderWith({});
    symlinkSync(join(root, "docs"), join(folder, "docs"));
    const now = tablesNow(replayed(page, folder));
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, now);
    else expect(squeezed(now)).toBe(squeezed(page));
  });

  it("says in words what its figures say", () => {
    const figures = [...page.matchAll(/no talks in 31 months: (0\.\d+)/g)].map(([, figure]) => Number(figure));
    expect(figures).toHaveLength(2);
    const [central = Number.NaN, drawn = Number.NaN] = figures;
    expect(page).toContain("about one war in thirty at central values, about one in thirteen");
    expect(1 / central).toBeGreaterThan(25);
    expect(1 / central).toBeLessThan(35);
    expect(1 / drawn).toBeGreaterThan(12);
    expect(1 / drawn).toBeLessThan(14);
    const row = (set: string) => Number(new RegExp(`^\\| \`--set ${set}\` *\\| (0\\.\\d+)`, "m").exec(page)?.[1]);
    expect(page).toContain("it is twelve times as likely under\nthe lower one");
    expect(Math.round(row("war.talks.onset=0.010") / row("war.talks.onset=0.028"))).toBe(12);
  });
});

describe("the war of April 2022", () => {
  const war = (content: ReturnType<typeof viewed>) => content.war as unknown as Record<string, Record<string, unknown>>;
  const now = war(viewed(bundled("ukraine-2024")));
  const then = war(viewed(bundled("../docs/checks/april-2022")));

  /** The value of a parameter as written, without its grounds. */
  const written = (value: unknown): string =>
    JSON.stringify(value, (key, each) =>
      ["because", "source", "hindsight", "by", "note"].includes(key) ? undefined : each,
    );

  it("has the bundled case's parameters of talks, agreements, relapse, payoff and leaders, so that the check can fail", () => {
    for (const group of ["talks", "agreements", "relapse", "payoff", "leaders", "beliefs", "mediation"]) {
      expect(written(then[group]), group).toBe(written(now[group]));
    }
  });

  it("differs from it in what the page says", () => {
    const differing = Object.keys(then).flatMap((group) =>
      Object.keys(then[group] ?? {}).flatMap((name) =>
        typeof then[group] === "object" && written(then[group]?.[name]) !== written(now[group]?.[name])
          ? [`${group}.${name}`]
          : [],
      ),
    );
    expect(differing.filter((path) => !/^(text|because|by)\./.test(path)).toSorted()).toEqual([
      "attrition.losses",
      "attrition.replacement",
      "capability.own",
      "clock.horizon",
      "escalation.rung",
      "front.share",
      "front.strength",
      "publics.forTalks",
    ]);
  });
});

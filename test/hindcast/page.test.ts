import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { episodes, interstateWars, peaces } from "../../scripts/hindcast/classes.ts";
import { ABOUT, OURS } from "../../scripts/hindcast/models.ts";
import { deathSection, scored, setSection } from "../../scripts/hindcast/page.ts";
import { monthlyDeaths } from "../../scripts/hindcast/series.ts";
import { askSet, SETS } from "../../scripts/hindcast/sets.ts";
import { table, three } from "../../scripts/hindcast/tables.ts";
import type { Rule } from "../../scripts/hindcast/wars.ts";
import { dayNumber } from "../../src/core/dates/index.ts";
import { folderWith, root } from "../support/cli.ts";
import { describeWith } from "../support/shared.ts";
import { naiveBriers } from "./naive.ts";

const page = readFileSync(join(root, "docs", "hindcast.md"), "utf8");

function run(words: readonly string[], data?: string) {
  const env: NodeJS.ProcessEnv = { ...process.env, PARLEY_TABLES: data };
  const script = join(root, "scripts", "hindcast", "run.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], { encoding: "utf8", env });
  return { status, stdout, stderr };
}

/** The rows of the table under a heading's n-th table, by their first cell. */
function rowsOf(text: string): Map<string, string[]> {
  const rows = text.split("\n").flatMap((line) => (line.startsWith("|") ? [line.split("|").slice(1, -1)] : []));
  return new Map(rows.map((cells) => [cells[0]?.trim() ?? "", cells.map((cell) => cell.trim())]));
}

describe("tables", () => {
  it("are padded, figures to the right", () => {
    expect(table(["a", "figure"], [["long name", "1"]])).toBe(
      "| a         | figure |\n| --------- | -----: |\n| long name |      1 |",
    );
  });

  it("have no negative nothing", () => {
    expect([three(-0.0002), three(-0.0006), three(0.1)]).toEqual(["0.000", "-0.001", "0.100"]);
  });
});

describe("npm run hindcast", () => {
  const before = page;
  const refused = (words: readonly string[], data?: string) => {
    const { status, stdout, stderr } = run(words, data);
    expect([status, stdout]).toEqual([2, ""]);
    expect(readFileSync(join(root, "docs", "hindcast.md"), "utf8")).toBe(before);
    return stderr;
  };

  it("says what it needs where no folder is named, or it is not there", () => {
    expect(refused([])).toContain("missing data folder\nusage: npm run hindcast -- DATA_FOLDER [--check]");
    expect(refused(["no-such-folder"])).toContain("missing data folder: no-such-folder is not there");
    expect(refused([], "not-there-either")).toContain("not-there-either is not there");
  });

  it("does not guess what an unknown option or a second folder means", () => {
    expect(refused(["--chek", "x"])).toContain("unknown option: --chek (expected --check)");
    expect(refused(["x", "y"])).toContain("unknown word: y");
  });

  it("names the table that is missing", () => {
    expect(refused([folderWith({})])).toContain("missing file: ");
  });
});

describe("docs/hindcast.md says in words what its figures say", () => {
  const overview = page.slice(page.indexOf("### Overview"), page.indexOf("## How"));
  const beats = rowsOf(overview.slice(overview.indexOf("Which of ours"), overview.indexOf("Of all comparisons")));
  const ending = (name: string, what: string, rule: string) => beats.get(`${name}: ${what}, ${rule}`) ?? [];
  const RULES = ["all other wars", "past only"];
  const NAMES = [
    "Interstate wars, 1823–2003",
    "Interstate wars, 1946–2003",
    "Fighting between states, 1946–2020",
    "Fighting within states, 1946–2020",
  ];

  it("interstate wars: the best by AIC beats the constant hazard in both versions, Weibull in none", () => {
    for (const rule of RULES) {
      const [, constant = "", weibull = ""] = ending("Interstate wars, 1823–2003", "does it end", rule);
      expect(constant).toContain("best by AIC");
      expect(weibull).not.toContain("best by AIC");
    }
    expect(ending("Interstate wars, 1823–2003", "does it end", "past only")[2]).toContain("log-normal");
  });

  it("since 1946 nothing beats the constant hazard or Weibull", () => {
    for (const rule of RULES) {
      expect(ending("Interstate wars, 1946–2003", "does it end", rule).slice(1, 3)).toEqual(["none", "none"]);
    }
  });

  it("between states by dyad the best by AIC loses to Weibull; within states nothing beats Weibull", () => {
    expect(ending("Fighting between states, 1946–2020", "does it end", "all other wars")[4]).toContain("best by AIC");
    for (const rule of RULES) expect(ending("Fighting within states, 1946–2020", "does it end", rule)[2]).toBe("none");
  });

  it("endings by agreement: none beats Weibull by 0.005, and the flat share only within states from the past", () => {
    for (const name of NAMES) {
      for (const rule of RULES) {
        const what = "does it end by agreement or ceasefire";
        const heading = `### ${name}: ${what}, ${rule}`;
        const section = page.slice(page.indexOf(heading) + heading.length);
        const logs = section.slice(section.indexOf(" log score |"), section.indexOf("###"));
        for (const label of OURS.map((model) => ABOUT[model][0])) {
          const [, , , cell = ""] = rowsOf(logs).get(label) ?? [];
          expect(cell, label).not.toBe("");
          if (cell.startsWith("**")) expect(Number(cell.slice(2, 8))).toBeGreaterThan(-0.005);
        }
        expect(ending(name, what, rule)[3] === "none").toBe(!(name.includes("within") && rule === "past only"));
      }
    }
  });

  it("fought again: kind and Cox beat the flat share in both versions, families do not; nothing between states", () => {
    for (const rule of RULES) {
      const flat = beats.get(`After all fighting, 1946–2020: is it fought again, ${rule}`)?.[3] ?? "";
      for (const name of ["curve of its kind", "Cox"]) expect(flat).toContain(name);
      for (const name of ["log-normal", "log-logistic", "best by AIC"]) expect(flat).not.toContain(name);
      const states = beats.get(`After fighting between states, 1946–2020: is it fought again, ${rule}`) ?? [];
      expect(states.slice(1)).toEqual(["none", "none", "none", "none"]);
    }
  });

  it("counts all comparisons of ours, and how they came out", () => {
    for (const baseline of ["constant hazard", "Weibull", "persistence", "flat share"]) {
      const [, all = "", better = "", worse = "", open = ""] =
        rowsOf(overview.slice(overview.indexOf("Of all"))).get(baseline) ?? [];
      expect(Number(all)).toBe(SETS.length * 2 * OURS.length * 2);
      expect(Number(better) + Number(worse) + Number(open)).toBeLessThanOrEqual(Number(all));
    }
  });

  it("deaths: what beats the last year, and what the last value", () => {
    const deaths = page.slice(page.indexOf("### Ukraine 2014–2021"));
    const better = [...deaths.matchAll(/^\| ([^|]*?) +\|[^|]*\|[^|]*\| +\*\*/gm)].map(([, name]) => name);
    expect(better).toEqual(["recent months"]);
    const logs = deaths.split("in log(1 + deaths)").slice(1, 4);
    expect(logs).toHaveLength(3);
    for (const text of logs) {
      const rows = rowsOf(text.slice(0, text.indexOf("###")));
      for (const name of ["conflictology", "last three", "recent months", "pool of three"]) {
        expect(rows.get(name)?.[2], name).toMatch(/^\*\*/);
      }
    }
  });
});

describeWith("data", "hindcasts of the producers' data", (folder) => {
  it("read the lists that the page speaks of", () => {
    const wars = interstateWars(folder);
    expect(wars).toHaveLength(95);
    expect(wars.every(({ ended, days }) => ended && days > 0)).toBe(true);
    const korea = wars.find(({ name }) => name === "Korean");
    expect(korea).toMatchObject({ begun: dayNumber(1950, 6, 24), ending: "stalemate" });
    expect((korea?.begun ?? 0) + (korea?.days ?? 0) - 1).toBe(dayNumber(1953, 7, 27));
    // Of its sixteen states few had joined within the first month; none later than the day that is asked about.
    expect(korea?.known(dayNumber(1950, 6, 24))["states"]).toBeLessThan(
      korea?.known(dayNumber(2000, 1, 1))["states"] ?? 0,
    );
    const together = Map.groupBy(wars, ({ cluster }) => cluster);
    const ofVietnam = wars.find(({ name }) => name.startsWith("Vietnam War"))?.cluster ?? "";
    expect(together.get(ofVietnam)?.map(({ name }) => name)).toEqual([
      "Vietnam War, Phase 2",
      "Second Laotian, Phase 2",
      "Communist Coalition",
    ]);
    expect(episodes(folder, "interstate").filter(({ ended }) => !ended)).toHaveLength(4);
    expect(peaces(folder, "all").every(({ days, watched = 0 }) => days >= 1 && days <= watched)).toBe(true);
  });

  it("give the page's Brier scores on interstate wars by a second way that shares nothing with the first", () => {
    const naive = naiveBriers(readFileSync(join(folder, "cow_interstate_wars_v4/wars.csv"), "utf8"));
    for (const [rule, label] of [
      ["others", "all other wars"],
      ["past", "past only"],
    ] as const) {
      const heading = `### Interstate wars, 1823–2003: does it end, ${label}`;
      const section = page.slice(page.indexOf(heading) + heading.length);
      const { count, constant, curve, persistence } = naive[rule];
      expect(section.slice(0, section.indexOf("questions"))).toContain(` ${count} `);
      const rows = rowsOf(section.slice(0, section.indexOf(" log score |")));
      const told = (model: string) => rows.get(model)?.[1]?.slice(0, 5);
      expect(told("constant hazard")).toBe(constant.toFixed(3));
      expect(told("persistence")).toBe(persistence.toFixed(3));
      if (rule === "others") expect(told("curve")).toBe(curve.toFixed(3));
    }
  });

  it("have no war that lasts longer than it was watched", () => {
    for (const war of [...episodes(folder, "all"), ...peaces(folder, "all")]) {
      expect(war.days).toBeLessThanOrEqual(war.watched ?? Number.POSITIVE_INFINITY);
    }
  });

  const quick: readonly (readonly [string, Rule])[] = [
    ["wars-1946-ends", "others"],
    ["wars-1946-settles", "past"],
    ["again-interstate", "others"],
  ];
  for (const [id, rule] of quick) {
    it(`give the page's tables of ${id}, ${rule}`, () => {
      const set = SETS.find((each) => each.id === id);
      if (set === undefined) throw new Error(id);
      expect(page).toContain(setSection(scored(askSet(folder, set, rule))));
    });
  }

  it("give the page's tables of deaths", () => {
    const named = monthlyDeaths(folder).find(({ id }) => id === "named");
    if (named === undefined) throw new Error("no series");
    expect(page).toContain(deathSection(named));
  });

  it("add up in the series of deaths to what the producer's years say", () => {
    const [total] = monthlyDeaths(folder);
    const year = (from: number) => total?.values.slice(from, from + 12).reduce((sum, value) => sum + value, 0);
    // The README of the folder: 4,483 in 2014, 208 in 2021.
    expect([year(0), year(84)]).toEqual([4483, 208]);
  });

  it("are refused with file and line where a table is broken, and nothing is written", () => {
    const copy = folderWith({});
    for (const part of ["cow_interstate_wars_v4", "ucdp_conflict_termination_v3_2021", "ucdp_ged_ukraine_2014_2021"]) {
      mkdirSync(join(copy, part));
      cpSync(join(folder, part), join(copy, part), { recursive: true });
    }
    const economist = "ukraine_casualty_estimates_economist";
    cpSync(join(folder, economist), join(copy, economist), { recursive: true });
    const wars = join(copy, "cow_interstate_wars_v4/wars.csv");
    const text = readFileSync(wars, "utf8");
    const refused = (now: string) => {
      rmSync(wars);
      writeFileSync(wars, now);
      const { status, stderr, stdout } = run([copy]);
      expect([status, stdout]).toEqual([2, ""]);
      return stderr;
    };
    expect(refused(text.replace("1828-04-26", "1828-02-30"))).toMatch(
      /wars\.csv:3 {2}invalid start: 1828-02-30 \(expected a day, such as 1950-06-24\)/,
    );
    expect(refused(text.replace("outcomes_all", "outcomes"))).toContain("missing column: outcomes_all in ");
    expect(refused(`${text.split("\n")[0]}\n`)).toContain("missing rows: ");
    expect(refused(`${text}\n1,2\n`)).toContain("invalid table: ");
    expect(readFileSync(join(root, "docs", "hindcast.md"), "utf8")).toBe(page);
  });
});

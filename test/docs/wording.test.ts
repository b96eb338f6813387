import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { renderAssessment } from "../../src/cli/render/assessment.ts";
import { renderReport } from "../../src/report/index.ts";
import { assessed, bundled } from "../support/cases.ts";
import { root } from "../support/cli.ts";

/**
 * Terms that judge a side. They must not stand in Parley's own voice: in its source, its documents, its bundled cases. The
 * exceptions are the names of things, each with its reason.
 */
const LOADED: readonly { readonly term: RegExp; readonly except?: RegExp; readonly because?: string }[] = [
  { term: /\bregimes?\b/i, except: /sanctions regimes?|arms-control regimes?/i, because: "a body of rules" },
  { term: /\bterroris\w*/i },
  { term: /\bpuppet\w*/i },
  {
    term: /\baggress(?:or|ors|ion|ive)\b/i,
    except: /crime of aggression|“[^”]*aggression[^”]*”|Aggression against Ukraine/i,
    because: "a crime's and a resolution's name",
  },
  { term: /\bunprovoked\b/i },
  { term: /\billegal(?:ly)?\b/i },
  { term: /\bannex(?:ed|ation|ations|ing)\b/i },
  { term: /\bliberat\w*/i },
  { term: /\bnazi\w*|\bfascis\w*/i },
  { term: /\bgenocid\w*/i },
  { term: /\bbarbar\w*|\bsavage\w*|\bbrutal\w*|\batroci\w*|\bheinous\b/i },
  { term: /\bheroic\w*|\bheroes\b|\bmartyr\w*/i },
  { term: /\bso-called\b/i },
  { term: /\binvaders?\b|\boccupiers?\b|\benemy\b|\benemies\b/i },
  { term: /\bpropagand\w*/i },
  { term: /\bwarmonger\w*|\bappease\w*|\bcapitulat\w*|\bsurrender\w*/i },
  {
    term: /\bseparatists?\b/i,
    except: /separatist leaders/i,
    because: "as the text of the agreement's reporters has it",
  },
  { term: /\bhegemon\w*|\bcolonial\w*|\bimperialis\w*/i },
  { term: /\bgrab(?:s|bed)?\b|\bland[- ]grab/i },
  { term: /\bdefen[cs]eless\b|\binnocent\b/i },
];

function filesBelow(folder: string, wanted: RegExp): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path, wanted);
    return wanted.test(entry.name) ? [path] : [];
  });
}

const OWN_VOICE = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  ...filesBelow("docs", /\.md$/),
  ...filesBelow("cases", /\.(yaml|md)$/),
  // The reader's lists of cue words hold what others say.
  // So do the names of wars, which are their producers'.
  ...filesBelow("src", /\.ts$/).filter(
    (file) =>
      ![join("src", "reader"), join("src", "assess", "base-rates", "facts")].some((own) => file.startsWith(own)),
  ),
];

/** Titles, names and addresses are other people's words. */
const withoutTitles = (line: string): string =>
  line.replace(/^\s*(title|publisher|affiliation|by):.*$/, "").replaceAll(/https?:\/\/\S+/g, "");

describe("Parley's own voice", () => {
  it("uses no term that judges a side", () => {
    const found = OWN_VOICE.flatMap((file) =>
      readFileSync(join(root, file), "utf8")
        .split("\n")
        .flatMap((line, index) => {
          const text = withoutTitles(line);
          return LOADED.filter(({ term, except }) =>
            term.test(except === undefined ? text : text.replaceAll(new RegExp(except, "gi"), "")),
          ).map(({ term }) => `${file}:${index + 1} ${term.exec(text)?.[0]}`);
        }),
    );
    expect(found).toEqual([]);
  });

  it("would notice one", () => {
    expect(LOADED.filter(({ term }) => term.test("the regime and its puppets surrendered"))).toHaveLength(3);
  });
});

const cases = ["ukraine-2024", "colombia-2012"] as const;

describe.each(cases)("the views of %s", async (name) => {
  const assessment = assessed(bundled(name));
  const style = { bold: String, dim: String, good: String, bad: String, warn: String, accent: String };
  const views = [
    await renderReport(assessment),
    renderAssessment(assessment, { width: 100, unicode: true, style }, { short: false }),
  ];

  it("call parties by their names, never A and B", () => {
    for (const view of views) {
      expect(view).not.toMatch(/\b(side|party|belligerent|country|state|actor)s? [ABXY]\b/i);
      expect(view).not.toMatch(/\b(victory|advance)[ -]?[AB]\b/);
    }
  });
});

/** How many values stand below a part of a case: keys for mappings, items for lists, 1 for a value. */
function filled(value: unknown): Record<string, number> {
  return Object.fromEntries(
    Object.entries((value ?? {}) as Record<string, unknown>).map(([key, each]) => [
      key,
      Array.isArray(each) ? each.length : typeof each === "object" && each !== null ? Object.keys(each).length : 1,
    ]),
  );
}

describe.each(cases)("the case %s", (name) => {
  const { raw } = bundled(name);
  type Entry = { roles?: { role: string }[]; factions?: Record<string, object>; aims?: object[]; aliases?: string[] };
  const parties = Object.entries((raw["parties"] ?? {}) as Record<string, Entry>);
  const belligerents = parties.filter(([, { roles }]) => roles?.some(({ role }) => role === "belligerent"));
  const positions = (raw["positions"] ?? {}) as Record<string, { issues?: Record<string, Record<string, unknown>> }>;

  it("fills the same fields for each belligerent", () => {
    expect(belligerents.length).toBeGreaterThan(1);
    const [first, ...others] = belligerents.map(([id, entry]) => ({
      // Only a state has a country's code.
      party: Object.keys(filled(entry))
        .filter((field) => field !== "iso")
        .toSorted(),
      position: Object.keys(filled(positions[id])).toSorted(),
      issues: Object.entries(positions[id]?.issues ?? {})
        .map(([issue, stance]) => `${issue}: ${Object.keys((stance["values"] ?? {}) as object).length} values`)
        .toSorted(),
    }));
    for (const other of others) expect(other).toEqual(first);
  });

  it("gives no belligerent twice as many aims, factions or stated values as another", () => {
    const counts = belligerents.map(([id, entry]) => {
      const stances = Object.values(positions[id]?.issues ?? {});
      const redLines = stances.reduce((sum, stance) => sum + ((stance["redLines"] as unknown[]) ?? []).length, 0);
      return {
        aims: entry.aims?.length ?? 0,
        factions: Object.keys(entry.factions ?? {}).length,
        stances: stances.length,
        redLines,
      };
    });
    for (const key of ["aims", "factions", "stances", "redLines"] as const) {
      const values = counts.map((count) => count[key]);
      expect(Math.max(...values), key).toBeLessThanOrEqual(2 * Math.min(...values) + (key === "redLines" ? 1 : 0));
    }
  });
});

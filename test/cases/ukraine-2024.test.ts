import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkDossier, filesInMemory, listUngrounded, readDossier } from "../../src/case/index.ts";
import { renderReport } from "../../src/report/index.ts";
import { assessed, bundled, viewed } from "../support/cases.ts";
import { describeWith } from "../support/shared.ts";

const dossier = bundled("ukraine-2024");
const texts = () =>
  readdirSync("cases/ukraine-2024")
    .filter((name) => name.endsWith(".yaml") || name.endsWith(".md"))
    .map((name) => readFileSync(join("cases/ukraine-2024", name), "utf8"));

describe("the case ukraine-2024", () => {
  it("is clean, strictly as of its day too, and grounds every judgement", () => {
    expect(checkDossier(dossier)).toEqual([]);
    expect(listUngrounded(dossier)).toEqual([]);
    expect(viewed(dossier, { strictAsOf: true }).leftOut.length).toBeGreaterThan(5);
  });

  it("holds each of the source's 22 statements somewhere, and the report shows each with where", async () => {
    const source = assessed(dossier).sources.find(({ id }) => id === "ding-2024");
    expect(source?.statements.map(({ id }) => id)).toEqual(Array.from({ length: 22 }, (_, i) => String(i + 1)));
    const html = await renderReport(assessed(dossier));
    for (const { says, heldBy, at } of source?.statements ?? []) {
      expect(heldBy.length, says).toBeGreaterThan(0);
      expect(at.length, says).toBeGreaterThan(0);
      expect(html).toContain(says.replaceAll("'", "&#39;"));
    }
  });

  it("puts no number in the source's mouth: who set each strength is named, and it is not the source", () => {
    for (const [id, claim] of Object.entries(viewed(dossier).claims)) {
      if (Object.keys(claim.bears ?? {}).length === 0) continue;
      expect(claim.encoded?.by, id).toBe("Parley");
    }
  });

  it("gives both belligerents the same fields", () => {
    const { russia, ukraine } = viewed(dossier).parties;
    expect(Object.keys(russia ?? {}).toSorted()).toEqual(Object.keys(ukraine ?? {}).toSorted());
    expect(russia?.aims?.length).toBe(ukraine?.aims?.length);
    expect(russia?.roles?.length).toBe(ukraine?.roles?.length);
  });

  it("tells losses of both sides by both sides and by others, or not at all", () => {
    const { indicators, series } = viewed(dossier);
    for (const side of ["casualties-russian", "casualties-ukrainian"]) {
      expect(indicators[side]?.definition).toMatch(
        /Own claim: .* Opponent's claim: .* Independent of both in origin: /,
      );
      expect(series.get(side)).toHaveLength(2);
    }
  });

  it("says of the data what they say: deadlock supported, the advance inconclusive over two maps, the level open", () => {
    const verdicts = Object.fromEntries(
      assessed(dossier).questions.flatMap(({ claims }) => claims.map(({ id, verdict }) => [id, verdict])),
    );
    expect(verdicts).toMatchObject({
      deadlock: "supported",
      "advance-faster": "inconclusive",
      "publics-want-talks": "inconclusive",
    });
  });

  it("weighs no ascribed motive", () => {
    const claim = viewed(dossier).claims["hardliners-motive"];
    expect([claim?.kind, claim?.bears]).toEqual(["attributed-motive", undefined]);
  });
});

describe("the questions and what came of them", () => {
  it("ask about talks by rung, ceasefire, settlement, relapse and confrontation, each with its rule and its days", () => {
    const { questions } = viewed(dossier);
    expect(Object.keys(questions)).toEqual([
      "talks-2025",
      "ceasefire-2025",
      "confrontation-2029",
      "leaders-2025",
      "settlement-2026",
      "relapse-2026",
    ]);
    for (const [id, { opened, by, settledBy, prior, because }] of Object.entries(questions)) {
      expect([opened, by, settledBy, prior, because].includes(undefined), id).toBe(false);
      expect(opened?.text, id).toBe("2024-11-28");
    }
  });

  it("are settled by reports that came after the case's day, and by nothing that the case rests on", () => {
    const { resolutions, sources, asOf } = viewed(dossier);
    for (const [id, { reports = [], because, source }] of Object.entries(resolutions)) {
      expect(because, id).toBeDefined();
      expect(source, id).toBeUndefined();
      for (const { published } of reports) expect(published.first, id).toBeGreaterThan(asOf?.last ?? Infinity);
    }
    expect(Object.values(resolutions).filter(({ reports }) => reports !== undefined)).toHaveLength(3);
    expect(Object.values(sources).some(({ title }) => /istanbul results|talks in istanbul/i.test(title))).toBe(false);
  });

  it("change no byte of any answer: taken out or turned round, the case's hash alone moves", () => {
    const texts = Object.fromEntries(
      readdirSync("cases/ukraine-2024", { recursive: true, encoding: "utf8" })
        .filter((name) => /\.(yaml|csv)$/.test(name))
        .map((name) => [name, readFileSync(join("cases/ukraine-2024", name), "utf8")]),
    );
    const whole = texts["resolutions.yaml"] ?? "";
    const under = (resolutions: string, strictAsOf: boolean) => {
      const { dossier: other, problems } = readDossier(filesInMemory({ ...texts, "resolutions.yaml": resolutions }));
      if (other === undefined) throw new Error(problems.map(({ message }) => message).join("; "));
      const { case: identity, ...answers } = assessed(other, { strictAsOf });
      return { hash: identity.hash, bytes: JSON.stringify({ ...answers, case: { ...identity, hash: "" } }) };
    };
    const turned = whole
      .replaceAll("outcome: yes", "outcome: XX")
      .replaceAll("outcome: no", "outcome: yes")
      .replaceAll("XX", "no");
    for (const strictAsOf of [false, true]) {
      const [as, without, other] = [whole, "resolutions: {}\n", turned].map((text) => under(text, strictAsOf));
      expect(without?.bytes).toBe(as?.bytes);
      expect(other?.bytes).toBe(as?.bytes);
      expect(new Set([as?.hash, without?.hash, other?.hash]).size).toBe(3);
    }
  });
});

/** Runs of words so long that two texts share them only where one was copied. */
function shingles(text: string, length: number): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(
    words.slice(0, Math.max(0, words.length - length + 1)).map((_, i) => words.slice(i, i + length).join(" ")),
  );
}

describeWith("source/commentary-2024-11.txt", "the source's own words", (path) => {
  it("do not stand in the case: no seven words in a row are the same", () => {
    const source = shingles(readFileSync(path, "utf8"), 7);
    const shared = texts().flatMap((text) => [...shingles(text, 7)].filter((run) => source.has(run)));
    // Names of offices and institutes are facts, not sentences.
    expect(shared.filter((run) => !/eurasian studies|contemporary international relations/.test(run))).toEqual([]);
  });
});

describeWith("data/ukraine_territory_isw_economist/area_daily.csv", "the typed areas", (path) => {
  it("are those of the data set, rounded to a square kilometre", () => {
    const rows = readFileSync(path, "utf8").split("\n").slice(1);
    const known = new Map(rows.map((row) => row.split(",")).map(([date, area]) => [date, Math.round(Number(area))]));
    for (const { date, value } of viewed(dossier).series.get("area") ?? [])
      expect(value, date.text).toBe(known.get(date.text));
  });
});

describeWith("data/kiel_ukraine_support_tracker_r29/data_explorer.csv", "the typed aid", (path) => {
  it("is the sum over donors of the data set, rounded to a tenth of a billion", () => {
    const [head = "", ...rows] = readFileSync(path, "utf8").trim().split("\n");
    const names = head.split(",").map((name) => name.replaceAll('"', ""));
    const cell = (row: string, name: string) =>
      (row.match(/("[^"]*"|[^,]*)(,|$)/g) ?? [])[names.indexOf(name)]?.replaceAll(/[",]/g, "") ?? "";
    const total = (until: string, donor?: string) =>
      rows
        .filter((row) => `${cell(row, "year")}-${cell(row, "month").padStart(2, "0")}` <= until.slice(0, 7))
        .filter((row) => donor === undefined || cell(row, "country") === donor)
        .reduce((sum, row) => sum + Number(cell(row, "total")), 0);
    const { series } = viewed(dossier);
    for (const { date, value } of series.get("aid-total") ?? [])
      expect(value, date.text).toBeCloseTo(total(date.text), 1);
    for (const { date, value } of series.get("aid-us") ?? [])
      expect(value, date.text).toBeCloseTo(total(date.text, "United States"), 1);
  });
});

describeWith("data/polls_war_negotiations_compiled/polls.csv", "the typed polls", (path) => {
  it("agree with the collection where both have a month", () => {
    const rows = readFileSync(path, "utf8")
      .split("\n")
      .slice(1)
      .map((row) => row.split(","));
    const find = (pollster: string, month: string) =>
      rows.find(([name, , , , mid]) => name === pollster && mid?.startsWith(month))?.[5];
    const { series } = viewed(dossier);
    for (const [id, pollster] of [
      ["concessions-ukraine", "KIIS"],
      ["polls-russia", "Levada Center"],
    ] as const) {
      for (const { date, value } of series.get(id) ?? []) {
        const known = find(pollster, date.text);
        if (known !== undefined) expect(value, `${id} ${date.text}`).toBe(Number(known));
      }
    }
  });
});

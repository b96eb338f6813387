import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { assessed, bundled, viewed } from "../support/cases.ts";
import { describeWith } from "../support/shared.ts";

const dossier = bundled("ukraine-2024");
const content = viewed(dossier);
const issues = Object.entries(content.issues);
const stances = Object.entries(content.positions).flatMap(([party, position]) =>
  Object.entries(position.issues ?? {}).map(([issue, stance]) => ({
    party,
    issue,
    stance,
    at: `${party} on ${issue}`,
  })),
);
/** Weights are written to two decimals. */
const TOL_SUM = 1e-9;

describe("the issues of ukraine-2024", () => {
  it("are eight at least, each with four to six options that have a name and a sentence", () => {
    expect(issues.length).toBeGreaterThanOrEqual(8);
    for (const [id, { options, text }] of issues) {
      expect(Object.keys(options).length, id).toBeGreaterThanOrEqual(4);
      expect(Object.keys(options).length, id).toBeLessThanOrEqual(6);
      expect(text, id).toBeDefined();
      for (const [option, { name, text: sentence }] of Object.entries(options)) {
        expect(name.length, `${id}.${option}`).toBeGreaterThan(0);
        expect(sentence, `${id}.${option}`).toMatch(/^[A-Z].*\.$/);
      }
    }
  });

  it("hold what the source speaks of and what the parties ask for", () => {
    expect(Object.keys(content.issues)).toEqual(
      expect.arrayContaining([
        "territory",
        "alignment",
        "guarantees",
        "sanctions",
        "forces",
        "monitoring",
        "prisoners",
        "reconstruction",
        "accountability",
        "energy-safety",
        "security-order",
      ]),
    );
  });

  it("say why options exclude one another, and leave every proposal at least one completion", () => {
    expect(content.exclusions.length).toBeGreaterThan(0);
    for (const [index, { because, source: _, ...options }] of content.exclusions.entries()) {
      expect(because, `exclusion ${index}`).toBeDefined();
      expect(Object.keys(options).length, `exclusion ${index}`).toBe(2);
      for (const [id, { package: terms }] of Object.entries(content.proposals)) {
        const whole = Object.entries(options).every(([issue, barred]) => {
          const chosen = [terms[issue] ?? []].flat();
          return chosen.length > 0 && chosen.every((option) => [barred].flat().includes(option));
        });
        expect(whole, `${id} against exclusion ${index}`).toBe(false);
      }
    }
  });
});

describe("the positions of ukraine-2024", () => {
  it("are there for everyone who must accept, ratify or guarantee", () => {
    const bound = Object.entries(content.parties).filter(([, { roles }]) =>
      roles?.some(({ role }) => ["belligerent", "ratifier", "guarantor"].includes(role)),
    );
    expect(Object.keys(content.positions)).toEqual(expect.arrayContaining(bound.map(([id]) => id)));
    const required = Object.entries(content.positions).filter(([, { accepts }]) => accepts === "required");
    expect(required.map(([id]) => id).toSorted()).toEqual(["russia", "ukraine"]);
  });

  it("weigh to one, and value every option of an issue that they weigh", () => {
    for (const [party, { issues: own }] of Object.entries(content.positions)) {
      const sum = Object.values(own ?? {}).reduce((total, { weight }) => total + (weight?.central ?? 0), 0);
      expect(Math.abs(sum - 1), party).toBeLessThan(TOL_SUM);
    }
    for (const { issue, stance, at } of stances) {
      expect(Object.keys(stance.values ?? {}).toSorted(), at).toEqual(
        Object.keys(content.issues[issue]?.options ?? {}).toSorted(),
      );
    }
  });

  it("are stated with a source or inferred by somebody with a reason, stance by stance and value by value", () => {
    for (const { stance, at } of stances) {
      expect(stance.because, at).toBeDefined();
      expect(stance.by, at).toBe("Parley");
      if (stance.basis === "stated") expect(stance.source?.length ?? 0, at).toBeGreaterThan(0);
      else expect(stance.basis, at).toBe("inferred");
      for (const [option, value] of Object.entries(stance.values ?? {})) {
        const bare = "distribution" in value;
        // An uncertain number was said by nobody: in a stated stance it says whose it is.
        if (bare) expect(value.certain || stance.basis === "inferred", `${at}: ${option}`).toBe(true);
        else expect([value.basis, value.by], `${at}: ${option}`).toEqual(["inferred", "Parley"]);
      }
    }
  });

  it("set red lines only where they were stated, by a source", () => {
    for (const { stance, at } of stances.filter(({ stance: { redLines = [] } }) => redLines.length > 0)) {
      expect(stance.basis, at).toBe("stated");
      expect(stance.source?.length ?? 0, at).toBeGreaterThan(0);
    }
  });

  it("fill the same fields for both belligerents, with as many stated stances, factions and aims", () => {
    const { russia, ukraine } = content.positions;
    expect(Object.keys(russia ?? {}).toSorted()).toEqual(Object.keys(ukraine ?? {}).toSorted());
    expect(Object.keys(russia?.issues ?? {}).toSorted()).toEqual(Object.keys(ukraine?.issues ?? {}).toSorted());
    expect(Object.keys(russia?.issues ?? {})).toHaveLength(issues.length);
    expect([russia?.reservation, ukraine?.reservation]).toEqual(["from-war", "from-war"]);
    const stated = (party: string) => stances.filter((each) => each.party === party && each.stance.basis === "stated");
    expect(Math.abs(stated("russia").length - stated("ukraine").length)).toBeLessThanOrEqual(2);
    const sides = [content.parties["russia"], content.parties["ukraine"]];
    const shape = sides.map((party) => ({
      factions: Object.keys(party?.factions ?? {}).length,
      ascribed: party?.aims?.filter(({ basis }) => basis === "ascribed").length,
      interactions: content.interactions.filter(({ party: id }) => content.parties[id] === party).length,
    }));
    expect(shape[0]).toEqual(shape[1]);
    expect(shape[0]?.factions).toBeGreaterThanOrEqual(3);
  });

  it("say for every pair of options what it adds, so that pairs stay on the scale from 0 to 1", () => {
    for (const { party, over, values, because } of content.interactions) {
      expect(because, party).toBeDefined();
      const [first = "", second = ""] = over;
      expect(Object.keys(values)).toEqual(Object.keys(content.issues[first]?.options ?? {}));
      for (const row of Object.values(values))
        expect(Object.keys(row)).toEqual(Object.keys(content.issues[second]?.options ?? {}));
    }
  });
});

describe("the factions of ukraine-2024", () => {
  it("say whether their consent is needed and why, and keep ascribed aims beside stated ones", () => {
    const backers = ["us", "europe"].map((id) => Object.keys(content.parties[id]?.factions ?? {}).length);
    expect(Math.min(...backers)).toBeGreaterThanOrEqual(3);
    for (const [id, { factions = {} }] of Object.entries(content.parties)) {
      for (const [name, { ratifies, aims, source, because }] of Object.entries(factions)) {
        expect(ratifies, `${id}.${name}`).toBeDefined();
        expect(because ?? source, `${id}.${name}`).toBeDefined();
        expect(
          aims?.some(({ basis }) => basis === "stated"),
          `${id}.${name}`,
        ).toBe(true);
        for (const aim of aims ?? []) expect(aim.source?.length ?? 0, `${id}.${name}`).toBeGreaterThan(0);
      }
    }
  });
});

describe("the proposals and norms of ukraine-2024", () => {
  it("name their author, day and source, and what they leave open", () => {
    expect(Object.keys(content.proposals)).toEqual(
      expect.arrayContaining([
        "peace-formula",
        "victory-plan",
        "russia-terms-2024",
        "russia-drafts-2021",
        "china-twelve-points",
        "six-points",
        "istanbul-communique",
        "land-for-nato",
        "freeze-on-line",
        "eurasian-framework",
      ]),
    );
    for (const [id, { by, date, text, note, source }] of Object.entries(content.proposals)) {
      expect(by?.length ?? 0, id).toBeGreaterThan(0);
      expect(text, id).toBeDefined();
      expect(note, id).toBeDefined();
      expect(source?.length ?? 0, id).toBeGreaterThan(0);
      // Nobody put this one on paper on a day.
      if (id !== "land-for-nato") expect(date, id).toBeDefined();
    }
  });

  it("touch options of both sides' favour with norms, each with its source and whom it binds", () => {
    for (const [id, { text, touches, parties, source }] of Object.entries(content.norms)) {
      expect(text.length, id).toBeGreaterThan(20);
      expect(Object.keys(touches ?? {}).length, id).toBeGreaterThan(0);
      expect(parties?.length ?? 0, id).toBeGreaterThan(0);
      expect(source?.length ?? 0, id).toBeGreaterThan(0);
    }
    const touched = new Set(Object.values(content.norms).flatMap(({ touches }) => touches?.["territory"] ?? []));
    expect([...touched].toSorted()).toEqual(Object.keys(content.issues["territory"]?.options ?? {}).toSorted());
  });
});

describe("the readings of ukraine-2024", () => {
  it("give a reason for every path that they change", () => {
    for (const [id, { set, reasons }] of Object.entries(content.readings)) {
      expect(Object.keys(reasons ?? {}).toSorted(), id).toEqual(Object.keys(set).toSorted());
    }
  });

  it("are held views with a counter-view each, from four schools at least, and change what they say", () => {
    const held = Object.entries(content.readings).filter(([, { kind }]) => kind === "held");
    expect(held.length).toBeGreaterThanOrEqual(3);
    const counters = Object.values(content.readings).filter(({ kind }) => kind === "counter");
    expect(counters.map(({ counterTo }) => counterTo).toSorted()).toEqual(held.map(([id]) => id).toSorted());
    const leading = (reading?: string) =>
      assessed(dossier, { reading }, 1, true).questions.flatMap(({ posterior }) =>
        Object.values(posterior ?? {}).map(({ central }) => central),
      );
    const base = leading();
    for (const [id, { kind }] of Object.entries(content.readings)) {
      // Stress tests are for the simulation: they leave the evidence alone.
      if (kind === "stress") expect(leading(id), id).toEqual(base);
      else expect(leading(id), id).not.toEqual(base);
    }
  });
});

describe("what was known on the day", () => {
  it("is all that is left strictly as of it, with a stance for every party still", () => {
    const strict = viewed(dossier, { strictAsOf: true });
    for (const [id, { published }] of Object.entries(strict.sources)) {
      expect(published?.first ?? 0, id).toBeLessThanOrEqual(strict.asOf?.last ?? 0);
    }
    expect(Object.keys(strict.proposals)).not.toContain("umbrella");
    for (const [party, { issues: own }] of Object.entries(content.positions)) {
      expect(Object.keys(strict.positions[party]?.issues ?? {}), party).toEqual(Object.keys(own ?? {}));
    }
  });

  it("marks every source that came out later", () => {
    for (const [id, { published, hindsight }] of Object.entries(content.sources)) {
      if ((published?.first ?? 0) > (content.asOf?.last ?? 0)) expect(hindsight, id).toBeDefined();
    }
  });

  it("does not settle what the source's sum of aid counts", () => {
    const tests = assessed(dossier).indicators;
    expect(tests.map(({ id }) => id)).toEqual(expect.arrayContaining(["aid-without-military", "aid-commitments"]));
    const { low, high } = content.series.get("aid-without-military")?.[0] ?? {};
    expect((low ?? 0) < 216.6 && (high ?? 0) > 216.6).toBe(true);
  });
});

describeWith("data/kiel_ukraine_support_tracker_r29/data_explorer.csv", "the typed aid without weapons", (path) => {
  it("is financial and humanitarian aid of the data set to the end of August 2024", () => {
    const [head = "", ...rows] = readFileSync(path, "utf8").trim().split("\n");
    const names = head.split(",").map((name) => name.replaceAll('"', ""));
    const cell = (row: string, name: string) =>
      (row.match(/("[^"]*"|[^,]*)(,|$)/g) ?? [])[names.indexOf(name)]?.replaceAll(/[",]/g, "") ?? "";
    const sum = rows
      .filter((row) => `${cell(row, "year")}-${cell(row, "month").padStart(2, "0")}` <= "2024-08")
      .reduce((total, row) => total + Number(cell(row, "financial")) + Number(cell(row, "humanitarian")), 0);
    expect(content.series.get("aid-without-military")?.[0]?.value).toBeCloseTo(sum, 1);
  });
});

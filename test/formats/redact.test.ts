import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assess } from "../../src/assess/index.ts";
import { filesInFolder } from "../../src/case/folder.ts";
import { checkDossier, type Dossier, filesInMemory, listUngrounded, readDossier } from "../../src/case/index.ts";
import { parseYaml } from "../../src/case/parse/yaml.ts";
import { DEFAULT_RULES, type Redacted, RULES, type Rule, redact } from "../../src/formats/redact/index.ts";
import { root } from "../support/cli.ts";

/** A case in which everything that identifies stands at least once. */
const FILES = {
  "case.yaml": `# SECRETCOMMENT of the whole
parley: 1
title: The war of One and Two
asOf: 2024-11-28
authors: [Ada Byron]
about: Coded by Ada Byron for the Quiet Office. # SECRETCOMMENT
sources:
  hopper-2023: &one
    title: On the war of One and Two
    by: Grace Hopper
    affiliation: SECRETPOST
    publisher: SECRETPUBLISHER
    published: 2023-05
    url: https://secret.example.org/a
    reliability: B
    interested: two
    paragraphs: 9
    because: SECRETREASON
    note: SECRETNOTE
    statements:
      first: {says: SECRETSTATEMENT, at: 3, kind: driver, heldBy: [claims.losses]}
  poll: {title: A poll, by: SECRETPOLLSTER, published: 2024-01, reliability: A}
parties:
  one: {name: Oneland, aliases: [Onia], roles: [{role: belligerent, says: [hopper-2023, two]}]}
  two: {name: Twoland, roles: [{role: belligerent}], factions: {hawks: {name: Twoland's hawks}}}
issues:
  border: {name: The border with Twoland, options: {here: It stays, there: {name: It moves, text: As Onia asks.}}}
positions:
  one: {accepts: required, by: SECRETANALYST, issues: {border: {weight: 1, values: {here: 0, there: {value: 1, source: "hopper-2023#7"}}}}}
  two: {accepts: required, issues: {border: {weight: 1, values: {here: 1, there: 0.4}}}}
proposals:
  deal: {name: A deal, by: Twoland, package: {border: there}, source: ["hopper-2023#2", "hopper-2023#5", "poll#q1"]}
questions:
  talks:
    text: Will One and Two talk by the end of 2025?
    hypotheses: {yes: They talk, no: They do not}
    by: 2025-12-31
    prior: 0.4
    because: Hopper says so, and SECRETANALYST agrees.
    settledBy: An agency reports it, see https://secret.example.org/b
claims:
  losses:
    text: Losses of Onian troops are heavy.
    name: Heavy losses
    source: "hopper-2023#3"
    credibility: 2
    about: [one]
    bears: {talks: 2 to 5}
    encoded: {by: SECRETANALYST, because: a round number}
    note: SECRETNOTE
    test: {series: guns, is: trend, direction: rising}
  copied: {<<: *one, text: x}
indicators:
  guns: {name: Guns of Oneland, unit: persons, file: secret-guns.csv, source: poll, claimedBy: one}
  inline: {name: Inline, unit: persons, points: [[2024-01, 3], {date: 2024-02, value: 4, source: "poll#2", note: SECRETNOTE}], source: poll}
history:
  classes: {some: {name: Some wars, from: interstate-wars, exclude: [Gulf War], because: too short}}
graph:
  options: {one: {attack: Oneland attacks}, two: {yield: Twoland yields}}
  preferences: {one: [not one.attack if two.yield], two: [not two.yield]}
readings:
  other:
    kind: counter
    by: SECRETANALYST
    set:
      claims.losses.bears.talks: 0.5
      claims.losses.source: "hopper-2023#8"
      claims.losses.note: SECRETNOTE
      sources.hopper-2023.reliability: E
      indicators.inline.points.1: {date: 2024-02, value: 5, source: "poll#3", note: SECRETNOTE}
      positions.two.issues.border: {weight: 1, values: {here: 0.9, there: 0.2}, by: SECRETANALYST, source: "hopper-2023#6"}
    reasons: {claims.losses.bears.talks: Hopper errs, claims.losses.note: SECRETNOTE, sources.hopper-2023.reliability: r}
resolutions:
  talks: {outcome: yes, reports: [{title: SECRETREPORT, publisher: SECRETPUBLISHER, published: 2025-01}], by: SECRETANALYST}
`.replace("  copied: {<<: *one, text: x}\n", ""),
  "secret-guns.csv":
    '# SECRETCOMMENT\ndate,value,low,high,source,note,extra\n2024-01,10,9,11,hopper-2023#4,SECRETNOTE,SECRETNOTE\n2024-02,0.1,,,poll;hopper-2023#1,,\n2024-03,1e3,,,,"a, b",\n',
};

function dossierOf(files: Readonly<Record<string, string>>): Dossier {
  const { dossier, problems } = readDossier(filesInMemory(files));
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  if (dossier === undefined) throw new Error("no dossier");
  expect(checkDossier(dossier).filter(({ severity }) => severity === "error")).toEqual([]);
  return dossier;
}
const dossier = dossierOf(FILES);
const redactedBy = (...rules: readonly Rule[]): Redacted => redact(dossier, new Set(rules));
const textOf = ({ files }: Redacted): string => Object.entries(files).flat().join("\n");
// biome-ignore lint/suspicious/noExplicitAny: a test reads a case as it stands.
const rawOf = ({ files }: Redacted): any => parseYaml(files["case.yaml"] ?? "", "case.yaml").file?.value;

/** The numbers of an assessment by where they stand, however its texts and names differ. */
function numbersOf(value: unknown, path = "", found: [string, number][] = []): [string, number][] {
  if (typeof value === "number") found.push([path, value]);
  else if (Array.isArray(value)) for (const item of value) numbersOf(item, `${path}[]`, found);
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value))
      if (key !== "line" && key !== "column") numbersOf(item, `${path}.${key}`, found);
  }
  return found;
}

/** What an assessment answers: questions with their posteriors and claims, what is negotiated, the graph. */
function answers(of: Dossier) {
  const { assessment, problems } = assess(of, {}, { seed: 3, estimatesOnly: true });
  if (assessment === undefined) throw new Error(problems.map(({ message }) => message).join("\n"));
  const { questions, negotiation, terms, stability, indicators, links, readings, argument, simulation } = assessment;
  const claims = questions.map((question) => ({ ...question, sources: [] }));
  return numbersOf([
    claims,
    negotiation.positions,
    terms,
    stability,
    indicators,
    links,
    readings.length,
    argument,
    simulation,
  ]);
}

describe("a redacted case", () => {
  it("holds nothing of sources, names and comments by the usual rules, and the rest as it was", () => {
    const made = redactedBy(...DEFAULT_RULES);
    expect(textOf(made).replaceAll("SECRETANALYST agrees", "")).not.toMatch(/SECRET|secret-guns/);
    expect(Object.keys(made.files).toSorted()).toEqual(["case.yaml", "data/guns.csv"]);
    const raw = rawOf(made);
    expect(raw.sources).toEqual({
      "source-1": { title: "Source 1", published: "2023-05", reliability: "B", interested: "two" },
      "source-2": { title: "Source 2", published: "2024-01", reliability: "A" },
    });
    expect(raw.proposals.deal.source).toEqual(["source-1", "source-1", "source-2"]);
    expect(raw.parties.one).toMatchObject({
      name: "Oneland",
      aliases: ["Onia"],
      roles: [{ says: ["source-1", "two"] }],
    });
    expect(raw.claims.losses.encoded).toEqual({ by: "[withheld]", because: "a round number" });
    expect(raw.readings.other).toMatchObject({
      by: "[withheld]",
      set: {
        "claims.losses.bears.talks": 0.5,
        "claims.losses.source": "source-1",
        "sources.source-1.reliability": "E",
        "indicators.inline.points.1": { date: "2024-02", value: 5, source: "source-2" },
        "positions.two.issues.border": { by: "[withheld]", source: "source-1", values: { here: 0.9 } },
      },
      reasons: { "claims.losses.bears.talks": "Hopper errs", "sources.source-1.reliability": "r" },
    });
    expect(Object.keys(raw.readings.other.set)).not.toContain("claims.losses.note");
    expect(raw.indicators.inline.points).toEqual([["2024-01", 3], { date: "2024-02", value: 4, source: "source-2" }]);
    expect(raw.questions.talks.by).toBe("2025-12-31");
    expect(raw.resolutions.talks).toEqual({ outcome: "yes", by: "[withheld]" });
    expect(made.files["data/guns.csv"]).toBe(
      "date,value,low,high,published,source\n2024-01,10,9,11,,source-1\n2024-02,0.1,,,,source-2;source-1\n2024-03,1000,,,,\n",
    );
    expect(made.dropped).toMatchObject({ notes: 5, "sources made anonymous": 2, "reports of an outcome": 1 });
  });

  it("says where it still names what was taken out", () => {
    const { left } = redactedBy(...DEFAULT_RULES);
    expect(left).toContainEqual({ path: "about", what: "person", names: ["Ada Byron", "Ada", "Byron"] });
    expect(left).toContainEqual({
      path: "questions.talks.because",
      what: "person",
      names: ["Hopper", "SECRETANALYST"],
    });
    expect(left).toContainEqual({ path: "questions.talks.settledBy", what: "address", names: ["an address"] });
    expect(left).toContainEqual({
      path: "readings.other.reasons.claims.losses.bears.talks",
      what: "person",
      names: ["Hopper"],
    });
    expect(left.map(({ path }) => path)).not.toContain("claims.losses.text");
    expect(redactedBy(...RULES).left.map(({ path }) => path)).toEqual([]);
    const lettered = redactedBy("parties").left.filter(({ what }) => what === "party");
    // Words made of a name are found by its stem.
    expect(lettered.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        "claims.losses.text",
        "issues.border.name",
        "issues.border.options.there.text",
        "indicators.guns.name",
      ]),
    );
  });

  it("finds short names, names in scripts without spaces, and what a body is known by", () => {
    const text = `parley: 1
title: Talks of the US with 中国政府
asOf: 2024-11-28
authors: [Bo Xi]
parties:
  us: {name: US}
  cn: {name: 中国}
sources:
  li: {title: A report, by: Li, published: 2024-11, reliability: B}
  poll: {title: A poll, by: Levada Center, published: 2024-11, reliability: A}
questions:
  us-yields:
    text: Will it yield, as Li and Xi say? They told us nothing, and li is a unit.
    hypotheses: [yes, no]
    by: 2025-12-31
    prior: 0.5
    because: Levada, October 2024.
`;
    const rules = new Set<Rule>(["sources", "names", "comments", "parties"]);
    const { left } = redact(dossierOf({ "case.yaml": text }), rules);
    expect(left).toEqual([
      { path: "title", what: "party", names: ["US", "中国"] },
      { path: "questions.us-yields", what: "party", names: ["us"] },
      { path: "questions.us-yields.text", what: "person", names: ["Li", "Xi"] },
      { path: "questions.us-yields.because", what: "person", names: ["Levada"] },
    ]);
  });

  it("has letters for parties wherever they are named", () => {
    const made = redactedBy("parties");
    const raw = rawOf(made);
    expect(raw.parties["party-a"]).toEqual({
      name: "Party A",
      roles: [{ role: "belligerent", says: ["hopper-2023", "party-b"] }],
    });
    expect(raw.parties["party-b"].factions).toEqual({ hawks: { name: "hawks" } });
    expect(Object.keys(raw.positions)).toEqual(["party-a", "party-b"]);
    expect(raw.graph.preferences["party-a"]).toEqual(["not party-a.attack if party-b.yield"]);
    expect(raw.claims.losses.about).toEqual(["party-a"]);
    expect(Object.keys(raw.readings.other.set)).toContain("positions.party-b.issues.border");
    expect(raw.proposals.deal.by).toBeUndefined();
    expect(raw.sources["hopper-2023"].interested).toBe("party-b");
  });

  it("has no text of its own left where text goes, and what decides numbers stays", () => {
    const raw = rawOf(redactedBy("text"));
    expect([raw.title, raw.about, raw.claims.losses.text]).toEqual(["[withheld]", "[withheld]", "[withheld]"]);
    expect([raw.claims.losses.name, raw.issues.border.name]).toEqual(["losses", "border"]);
    expect(raw.issues.border.options).toEqual({ here: "here", there: { name: "there", text: "[withheld]" } });
    expect(raw.questions.talks.hypotheses).toEqual({ yes: "yes", no: "no" });
    expect(raw.history.classes.some).toMatchObject({ name: "some", exclude: ["Gulf War"], because: "[withheld]" });
    expect(raw.parties.one.name).toBe("Oneland");
    expect(raw.sources["hopper-2023"].title).toBe("On the war of One and Two");
  });

  it("has nothing left that Parley reads nothing from", () => {
    const odd = dossierOf({
      ...FILES,
      "case.yaml": FILES["case.yaml"]
        .replace("claims:\n", "actors: {x: SECRETNEW}\nclaims:\n")
        .replace("    credibility: 2\n", "    SECRETKEY:\n    credibility: 2\n"),
    });
    const made = redact(odd, new Set(["comments"]));
    expect(textOf(made)).not.toMatch(/SECRETNEW|SECRETKEY/);
    expect(made.dropped["fields without a meaning"]).toBe(2);
  });

  it("by any rules passes the same checks, is as well grounded and gives the same numbers", () => {
    const before = answers(dossier);
    expect(before.length).toBeGreaterThan(50);
    const ungrounded = listUngrounded(dossier).length;
    fc.assert(
      fc.property(fc.subarray([...RULES], { minLength: 1 }), (rules) => {
        const made = redactedBy(...rules);
        expect(checkDossier(made.dossier).filter(({ severity }) => severity === "error")).toEqual([]);
        expect(listUngrounded(made.dossier).length).toBe(ungrounded);
        expect(answers(made.dossier)).toEqual(before);
        // What was taken out once is not taken out again.
        expect(redact(made.dossier, new Set(rules)).dropped["paragraphs cited"]).toBeUndefined();
      }),
      { numRuns: 12 },
    );
  });

  it.each(["colombia-2012", "cuba-1962", "elmira-1991", "prisoners-dilemma"])("%s gives the same numbers", (name) => {
    const own = readDossier(filesInFolder(join(root, "cases", name))).dossier as Dossier;
    const before = answers(own);
    for (const rules of [DEFAULT_RULES, RULES]) {
      const made = redact(own, new Set(rules));
      expect(checkDossier(made.dossier).filter(({ severity }) => severity === "error")).toEqual([]);
      expect(answers(made.dossier)).toEqual(before);
      expect(Object.keys(made.dropped)).not.toContain("fields without a meaning");
    }
  });

  it("of thirty files passes its checks, whatever is taken out", () => {
    const own = readDossier(filesInFolder(join(root, "cases", "ukraine-2024"))).dossier as Dossier;
    const made = redact(own, new Set(RULES));
    expect(Object.keys(made.dropped)).not.toContain("fields without a meaning");
    expect(checkDossier(made.dossier).filter(({ severity }) => severity === "error")).toEqual([]);
    const names = Object.keys(own.raw["sources"] as object);
    expect(names.length).toBeGreaterThan(100);
    const text = textOf(made);
    // A norm may bear the name of its source: entries keep theirs, and it is said.
    const told = new Set(made.left.flatMap((each) => each.names));
    expect(names.filter((id) => text.includes(id) && !told.has(id))).toEqual([]);
    expect(names.filter((id) => text.includes(id)).length).toBeLessThan(15);
    expect(text).not.toMatch(/https?:/);
  });
});

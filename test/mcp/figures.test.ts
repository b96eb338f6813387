import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Assessment } from "../../src/assess/index.ts";
import { type Assistant, assistant } from "../support/assistant.ts";
import { parley } from "../support/cli.ts";

// biome-ignore lint/suspicious/noExplicitAny: what commands print, looked at by path.
type Json = any;

/** Runs the command line that a figure says makes it again. */
function run(command: string): Json {
  // The words of these commands hold no blanks and no quotes but those around a whole word.
  const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
  expect(words[0]).toBe("parley");
  return JSON.parse(parley(words.slice(1)).stdout);
}

/** What stands at a place such as `when.likelihood[0]` or `proposals["a=b"].chance`. */
function at(json: Json, path: string): Json {
  const keys = [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, key, index, word]) => key ?? index ?? word,
  );
  return keys.reduce((found, key) => found?.[key ?? ""], json);
}

const U = { case: "ukraine-2024" };

describe("figures of the tools", () => {
  let the: Assistant;
  let assessment: Assessment & Json;
  beforeAll(async () => {
    the = await assistant();
    assessment = run("parley assess ukraine-2024 --seed 1 --json");
  });
  afterAll(() => the.close());

  it("of assess_case are those of parley assess, each where it says", async () => {
    const figures: Json[] = [];
    let offset: number | null = 0;
    let first: Json;
    while (offset !== null) {
      const { data } = await the.ask("assess_case", { ...U, offset, limit: 60 });
      first ??= data;
      figures.push(...data.figures);
      offset = data.next;
    }
    const answers = ["why", "when", "what", "holds", "changes"] as const;
    expect(figures).toHaveLength(answers.reduce((sum, id) => sum + assessment[id].figures.length, 0));
    expect(first.case.hash).toBe(assessment.case.hash);
    for (const { id, headline } of first.answers) expect(headline).toBe(assessment[id as "why"].headline);
    for (const { label, value, low, high, text, reproduce, from } of figures) {
      expect(reproduce.command).toBe("parley assess ukraine-2024 --seed 1 --json");
      const { node, ...same } = at(assessment, reproduce.at);
      expect({ label, value, low, high, text }).toEqual({
        label: same.label,
        value: same.value,
        low: same.low,
        high: same.high,
        text: same.text,
      });
      expect(from.node).toBe(node);
    }
    const weighed = first.chances.filter(({ engine }: Json) => engine !== "dynamics");
    for (const { value, low80, high80, range, readings, reproduce } of weighed) {
      const same = at(assessment, reproduce.at);
      expect([value, low80, high80]).toEqual([same.estimate.median, same.estimate.low80, same.estimate.high80]);
      expect(range).toEqual(same.range);
      expect(readings.map((each: Json) => each.value)).toEqual(same.readings.map((each: Json) => each.estimate.median));
    }
    const simulated = first.chances.filter(({ engine }: Json) => engine === "dynamics");
    expect(simulated).toHaveLength(3);
    for (const { value, se, range, stress, reproduce } of simulated) {
      const same = at(assessment, reproduce.at);
      expect([value, se]).toEqual([same.readings[0].p, same.readings[0].se]);
      expect([range, stress]).toEqual([same.range, same.stress]);
    }
  });

  it("never stand without an error or a range, and what they rest on", async () => {
    const { data } = await the.ask("assess_case", { ...U, limit: 60 });
    for (const { low80, high80, se, range, from, reproduce } of data.chances) {
      expect(range.low).toBeLessThanOrEqual(range.high);
      expect(se !== undefined || (low80 !== undefined && high80 !== undefined)).toBe(true);
      expect(from.engines.length).toBeGreaterThan(0);
      expect(from.lines.length).toBeGreaterThan(0);
      expect(reproduce.command).toContain("parley assess");
    }
    const { chances } = data;
    expect(chances[0].from.claims.length).toBeGreaterThan(10);
    expect(chances[0].from.sources).toContain("ding-2024#2");
  });

  it("of weigh_evidence are those of parley evidence", async () => {
    const { data } = await the.ask("weigh_evidence", { ...U, question: "talks-2025", reading: "ripeness" });
    const [asked] = data.questions;
    const json = run(asked.reproduce.command);
    expect(asked.reproduce.command).toBe(
      "parley evidence ukraine-2024 --question talks-2025 --reading ripeness --seed 1 --json",
    );
    const same = at(json, asked.reproduce.at);
    for (const hypothesis of asked.hypotheses) expect(asked.posterior[hypothesis]).toMatchObject(same[hypothesis]);
    for (const claim of data.claims) {
      const row = json.questions[0].claims.find(({ id }: Json) => id === claim.id);
      expect([claim.id, claim.credence, claim.without]).toEqual([row.id, row.credence, row.leaveOneOut]);
    }
  });

  it("of pull_levers are those of parley assess", async () => {
    const { data } = await the.ask("pull_levers", { ...U, limit: 40 });
    expect(data.levers).toHaveLength(assessment.sensitivity.levers.length);
    const sizes = data.levers.map(({ effects }: Json) => Math.abs(effects[0].difference));
    expect(sizes).toEqual(sizes.toSorted((a: number, b: number) => b - a));
    for (const { id, effects } of data.levers) {
      const [{ reproduce, difference, se, range, stress, readings }] = effects;
      const same = at(assessment, reproduce.at);
      expect([difference, se, range, stress, readings]).toEqual([
        same.difference,
        same.se,
        same.range,
        same.stress,
        same.readings,
      ]);
      expect(at(assessment, reproduce.at.replace(/\.effects.*/, "")).id).toBe(id);
    }
    const one = await the.ask("pull_levers", { ...U, lever: "mediation-more" });
    expect(one.data.levers[0].effects).toHaveLength(assessment.sensitivity.outputs.length);
  });

  it("of evaluate_package are those of parley terms, and of the same proposal in the assessment", async () => {
    const proposal = assessment.terms.proposals.find(({ id }: Json) => id === "freeze-on-line");
    const asked = (await the.ask("read_case", { ...U, path: "proposals.freeze-on-line" })).data.entry.value.package;
    const { data } = await the.ask("evaluate_package", { ...U, package: asked });
    expect(data.acceptable).toBe(proposal.acceptable);
    expect(data.chance).toEqual(proposal.chance);
    expect(data.verdicts).toEqual(proposal.verdicts);
    expect(data.completion).toEqual(proposal.completion);
    expect(data.readings.map(({ reading, acceptable, accepts }: Json) => ({ reading, acceptable, accepts }))).toEqual(
      proposal.readings.map(({ reading, acceptable, accepts }: Json) => ({ reading, acceptable, accepts })),
    );
    const json = run(data.reproduce.command);
    const same = at(json, data.reproduce.at);
    expect(same.verdicts.map(({ accepts }: Json) => accepts)).toEqual(
      data.verdicts.map(({ accepts }: Json) => accepts),
    );
    expect(same.completion).toEqual(data.completion);
    const [chance] = Object.values(json.chances.proposals) as Json[];
    expect({ p: chance.p, se: chance.se }).toEqual(data.chance);
    for (const { node, reservation } of data.parties)
      expect(assessment.nodes[node].value).toBe(reservation ?? undefined);
    expect(data.parties.every(({ line }: Json) => /^positions-.*yaml:\d+$/.test(line))).toBe(true);
  });

  it("of search_packages are those of parley terms, and no party who must accept refuses one", async () => {
    const hold = { territory: "line-de-facto", sanctions: ["lifted", "stepwise"] };
    const { data } = await the.ask("search_packages", { ...U, hold, best: "ukraine", limit: 5 });
    const json = run(data.reproduce.command);
    expect([data.zone.exists, data.zone.size, data.total]).toEqual([
      !json.zopa.empty,
      json.zopa.size,
      json.frontier.size,
    ]);
    for (const { reproduce, outcome, utilities } of data.solutions) {
      expect(at(json, reproduce.at)).toMatchObject({ outcome, utilities });
    }
    const place = data.parties.findIndex(({ party }: Json) => party === "ukraine");
    const worth = data.packages.map(({ utilities }: Json) => utilities[place]);
    expect(worth).toEqual(worth.toSorted((a: number, b: number) => b - a));
    expect(worth[0]).toBe(Math.max(...json.frontier.utilities.map((each: number[]) => each[place])));
    for (const { utilities, outcome } of data.packages) {
      expect(outcome.territory).toBe("line-de-facto");
      for (const [i, { accepts, reservation }] of data.parties.entries()) {
        if (accepts !== "none" && reservation !== null) expect(utilities[i]).toBeGreaterThanOrEqual(reservation - 1e-9);
      }
    }
    const [best] = data.packages;
    const judged = (await the.ask("evaluate_package", { ...U, package: best.outcome })).data;
    expect([judged.acceptable, judged.chance]).toEqual([true, best.chance]);
    expect(judged.readings.map(({ acceptable }: Json) => acceptable)).toEqual(
      best.readings.map(({ acceptable }: Json) => acceptable),
    );
  });

  it("are explained down to claims, sources and the lines of the case", async () => {
    const nodes = assessment.nodes;
    const seen: Json[] = [];
    let offset: number | null = 0;
    while (offset !== null) {
      const { data } = await the.ask("explain_figure", { ...U, node: "talks-2025/posterior", offset, limit: 200 });
      seen.push(...data.reasons);
      offset = data.next;
    }
    expect(seen[0]).toMatchObject({ id: "figure:talks-2025/posterior", depth: 0, line: "case.yaml:49" });
    // All that can be reached, by another way of walking.
    const reached = new Set<string>();
    const walk = (id: string): void => {
      if (reached.has(id) || nodes[id] === undefined) return;
      reached.add(id);
      for (const each of nodes[id].because) walk(each);
    };
    walk("figure:talks-2025/posterior");
    expect(new Set(seen.map(({ id }) => id))).toEqual(reached);
    for (const { id, depth: _, ...told } of seen) expect({ id, ...told }).toEqual(nodes[id]);
    const kinds = new Set(seen.map(({ kind }) => kind));
    for (const kind of ["claim", "source", "parameter", "engine", "definition"]) expect(kinds).toContain(kind);
    const near = await the.ask("explain_figure", { ...U, node: "talks-2025/posteriro" });
    expect(near.text).toContain("did you mean figure:talks-2025/posterior?");
    const shallow = await the.ask("explain_figure", { ...U, node: "talks-2025/posterior", depth: 1 });
    expect(shallow.data.total).toBe(1 + nodes["figure:talks-2025/posterior"].because.length);
  });

  it("change with a value that is set for one question, and the command says so", async () => {
    const set = ["claims.no-quick-victory.credence=0.2"];
    const { data } = await the.ask("weigh_evidence", { ...U, question: "talks-2025", set });
    const [{ posterior, reproduce }] = data.questions;
    expect(reproduce.command).toContain("--set claims.no-quick-victory.credence=0.2");
    expect(posterior.yes.median).toBe(run(reproduce.command).questions[0].posterior.yes.median);
    expect(posterior.yes.median).toBeLessThan(assessment.questions[0].posterior.yes.median);
  });
});

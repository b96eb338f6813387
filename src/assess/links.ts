import type { Case } from "../case/index.ts";
import { isAmount } from "../case/index.ts";
import { capital, count, humanize, list } from "./format.ts";
import { type EvidenceInputs, hypothesesOf, isActive } from "./inputs/evidence.ts";
import { decibans } from "./likelihood.ts";
import { leanOf } from "./question.ts";
import { AS_CODED, type ReadingResult } from "./readings.ts";
import type { Reasons } from "./reasons.ts";
import { nameOfClaim, shortCitation } from "./reasons.ts";
import type {
  LinkEffect,
  LinkFinding,
  LinkRow,
  LinkTable,
  SensitivityExhibit,
  StabilityExhibit,
  TermsExhibit,
} from "./schema.ts";
import { verdictSentence } from "./verdict-words.ts";

/** What one engine makes of a claim, reading by reading; an engine that comes adds one of these. */
export interface LinkEngine {
  readonly engine: string;
  readonly unit: string;
  /** The effects of a claim on a question; none where the engine is silent. */
  effects(question: string, claim: string): readonly LinkEffect[];
}

/**
 * The link tables of a case: for each driver and obstacle the sign that the source claims, what the data say, and what
 * each engine makes of it under each reading. A disagreement is a finding and stays.
 */
export function linkTables(
  content: Case,
  inputs: EvidenceInputs,
  engines: readonly LinkEngine[],
  reasons: Reasons,
): LinkTable[] {
  return Object.entries(content.questions).flatMap(([question, { text }]) => {
    const rows = Object.entries(content.claims)
      .filter(([, claim]) => isActive(claim))
      .filter(([, claim]) => claim.argues?.[question] !== undefined || claim.bears?.[question] !== undefined)
      .map(([claim]) => linkRow(content, inputs, engines, reasons, question, claim));
    if (rows.length === 0) return [];
    const sorted = rows.toSorted((a, b) => rank(a) - rank(b) || size(b) - size(a));
    return [{ question, text, finding: findingOf(sorted, engines), rows: sorted }];
  });
}

const ORDER = ["driver", "obstacle", "neither", null] as const;
const rank = ({ argues }: LinkRow): number => ORDER.indexOf(argues);
const size = ({ engines }: LinkRow): number => Math.abs(engines[0]?.effects[0]?.size ?? 0);

function linkRow(
  content: Case,
  inputs: EvidenceInputs,
  engines: readonly LinkEngine[],
  reasons: Reasons,
  question: string,
  id: string,
): LinkRow {
  const claim = content.claims[id];
  const argues = claim?.argues?.[question] ?? null;
  const tested = inputs.tests.get(id);
  const found = engines.map((engine) => {
    const effects = [...engine.effects(question, id)];
    return { engine: engine.engine, unit: engine.unit, effects, finding: compare(argues, effects) };
  });
  const name = capital(nameOfClaim(content, id));
  const node = reasons.table.add({
    id: `figure:link/${question}/${id}`,
    kind: "figure",
    label: `“${name}”: what its source claims beside data and engines`,
    ...reasons.at(claim?.argues === undefined ? `claims.${id}` : `claims.${id}.argues`),
    because: [
      reasons.definition("link"),
      reasons.claim(id),
      ...found.flatMap(({ effects }) => effects.map((effect) => effect.node)),
    ],
  });
  return {
    claim: id,
    name,
    text: claim?.text ?? id,
    citations: (claim?.source ?? []).map((ref) => shortCitation(content, ref)),
    argues,
    data:
      tested?.verdict === undefined
        ? null
        : {
            verdict: tested.verdict,
            sentences: tested.tests.map((each) =>
              capital(verdictSentence(each, content.indicators[each.test.series]?.unit.text ?? "")),
            ),
          },
    engines: found,
    node,
  };
}

/** Compares the sign that a source claims with an engine's signs over the readings; sizes within their error have none. */
export function compare(
  argues: LinkRow["argues"],
  effects: readonly Pick<LinkEffect, "size" | "within">[],
): LinkFinding {
  if (effects.length === 0) return "silent";
  if (argues === null) return "no-sign";
  const claimed = { driver: 1, obstacle: -1, neither: 0 }[argues];
  const signs = effects.flatMap(({ size: value, within }) => (within ? [] : [Math.sign(value)]));
  if (signs.length === 0) return claimed === 0 ? "agree" : "no-effect";
  if (signs.every((sign) => sign === claimed)) return "agree";
  return signs.some((sign) => sign === claimed) ? "by-reading" : "disagree";
}

/** Engines that bear on few claims. */
const FEW: ReadonlySet<string> = new Set(["terms", "stability"]);
const ENGINE_NAMES: Readonly<Record<string, string>> = { terms: "negotiation analysis", stability: "graph model" };

/** What a table shows, engine by engine, in a sentence. */
function findingOf(rows: readonly LinkRow[], engines: readonly LinkEngine[]): string {
  const claimed = rows.filter(({ argues }) => argues !== null);
  if (claimed.length === 0) return "The sources claim no sign for any of these.";
  const sentences = engines.flatMap(({ engine }, index) => {
    // What parties accept, or would leave, bears on few claims: of the others there is nothing to say.
    if (FEW.has(engine) && claimed.every((row) => row.engines[index]?.finding === "silent")) return [];
    const of = (finding: LinkFinding) => claimed.filter((row) => row.engines[index]?.finding === finding);
    const named = (found: readonly LinkRow[]) => {
      const names = found.map(({ name }) => `“${name}”`);
      return `${found.length} (${list(names.length > 3 ? [...names.slice(0, 3), "others"] : names)})`;
    };
    const agreed = of("agree");
    const isOpenSign = (row: LinkRow) => row.engines[index]?.effects[0]?.open === true;
    const open = engine === "evidence" ? agreed.filter(isOpenSign).length : 0;
    const parts = [
      `agrees on ${agreed.length === 0 ? "none" : agreed.length}${open === 0 ? "" : ` (on ${open} of them its range holds both signs)`}`,
    ];
    if (of("disagree").length > 0) parts.push(`disagrees on ${named(of("disagree"))}`);
    if (of("by-reading").length > 0) parts.push(`depends on the reading for ${named(of("by-reading"))}`);
    if (of("no-effect").length > 0) parts.push(`finds no effect beyond chance of ${named(of("no-effect"))}`);
    if (of("silent").length > 0 && !FEW.has(engine)) parts.push(`is silent on ${named(of("silent"))}`);
    return [`the ${ENGINE_NAMES[engine] ?? engine} ${list(parts)}`];
  });
  return `Of ${count(claimed.length, "sign")} that the source claims, ${sentences.join("; ")}.`;
}

/** The evidence engine's column: decibans for the first hypothesis under each reading. */
export function evidenceLinks(content: Case, readings: readonly ReadingResult[], reasons: Reasons): LinkEngine {
  return {
    engine: "evidence",
    unit: "dB",
    effects: (question, claim) =>
      readings.flatMap((each) => {
        const result = each.results.find((found) => found.question === question)?.claims.find(({ id }) => id === claim);
        if (result === undefined) return [];
        const leanDb = leanOf(hypothesesOf(each.content.questions[question]), result);
        const shown = `figure:${question}/${claim}`;
        const node =
          each.reading === content.reading && reasons.table.get(shown) !== undefined
            ? shown
            : readingNode(content, each, question, claim, leanDb, reasons);
        return [
          {
            reading: each.reading ?? null,
            name: each.name,
            size: leanDb,
            open: isOpen(each.content, question, claim),
            within: false,
            node,
          },
        ];
      }),
  };
}

/** Differences within so many standard errors have no sign. */
const ERRORS = 2;

/**
 * The simulation's column: what more of a claim does to the chance of the question's event, in points of percent, under
 * each reading that changes the war, by the lever that the claim names as its mechanism. Stress tests are left out.
 */
export function simulationLinks(content: Case, sensitivity: SensitivityExhibit): LinkEngine {
  return {
    engine: "simulation",
    unit: "points",
    effects: (question, claim) => {
      const mechanism = content.claims[claim]?.mechanism;
      if (mechanism === undefined) return [];
      const more = "more" in mechanism ? mechanism.more : undefined;
      const without = "without" in mechanism ? mechanism.without : undefined;
      const [id, sign] = more === undefined ? [without, -1] : [more, 1];
      const lever = sensitivity?.levers.find((each) => each.id === id);
      const effect = lever?.effects.find(({ output }) => output === question);
      if (lever === undefined || effect === undefined) return [];
      return effect.readings.flatMap(({ reading, difference, se }) => {
        const entry = reading === null ? undefined : content.readings[reading];
        if (entry?.kind === "stress") return [];
        const name = reading === null ? AS_CODED : (entry?.name ?? capital(humanize(reading)));
        const within = Math.abs(difference) <= ERRORS * se;
        return [{ reading, name, size: sign * difference * 100, open: within, within, node: lever.node }];
      });
    },
  };
}

/** What a refusal by red line alone counts: the least that is told. */
const LEAST_SURPLUS = 0.01;

/**
 * The negotiation analysis' column, for claims that a party would not accept a proposal: what the proposal is worth to it over
 * what it gets without agreement, as best filled in; below 0, or with a red line crossed, it would not accept.
 */
export function termsLinks(content: Case, terms: TermsExhibit): LinkEngine {
  return {
    engine: "terms",
    unit: "surplus",
    effects: (question, claim) => {
      const entry = content.claims[claim];
      const mechanism = entry?.mechanism;
      const speaks = entry?.argues?.[question] !== undefined || entry?.bears?.[question] !== undefined;
      if (mechanism === undefined || !("refuses" in mechanism) || !speaks) return [];
      const proposal = terms?.proposals.find(({ id }) => id === mechanism.proposal);
      if (proposal === undefined) return [];
      return proposal.readings.flatMap(({ reading, accepts, surplus }) => {
        const says = accepts[mechanism.refuses];
        if (says === undefined) return [];
        const name = reading === null ? AS_CODED : (content.readings[reading]?.name ?? capital(humanize(reading)));
        // A red line refuses what is worth enough otherwise: then nothing is won by it.
        const over = surplus[mechanism.refuses] ?? 0;
        const size = says === "no" ? Math.min(over, -LEAST_SURPLUS) : over;
        return [{ reading, name, size, open: says === "depends", within: false, node: proposal.node }];
      });
    },
  };
}

/**
 * The graph model's column, for claims that a party would leave a situation, or that a situation is stable: the number of its
 * states at which the engine says so less those at which it does not, looking ahead (SEQ), as a share; below 0 it contradicts.
 */
export function stabilityLinks(content: Case, stability: StabilityExhibit): LinkEngine {
  return {
    engine: "stability",
    unit: "verdict",
    effects: (question, claim) => {
      const entry = content.claims[claim];
      const mechanism = entry?.mechanism;
      const argues = entry?.argues?.[question];
      if (mechanism === undefined || argues === undefined || argues === "neither") return [];
      const broken = "breaks" in mechanism ? mechanism.breaks : undefined;
      const held = "holds" in mechanism ? mechanism.holds : broken;
      const wanted = "situation" in mechanism ? mechanism.situation : held;
      const leaver = "leaves" in mechanism ? mechanism.leaves : undefined;
      const situation = stability?.situations.find(({ id }) => id === wanted);
      if (situation === undefined) return [];
      const claimed = argues === "driver" ? 1 : -1;
      return situation.readings.map(({ reading, states, equilibria, leave }) => {
        const isLeft = leaver === undefined ? undefined : leave["seq"]?.includes(leaver) === true;
        const share = states === 0 ? 0 : (equilibria["seq"] ?? 0) / states;
        const holds = broken === undefined ? 2 * share - 1 : 1 - 2 * share;
        const says = isLeft === undefined ? holds : isLeft ? 1 : -1;
        const name = reading === null ? AS_CODED : (content.readings[reading]?.name ?? capital(humanize(reading)));
        return { reading, name, size: claimed * says, open: Math.abs(says) < 1, within: false, node: situation.node };
      });
    },
  };
}

/** Whether a likelihood ratio's range, from its 5 % to its 95 % point, holds 1. */
function isOpen(content: Case, question: string, claim: string): boolean {
  const bears = content.claims[claim]?.bears?.[question];
  if (bears === undefined || !isAmount(bears)) return false;
  return bears.distribution.quantile(0.05) < 1 && bears.distribution.quantile(0.95) > 1;
}

/** The reason of a claim's weight under a reading: its weight in this assessment, and what the reading changes of it. */
function readingNode(
  content: Case,
  { reading, name }: ReadingResult,
  question: string,
  claim: string,
  leanDb: number,
  reasons: Reasons,
): string {
  const shown = `figure:${question}/${claim}`;
  const group = content.claims[claim]?.group;
  const set = reading === undefined ? {} : (content.readings[reading]?.set ?? {});
  const touching = Object.entries(set).filter(
    ([path]) => path.startsWith(`claims.${claim}.`) || (group !== undefined && path.startsWith(`groups.${group}.`)),
  );
  const changes = touching.map(([path, value]) => {
    const reason = content.readings[reading ?? ""]?.reasons?.[path] ?? content.readings[reading ?? ""]?.because;
    return reasons.table.add({
      id: `parameter:readings.${reading}.set.${path}`,
      kind: "parameter",
      label: `${humanize(path.split(".").slice(2).join(" "))} of “${nameOfClaim(content, claim)}” in the reading “${name}”`,
      value: typeof value === "string" || typeof value === "number" ? value : JSON.stringify(value),
      casePath: `readings.${reading}.set.${path}`,
      line: content.line(["readings", reading ?? "", "set", path]),
      ...(reason === undefined ? {} : { note: reason }),
    });
  });
  return reasons.table.add({
    id: `figure:${question}/${claim}@${reading ?? ""}`,
    kind: "figure",
    label: `“${nameOfClaim(content, claim)}” adds ${decibans(leanDb)} under “${name}”`,
    value: leanDb,
    unit: "dB",
    because: [...(reasons.table.get(shown) === undefined ? [reasons.claim(claim)] : [shown]), ...changes],
  });
}

import type { Case, Dossier, View } from "../case/index.ts";
import { ParleyError } from "../core/problems/index.ts";
import { mergeCounts, runRange, Summary, tallyLayoutOf } from "../dynamics/index.ts";
import { acceptanceOf, dealExists, makeSpace } from "../terms/index.ts";
import type { DynamicsInputs } from "./inputs/dynamics.ts";
import { compileEvidence } from "./inputs/evidence.ts";
import type { TermsInputs } from "./inputs/terms.ts";
import { dynamicsKey, graphKey, termsKey } from "./keys.ts";
import type { LiveCurve, LiveKind, LivePart, LiveProposals } from "./live-parts.ts";
import { dynamicsOf, graphOf, lookAt } from "./looks.ts";
import { first } from "./question.ts";
import { answerable, countsOf, relapseOf, SIMULATED_RUNS, shares } from "./simulate.ts";
import { analysed, LEADING, stabilityUnder } from "./stability.ts";
import { termsOf } from "./terms.ts";
import { dayOfMonth } from "./war-views.ts";
import { weighOnce } from "./weighed.ts";

/** Trajectories that a curve grows to, and those of each piece: the first is what the assessment has. */
export const LIVE_RUNS = 10_000;
const PIECE = SIMULATED_RUNS;

/** Parts that are kept: a few states of the page and back. */
const MOST_KEPT = 48;

export interface LiveOptions {
  readonly seed: number;
  /** Draws for intervals; the case's setting, or 10 000. */
  readonly draws?: number | undefined;
  readonly runs?: number | undefined;
}

/** A step of the work: a part that is finished, or a moment at which to look whether anybody still waits for the rest. */
export type LiveStep = LivePart | undefined;

/**
 * Answers an edit at once: the leading figures of one view alone, cheapest first, each as soon as it is there. Nothing of other
 * readings, no chances over uncertain inputs, no reasons: these come with the assessment, which has the same numbers where it
 * has the same figures.
 *
 * What an edit does not touch is kept: a part is worked out anew only where something that it depends on has changed.
 */
export class Live {
  /** How often each part was worked out. */
  readonly made: Record<LiveKind, number> = {
    curve: 0,
    posteriors: 0,
    situations: 0,
    deal: 0,
    proposals: 0,
    problems: 0,
  };
  readonly #kept = new Map<string, LivePart>();
  readonly #counts = new Map<string, Float64Array>();

  *answer(dossier: Dossier, view: View, { seed, draws, runs = LIVE_RUNS }: LiveOptions): Generator<LiveStep, void> {
    const { case: content, problems } = lookAt(dossier, view);
    if (content === undefined) {
      yield { kind: "problems", key: "", problems };
      return;
    }
    const war = dynamicsOf(content).inputs;
    // The first curve comes first; then what else is quick; then the rest of the trajectories.
    if (war !== undefined)
      yield* this.#curve(content, war, seed, { to: Math.min(runs, PIECE), of: runs, begins: true });
    yield* this.#posteriors(content, { draws: draws ?? content.settings.draws ?? 10_000, seed });
    yield* this.#situations(content);
    yield* this.#terms(content, war, seed);
    if (war !== undefined) yield* this.#curve(content, war, seed, { to: runs, of: runs, begins: false });
  }

  /** The curve of some trajectories, in pieces; those that were run before, for this view or another like it, are not again. */
  *#curve(
    content: Case,
    war: DynamicsInputs,
    seed: number,
    { to, of, begins }: { readonly to: number; readonly of: number; readonly begins: boolean },
  ): Generator<LiveStep, void> {
    const input = { ...war, uncertain: [] };
    const key = `${seed} ${keyOnce(content, "curve", () => dynamicsKey(input))}`;
    const layout = tallyLayoutOf(input);
    const told = (all: Float64Array) =>
      curveOf(content, key, new Summary(layout, all), new Summary(layout, countsOf(input, seed)), of);
    let counts = this.#counts.get(key);
    const done = () => counts?.[0] ?? 0;
    // What is there already may be of more trajectories than the first piece.
    if (begins && done() >= to) yield told(counts ?? layout.create());
    let last = done();
    while (done() < to) {
      yield undefined;
      const from = done();
      const piece = from === 0 ? countsOf(input, seed) : runRange(input, seed, from, Math.min(PIECE, to - from));
      counts = counts === undefined ? piece : mergeCounts([counts, piece]);
      keep(this.#counts, key, counts);
      this.made.curve += 1;
      // Told when it has become twice as steady: to draw it takes as long as to run some hundred.
      if (done() >= Math.min(2 * last, to)) {
        yield told(counts);
        last = done();
      }
    }
  }

  *#posteriors(content: Case, options: { readonly draws: number; readonly seed: number }): Generator<LiveStep, void> {
    const evidence = keyOnce(content, "posteriors", () => JSON.stringify(compileEvidence(content).questions));
    const key = JSON.stringify([options, evidence]);
    yield* this.#part("posteriors", key, function* () {
      const { questions } = compileEvidence(content);
      const told = [];
      for (const question of questions) {
        for (const result of weighOnce([question], options).questions) {
          if (result.posterior !== null) told.push({ question: result.question, ...first(result, result.posterior) });
        }
        yield;
      }
      return { kind: "posteriors", key, questions: told };
    });
  }

  *#situations(content: Case): Generator<LiveStep, void> {
    const { inputs } = graphOf(content);
    if (inputs === undefined) return;
    const key = keyOnce(content, "situations", () => graphKey(inputs));
    yield* this.#part("situations", key, () => {
      const analysis = analysed(inputs);
      const situations = inputs.situations.map(({ id, states }) => ({
        id,
        stable: (stabilityUnder(inputs, analysis, states).equilibria[LEADING] ?? 0) > 0,
      }));
      return { kind: "situations", key, situations };
    });
  }

  *#terms(content: Case, war: DynamicsInputs | undefined, seed: number): Generator<LiveStep, void> {
    const key = `${seed} ${keyOnce(content, "terms", () => termsKey(content, war))}`;
    const known = this.#kept.get(`proposals ${key}`);
    const inputs = known === undefined ? termsOf(content, seed).inputs : undefined;
    if (known === undefined && inputs === undefined) return;
    yield* this.#part("deal", key, () => {
      const exists = dealExists(makeSpace((inputs as TermsInputs).domain));
      return { kind: "deal", key, exists };
    });
    yield* this.#part("proposals", key, function* () {
      const { domain, proposals } = inputs as TermsInputs;
      const space = makeSpace(domain);
      const told: LiveProposals["proposals"][number][] = [];
      for (const [id, proposal] of Object.entries(proposals)) {
        const { acceptable, parties } = acceptanceOf(space, proposal);
        told.push({ id, acceptable, accepts: Object.fromEntries(parties.map((each) => [each.party, each.accepts])) });
        yield;
      }
      return { kind: "proposals", key, proposals: told };
    });
  }

  /** A part from those kept, or made now; one that cannot be worked out is left to the assessment, which says why. */
  *#part(
    kind: LiveKind,
    key: string,
    make: () => Generator<undefined, LivePart> | LivePart,
  ): Generator<LiveStep, void> {
    const name = `${kind} ${key}`;
    let part = this.#kept.get(name);
    if (part === undefined) {
      yield undefined;
      try {
        const work = make();
        part = "kind" in work ? work : yield* work;
      } catch (error) {
        if (!(error instanceof ParleyError)) throw error;
        return;
      }
      this.made[kind] += 1;
    }
    keep(this.#kept, name, part);
    yield part;
  }
}

/** What a part depends on, as a text; of a view that was looked at before it is there already. */
const keyOnce = (() => {
  const known = new WeakMap<Case, Map<LiveKind | "terms", string>>();
  return (content: Case, part: LiveKind | "terms", make: () => string): string => {
    const keys = known.get(content) ?? new Map<LiveKind | "terms", string>();
    known.set(content, keys);
    const key = keys.get(part) ?? make();
    keys.set(part, key);
    return key;
  };
})();

/** Keeps a value as the latest; the oldest go first. */
function keep<V>(kept: Map<string, V>, key: string, value: V): void {
  kept.delete(key);
  kept.set(key, value);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? "");
}

function curveOf(content: Case, key: string, summary: Summary, leading: Summary, of: number): LiveCurve {
  const { months } = summary.layout;
  return {
    kind: "curve",
    key,
    runs: summary.runs,
    of,
    months,
    dates: Array.from({ length: months }, (_, i) => dayOfMonth(content, i + 1)),
    talksBy: shares(summary.by("talks")),
    stopBy: shares(summary.by("stop")),
    settlementBy: shares(summary.by("settlement")),
    figures: {
      runs: leading.runs,
      questions: answerable(content, months).map(({ id, at }) => ({ question: id, ...at(leading) })),
      relapse: relapseOf(leading),
    },
  };
}

import { type Diagram, isEmpty, type Layer, trim } from "./diagram.ts";
import type { Objective } from "./objectives.ts";
import { packageAt, utilitiesAt } from "./points.ts";
import { Search } from "./search.ts";
import { type Space, unitOf } from "./space.ts";
import type { Package } from "./types.ts";

/** A package that nobody who must accept refuses, close to a proposal. */
export interface NearestPackage {
  readonly outcome: Package;
  readonly utilities: readonly number[];
  /** The issues on which it departs from the proposal. */
  readonly changed: readonly string[];
  /** The greatest loss of any party against the proposal, as a share of its range; below 0 where all win. */
  readonly greatestLoss: number;
  /** The issue that this package was asked to leave as proposed; undefined for the nearest of all. */
  readonly keeping: string | undefined;
  readonly exact: boolean;
}

/**
 * The packages nearest to a proposal that nobody who must accept refuses: fewest issues changed, and among these the least
 * greatest loss of any party against the proposal (ties by the next greatest).
 *
 * The first is the nearest of all. Others leave one of the issues that it changes as proposed, each a different way out. An
 * empty list: no package is acceptable to all.
 *
 * @param proposed for each issue, 1 for the options that the proposal has or leaves open
 * @param reference what the proposal is worth to each party
 */
export function nearestPackages(
  space: Space,
  proposed: readonly Uint8Array[],
  reference: ArrayLike<number>,
  most = 4,
): NearestPackage[] {
  const first = nearest(space, proposed, reference, undefined);
  if (first === undefined) return [];
  const found = [first];
  for (const issue of first.changed) {
    if (found.length >= most) break;
    const other = nearest(space, proposed, reference, issue, found.at(-1)!.changed.length);
    const isNew = other !== undefined && !found.some(({ outcome }) => sameAs(outcome, other.outcome));
    if (isNew) found.push(other);
  }
  return found;
}

function sameAs(a: Package, b: Package): boolean {
  return Object.entries(a).every(([issue, option]) => b[issue] === option);
}

function nearest(
  space: Space,
  proposed: readonly Uint8Array[],
  reference: ArrayLike<number>,
  keeping: string | undefined,
  from = 0,
): NearestPackage | undefined {
  const { issues } = space.compiled.domain;
  const kept = issues.findIndex(({ name }) => name === keeping);
  const changesOf = (outcome: ArrayLike<number>): number[] =>
    [...issues.keys()].filter((k) => proposed[k]![outcome[k]!] === 0);
  const objective: Objective = {
    concept: "egalitarian",
    parties: space.acceptors,
    leftOut: [],
    from: Float64Array.from(space.acceptors, (i) => reference[i]!),
    per: Float64Array.from(space.acceptors, (i) => unitOf(space, i)),
    judged: "least",
  };
  for (let limit = from; limit <= issues.length; limit++) {
    const open = limitChanges(space.open!, proposed, limit, kept);
    if (isEmpty(open)) continue;
    const near: Space = { ...space, open, bargainers: space.acceptors };
    const admits = (outcome: ArrayLike<number>) => {
      const changes = changesOf(outcome);
      return changes.length <= limit && !changes.includes(kept);
    };
    const found = new Search(near, { admits }).best(objective);
    if (found === undefined || found.points.size === 0) continue;
    const { points } = found;
    let chosen = 0;
    let losses = lossesAt(0);
    for (let p = 1; p < points.size; p++) {
      const here = lossesAt(p);
      const differs = here.findIndex((loss, j) => Math.abs(loss - losses[j]!) > 1e-12);
      if (differs < 0 || here[differs]! > losses[differs]!) continue;
      chosen = p;
      losses = here;
    }
    const places = points.outcomes.subarray(chosen * points.issues, (chosen + 1) * points.issues);
    return {
      outcome: packageAt(space.compiled, points, chosen),
      utilities: utilitiesAt(points, chosen),
      changed: changesOf(places).map((k) => issues[k]!.name),
      greatestLoss: losses[0]!,
      keeping,
      exact: found.exact,
    };

    /** Losses of those who must accept, the greatest first. */
    function lossesAt(p: number): number[] {
      return space.acceptors
        .map((i) => (reference[i]! - points.utilities[p * points.parties + i]!) / unitOf(space, i))
        .sort((a, b) => b - a);
    }
  }
  return undefined;
}

/** The packages that change at most `limit` issues of a proposal, and not the issue `kept` (-1 for none): nodes count changes. */
function limitChanges(diagram: Diagram, proposed: readonly Uint8Array[], limit: number, kept: number): Diagram {
  const { dimensions: n, layers } = diagram;
  const width = limit + 1;
  return trim({
    ...diagram,
    layers: layers.map((layer, k): Layer => {
      const isFirst = k === 0;
      const isLast = k === layers.length - 1;
      const from: number[] = [];
      const to: number[] = [];
      const option: number[] = [];
      const gain: number[] = [];
      const add = (arc: number, changes: number) => {
        const isChange = proposed[layer.issue]![layer.option[arc]!] === 0;
        const after = changes + (isChange ? 1 : 0);
        if (after > limit || (isChange && layer.issue === kept)) return;
        from.push(isFirst ? 0 : layer.from[arc]! * width + changes);
        to.push(isLast ? 0 : layer.to[arc]! * width + after);
        option.push(layer.option[arc]!);
        for (let i = 0; i < n; i++) gain.push(layer.gain[arc * n + i]!);
      };
      for (let first = 0; first < layer.from.length; ) {
        let last = first;
        while (last < layer.from.length && layer.from[last] === layer.from[first]) last++;
        for (let changes = 0; changes < (isFirst ? 1 : width); changes++) {
          for (let arc = first; arc < last; arc++) add(arc, changes);
        }
        first = last;
      }
      return {
        issue: layer.issue,
        before: isFirst ? 1 : layer.before * width,
        after: isLast ? 1 : layer.after * width,
        from: Int32Array.from(from),
        to: Int32Array.from(to),
        option: Int32Array.from(option),
        gain: Float64Array.from(gain),
      };
    }),
  });
}

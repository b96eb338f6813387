import type { BasicConcept } from "./concepts.ts";
import type { Model } from "./model.ts";
import { compare, UNKNOWN } from "./preferences.ts";
import type { Step } from "./status-quo.ts";

/** A move that a decision maker would like to make, and what comes of it. */
export interface Exit {
  readonly to: number;
  /** How the others answer so that it does not pay; undefined where they cannot, or would not. */
  readonly sanction: readonly Step[] | undefined;
  /** Where it escapes to from an answer that would otherwise deter it; of the shortest such answer. */
  readonly evasion: { readonly sanction: readonly Step[]; readonly to: number } | undefined;
}

/** Why a state is stable, or not, for a decision maker. */
export interface Explanation {
  readonly dm: number;
  readonly state: number;
  readonly concept: BasicConcept;
  readonly stable: boolean;
  /** States that it could move to at all. */
  readonly moves: number;
  /** Its improvements, ascending; those that are not deterred make the state unstable. */
  readonly exits: readonly Exit[];
}

/**
 * Explains a decision maker's stability at a state: each improvement with the shortest answer that deters it.
 *
 * Of equally short answers, the one that leaves the decision maker worst off. Joint moves are legal sequences; what is unknown
 * is no improvement of the focal decision maker, and may be one of the others (extension b).
 */
export function explain(model: Model, dm: number, state: number, concept: BasicConcept): Explanation {
  const own = model.preferences[dm]!;
  const scratch = new Int32Array(model.size);
  const moves = scratch.slice(0, model.moves[dm]!.from(state, scratch));
  const better = (a: number, b: number): boolean => {
    const cell = compare(own, a, b);
    return cell > 0 && cell !== UNKNOWN;
  };
  const exits = Array.from(moves)
    .filter((to) => better(to, state))
    .map((to): Exit => {
      if (concept === "nash") return { to, sanction: undefined, evasion: undefined };
      return { to, ...answerTo(model, dm, state, to, concept) };
    });
  const stable = exits.every(({ sanction }) => sanction !== undefined);
  return { dm, state, concept, stable, moves: moves.length, exits };
}

function answerTo(
  model: Model,
  dm: number,
  state: number,
  begin: number,
  concept: Exclude<BasicConcept, "nash">,
): Pick<Exit, "sanction" | "evasion"> {
  const { size } = model;
  const own = model.preferences[dm]!;
  const others = model.moves.map((_, j) => j).filter((j) => j !== dm);
  const improving = concept === "seq" || concept === "sseq";
  const escapes = concept === "smr" || concept === "sseq";
  const scratch = new Int32Array(size);
  const isDeterrent = (y: number): boolean => {
    const cell = compare(own, state, y);
    return cell >= 0 && cell !== UNKNOWN;
  };
  const seen = new Uint8Array(size * model.moves.length);
  const parent = new Map<number, number>();
  const pathOf = (node: number): Step[] => {
    const path: Step[] = [];
    for (let at: number | undefined = node; at !== undefined; at = parent.get(at)) {
      path.unshift({ dm: Math.floor(at / size), to: at % size });
    }
    return path;
  };
  let evasion: Exit["evasion"];
  let layer: { readonly state: number; readonly last: number; readonly node: number | undefined }[] = [
    { state: begin, last: -1, node: undefined },
  ];
  while (layer.length > 0) {
    const following: typeof layer = [];
    let best: number | undefined;
    for (const { state: from, last, node } of layer) {
      for (const j of others) {
        if (j === last) continue;
        const reached = scratch.slice(0, model.moves[j]!.from(from, scratch));
        for (const y of reached) {
          if (improving && !(compare(model.preferences[j]!, y, from) > 0)) continue;
          const at = j * size + y;
          if (seen[at] === 1) continue;
          seen[at] = 1;
          if (node !== undefined) parent.set(at, node);
          following.push({ state: y, last: j, node: at });
          if (!isDeterrent(y)) continue;
          const away = escapes ? escapeFrom(model, dm, y, isDeterrent) : undefined;
          if (away !== undefined) evasion ??= { sanction: pathOf(at), to: away };
          else if (best === undefined || own.ranks[y]! < own.ranks[best % size]!) best = at;
        }
      }
    }
    if (best !== undefined) return { sanction: pathOf(best), evasion: undefined };
    layer = following;
  }
  return { sanction: undefined, evasion };
}

/** The best state that a decision maker can escape to from a sanction; undefined where all are deterrents too. */
function escapeFrom(model: Model, dm: number, from: number, isDeterrent: (y: number) => boolean): number | undefined {
  const scratch = new Int32Array(model.size);
  const { ranks } = model.preferences[dm]!;
  let best: number | undefined;
  for (const z of scratch.slice(0, model.moves[dm]!.from(from, scratch))) {
    if (!isDeterrent(z) && (best === undefined || ranks[z]! > ranks[best]!)) best = z;
  }
  return best;
}

/** How people call what an explanation speaks of. */
export interface ExplanationNames {
  dm(dm: number): string;
  state(state: number): string;
  /** What is done in a move, such as “by giving up neutrality”; nothing is said of it unless given. */
  change?(from: number, to: number): string;
}

/**
 * An explanation in sentences: whether the state is stable for the decision maker, and what stands behind it.
 *
 * @example
 * explanationText(explain(model, 0, 11, "seq"), names);
 * // ["Ukraine would move from 12 to 8; Russia's answer 8 → 9 leaves Ukraine no better off than 12."]
 */
export function explanationText(explanation: Explanation, names: ExplanationNames): string[] {
  const { dm, state, concept, moves, exits } = explanation;
  const who = names.dm(dm);
  const here = names.state(state);
  if (moves === 0) return [`${who} cannot move from ${here}.`];
  if (exits.length === 0) return [`${who} can move from ${here}, to nothing that it prefers.`];
  const chain = (from: number, path: readonly Step[]) =>
    [names.state(from), ...path.map(({ to }) => names.state(to))].join(" → ");
  const doers = (path: readonly Step[]) => [...new Set(path.map((step) => names.dm(step.dm)))].join(" and ");
  return exits.map(({ to, sanction, evasion }) => {
    const how = names.change?.(state, to) ?? "";
    const move = `${who} would move from ${here} to ${names.state(to)}${how === "" ? "" : `, ${how}`}`;
    if (concept === "nash") return `${move}, which it prefers.`;
    if (sanction !== undefined) {
      const end = concept === "smr" || concept === "sseq" ? ", and it cannot better that" : "";
      return `${move}; the answer of ${doers(sanction)}, ${chain(to, sanction)}, leaves ${who} no better off than ${here}${end}.`;
    }
    if (evasion !== undefined) {
      return `${move}; to the answer of ${doers(evasion.sanction)}, ${chain(to, evasion.sanction)}, it would reply with ${names.state(evasion.to)}, still better than ${here}.`;
    }
    const can = concept === "seq" || concept === "sseq" ? "would" : "could";
    return `${move}; nothing that the others ${can} do from there leaves ${who} as badly off as ${here}.`;
  });
}

import { type Problem, problem } from "../core/problems/index.ts";
import { codeOf, type Model } from "../stability/index.ts";

/** What was written, or why it would mean nothing. */
export interface WrittenGame {
  /** Undefined where there is a problem. */
  readonly text?: string;
  readonly problems: readonly Problem[];
  /** What the format could not carry: a sentence each. */
  readonly losses: readonly string[];
}

/** Combinations of all players' choices up to which a game is written. */
const MOST_PROFILES = 10_000;

/**
 * Writes a conflict as a game in normal form, in Gambit's .nfg format (the version with outcomes).
 *
 * A decision maker's strategies are the combinations of its options, an outcome is a state, payoffs are ranks, 1 the worst.
 * Pure Nash equilibria of the game are then the states that are Nash stable for all. This means something only where everyone
 * can choose freely in every state: with options that cannot be taken back, moves removed or added, or states excluded across
 * decision makers there is no such game.
 */
export function writeNfg(model: Model): WrittenGame {
  const owned = ownChoices(model);
  const detail = owned === undefined ? "as its states are no combinations of options" : whyNot(model, owned);
  if (owned === undefined || detail !== undefined) {
    return { problems: [problem("no-normal-form", { detail: detail ?? "" })], losses: [] };
  }
  const players = model.decisionMakers.map(quoted).join(" ");
  const strategies = owned.map((choices, i) => `{ ${labelsOf(model, i, choices).map(quoted).join(" ")} }`);
  const outcomes = Array.from({ length: model.size }, (_, s) => {
    const payoffs = model.preferences.map(({ ranks }) => ranks[s]).join(", ");
    return `{ ${quoted(`${s + 1} ${codeOf(model, s)}`)} ${payoffs} }`;
  });
  // States ascend as profiles do, the first player's strategy changing fastest: option 0 is the least significant.
  const body = Array.from({ length: model.size }, (_, s) => s + 1).join(" ");
  const text = [
    `NFG 1 R ${quoted(model.name)} { ${players} }`,
    `{ ${strategies.join("\n  ")} }`,
    quoted("Payoffs are ranks, 1 the worst: only their order means something."),
    `{ ${outcomes.join("\n  ")} }`,
    body,
    "",
  ];
  return { text: text.join("\n"), problems: [], losses: lossesOf(model) };
}

/** The feasible combinations of each decision maker's own options, ascending, as codes; undefined in graph form. */
function ownChoices(model: Model): string[][] | undefined {
  if (model.stateNames !== undefined) return undefined;
  const codes = Array.from({ length: Math.min(model.size, MOST_PROFILES) }, (_, s) => codeOf(model, s));
  return model.decisionMakers.map((_, dm) => {
    const [first, end] = ownRange(model, dm);
    const own = new Set(codes.map((code) => code.slice(first, end)));
    // The last option is the most significant.
    const reversed = (code: string) => [...code].reverse().join("");
    return [...own].sort((a, b) => (reversed(a) < reversed(b) ? -1 : 1));
  });
}

/** The options of a decision maker: from, up to and not including. */
function ownRange({ options }: Model, dm: number): [from: number, to: number] {
  const first = options.findIndex(({ owner }) => owner === dm);
  return first < 0 ? [0, 0] : [first, first + options.filter(({ owner }) => owner === dm).length];
}

/** Why a model has no normal form; undefined where it has one. */
function whyNot(model: Model, owned: readonly (readonly string[])[]): string | undefined {
  if (model.size > MOST_PROFILES) return `as it has ${model.size} states (expected at most ${MOST_PROFILES})`;
  const oneWay = model.options.find(({ direction }) => direction !== "both");
  if (oneWay !== undefined) return `as the option ${oneWay.name} can be changed one way only`;
  const unordered = model.preferences.findIndex(({ ordered }) => !ordered);
  if (unordered >= 0) return `as the preferences of ${model.decisionMakers[unordered]} are no order`;
  const gap = missingProfile(model, owned);
  if (gap !== undefined) return `as ${gap} is not feasible though each decision maker's part of it is`;
  return constrained(model, owned);
}

/** A combination of choices that is no state; undefined where all are. */
function missingProfile(model: Model, owned: readonly (readonly string[])[]): string | undefined {
  if (owned.reduce((product, { length }) => product * length, 1) === model.size) return undefined;
  const codes = new Set(Array.from({ length: model.size }, (_, s) => codeOf(model, s)));
  const digits = owned.map(() => 0);
  for (;;) {
    const code = owned.map((choices, i) => choices[digits[i] ?? 0]).join("");
    if (!codes.has(code)) return code;
    const i = digits.findIndex((digit, k) => digit + 1 < (owned[k]?.length ?? 0));
    digits.fill(0, 0, i);
    digits[i] = (digits[i] ?? 0) + 1;
  }
}

/** Whose moves are not all those between its choices, where somebody's are not. */
function constrained(model: Model, owned: readonly (readonly string[])[]): string | undefined {
  const out = new Int32Array(model.size);
  for (const [dm, moves] of model.moves.entries()) {
    const [first, end] = ownRange(model, dm);
    const others = Array.from({ length: model.size }, (_, s) => {
      const code = codeOf(model, s);
      return code.slice(0, first) + code.slice(end);
    });
    const free = (owned[dm]?.length ?? 1) - 1;
    for (let s = 0; s < model.size; s++) {
      const count = moves.from(s, out);
      const isOwn = out.subarray(0, count).every((t) => others[t] === others[s]);
      if (count === free && isOwn) continue;
      const name = model.decisionMakers[dm];
      return `as the moves of ${name} from state ${s + 1} (${codeOf(model, s)}) are not those that its options allow`;
    }
  }
  return undefined;
}

/** Strategies by the options taken; with their codes where options of the same name would make them alike. */
function labelsOf(model: Model, dm: number, choices: readonly string[]): string[] {
  const [first] = ownRange(model, dm);
  const labels = choices.map((code) => {
    const taken = [...code].flatMap((letter, k) => (letter === "Y" ? [model.options[first + k]?.name ?? ""] : []));
    return taken.length === 0 ? "none" : taken.join(" + ");
  });
  const isDistinct = new Set(labels).size === labels.length;
  return isDistinct ? labels : labels.map((label, k) => `${label} (${choices[k]})`);
}

function lossesOf(model: Model): string[] {
  const losses = ["That moves are answered by moves: in a normal form all choose once, at the same time."];
  for (const [i, { relation }] of model.preferences.entries()) {
    if (relation !== undefined) losses.push(`${model.decisionMakers[i]}: by how much it prefers a state.`);
  }
  return losses;
}

/** Gambit's texts know no line breaks, and a backslash before a quote alone. */
function quoted(text: string): string {
  return `"${text.replaceAll(/[\p{Cc}\\]+/gu, " ").replaceAll('"', '\\"')}"`;
}

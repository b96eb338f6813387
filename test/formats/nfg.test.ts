import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writeNfg } from "../../src/formats/nfg.ts";
import {
  analyseStability,
  type Conflict,
  type ConflictOption,
  compileModel,
  type DecisionMaker,
  not,
  type OptionForm,
  type Preferences,
  takes,
} from "../../src/stability/index.ts";

const write = (conflict: Conflict) => writeNfg(compileModel(conflict));

function conflict(options: readonly (readonly ConflictOption[])[], preferences: readonly Preferences[]): OptionForm {
  const nothing: Preferences = { kind: "statements", statements: [] };
  return {
    form: "options",
    name: 'Two "prisoners"',
    decisionMakers: options.map((own, i) => ({
      name: `P${i + 1}`,
      options: own,
      preferences: preferences[i] ?? nothing,
    })),
  };
}

const DILEMMA = conflict(
  [[{ name: "cooperate" }], [{ name: "cooperate" }]],
  [
    { kind: "ranking", ranking: [[2], [3], [0], [1]] },
    { kind: "ranking", ranking: [[1], [3], [0], [2]] },
  ],
);

/** What a reader of the format makes of the text: strategies of each player, and payoffs by outcome. */
function parse(text: string) {
  const tokens = text.match(/"(?:\\"|[^"])*"|[{}]|[^\s{},"]+/g) ?? [];
  let at = 0;
  const list = (): unknown[] => {
    const items: unknown[] = [];
    for (at++; tokens[at] !== "}"; at++) items.push(tokens[at] === "{" ? list() : tokens[at]);
    return items;
  };
  const next = () => {
    const item = tokens[at] === "{" ? list() : tokens[at];
    at++;
    return item;
  };
  const head = [next(), next(), next()];
  const [title, players, strategies, , outcomes] = [next(), next(), next(), next(), next()];
  const body = tokens.slice(at).map(Number);
  return {
    head,
    title,
    players,
    strategies: strategies as string[][],
    payoffs: (outcomes as string[][]).map(([, ...payoffs]) => payoffs.map(Number)),
    body,
  };
}

/** Profiles from which nobody gains alone, by their place in the body: the first player's strategy changes fastest. */
function pureEquilibria({ strategies, payoffs, body }: ReturnType<typeof parse>): number[] {
  const counts = strategies.map(({ length }) => length);
  const strides = counts.map((_, i) => counts.slice(0, i).reduce((product, each) => product * each, 1));
  const payoff = (profile: number, i: number) => payoffs[(body[profile] ?? 0) - 1]?.[i] ?? Number.NaN;
  return body.flatMap((outcome, profile) => {
    const isStable = counts.every((count, i) => {
      const stride = strides[i] ?? 1;
      const own = Math.floor(profile / stride) % count;
      return Array.from({ length: count }, (_, k) => profile + (k - own) * stride).every(
        (other) => payoff(other, i) <= payoff(profile, i),
      );
    });
    return isStable ? [outcome - 1] : [];
  });
}

describe("a game in normal form", () => {
  test("has the states as outcomes and the ranks as payoffs", () => {
    expect(write(DILEMMA)).toEqual({
      text: `NFG 1 R "Two \\"prisoners\\"" { "P1" "P2" }
{ { "none" "cooperate" }
  { "none" "cooperate" } }
"Payoffs are ranks, 1 the worst: only their order means something."
{ { "1 NN" 2, 2 }
  { "2 YN" 1, 4 }
  { "3 NY" 4, 1 }
  { "4 YY" 3, 3 } }
1 2 3 4
`,
      problems: [],
      losses: ["That moves are answered by moves: in a normal form all choose once, at the same time."],
    });
  });

  test("has as pure equilibria the states that are Nash stable for all", () => {
    const own = fc.array(fc.constantFrom({ name: "a" }, { name: "b" }), { maxLength: 2 });
    const games = fc.array(own, { minLength: 1, maxLength: 3 }).chain((options) => {
      const size = 2 ** options.flat().length;
      const payoffs = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: size, maxLength: size });
      return fc.array(payoffs, { minLength: options.length, maxLength: options.length }).map((each) =>
        conflict(
          options,
          each.map((list) => ({ kind: "payoffs", payoffs: list })),
        ),
      );
    });
    fc.assert(
      fc.property(games, (game) => {
        const model = compileModel(game);
        const { nash } = analyseStability(model, { concepts: ["nash"] }).concepts;
        expect(pureEquilibria(parse(writeNfg(model).text ?? ""))).toEqual([...(nash?.equilibria ?? [])]);
      }),
    );
  });

  test("has a strategy for each feasible choice, told apart by letters where options have one name", () => {
    const alike = conflict([[{ name: "Full" }, { name: "Full" }], []], []);
    const { strategies } = parse(
      write({ ...alike, infeasible: [{ kind: "and", of: [takes(0), takes(1)] }] }).text ?? "",
    );
    expect(strategies).toEqual([['"none (NN)"', '"Full (YN)"', '"Full (NY)"'], ['"none"']]);
  });

  test("keeps texts on their line", () => {
    const { text } = write(conflict([[{ name: 'a\nb\\"' }]], []));
    expect(text).toContain('"a b \\""');
  });

  test("says that it loses degrees", () => {
    const graded: Preferences = { kind: "statements", statements: [{ formula: takes(0), degree: 2 }] };
    expect(write(conflict([[{ name: "a" }]], [graded])).losses).toContain("P1: by how much it prefers a state.");
  });
});

describe("no game is written", () => {
  const changed = (more: Partial<DecisionMaker>): OptionForm => {
    const [first, ...others] = DILEMMA.decisionMakers;
    if (first === undefined) throw new Error("no decision maker");
    return { ...DILEMMA, decisionMakers: [{ ...first, ...more }, ...others] };
  };
  const unknown: Preferences = { kind: "statements", statements: [{ formula: takes(0), unknown: true }] };
  const free = (count: number) => Array.from({ length: count }, (_, k) => ({ name: `o${k}` }));
  const graph: Conflict = {
    form: "graph",
    states: ["war", "peace"],
    decisionMakers: [{ name: "A", arcs: [[0, 1]], preferences: { kind: "ranking", ranking: [[1], [0]] } }],
  };
  const rule = { from: takes(0), to: not(takes(0)) };
  test.each<[string, Conflict, string]>([
    ["of a conflict in graph form", graph, "as its states are no combinations of options"],
    [
      "with options that go one way",
      changed({ options: [{ name: "arm", direction: "forward" }] }),
      "as the option arm can be changed one way only",
    ],
    ["with preferences that are no order", changed({ preferences: unknown }), "as the preferences of P1 are no order"],
    [
      "with states excluded across decision makers",
      { ...conflict([free(1), free(1)], []), infeasible: [{ kind: "and", of: [takes(0), takes(1)] }] },
      "as YY is not feasible though each decision maker's part of it is",
    ],
    [
      "with moves removed",
      changed({ removed: [rule] }),
      "as the moves of P1 from state 2 (YN) are not those that its options allow",
    ],
    [
      "with moves added",
      changed({ added: [{ from: takes(0), to: takes(1) }] }),
      "as the moves of P1 from state 2 (YN)",
    ],
    [
      "with as many other moves",
      changed({ removed: [rule], added: [{ from: takes(0), to: { kind: "and", of: [takes(0), takes(1)] } }] }),
      "as the moves of P1 from state 2 (YN)",
    ],
    [
      "with states that somebody does not see",
      changed({ misperceives: [takes(0)] }),
      "as the moves of P1 from state 1 (NN)",
    ],
    ["with too many profiles", conflict([free(14)], []), "as it has 16384 states (expected at most 10000)"],
  ])("%s", (_, model, why) => {
    const { text, problems } = write(model);
    expect(text).toBeUndefined();
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining(why)]);
  });
});

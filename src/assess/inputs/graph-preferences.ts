import type { Path } from "../../case/index.ts";
import { STATE_CODE } from "../../case/index.ts";
import type { Model, Preferences } from "../../stability/index.ts";
import { codeOf, stateOf } from "../../stability/index.ts";
import type { GraphContext, GraphSection, Situation } from "./graph-context.ts";

/** What a decision maker prefers, as the case writes it. */
export type WrittenPreferences = NonNullable<GraphSection["preferences"]>[string];

/** Preferences of one to whom every state is worth the same. */
export const INDIFFERENT: Preferences = { kind: "statements", statements: [] };

/** Reads preferences of the case, as they refer to the feasible states of a model. */
export class PreferenceReader {
  readonly #context: GraphContext;
  readonly #model: Model;
  readonly #situations: ReadonlyMap<string, Situation>;

  constructor(context: GraphContext, model: Model, situations: readonly Situation[]) {
    this.#context = context;
    this.#model = model;
    this.#situations = new Map(situations.map((each) => [each.id, each]));
  }

  /**
   * Preferences as the engine takes them.
   *
   * @param path where they stand in the case
   * @param at where they stand in the engine's input, where that is to be known
   */
  read(party: string, written: WrittenPreferences, path: Path, at?: string): Preferences {
    const context = this.#context;
    if (at !== undefined) context.paths.set(at, path);
    if ("weights" in written) {
      const weights = context.names.ids.map(() => 0);
      for (const [name, weight] of Object.entries(written.weights)) weights[context.option(name)] = weight;
      return { kind: "weights", weights };
    }
    if ("ranking" in written) return { kind: "ranking", ranking: this.#ranking(party, written.ranking, path) };
    const list = this.#listPath(path);
    return {
      kind: "statements",
      statements: written.statements.map(({ says, degree, unknown }, k) => {
        if (at !== undefined) context.paths.set(`${at}.statements.${k}`, [...list, k]);
        return { formula: context.formula(says), degree, unknown, text: says };
      }),
    };
  }

  /** A list of statements stands at the preferences' own path, or under a key of them. */
  #listPath(path: Path): Path {
    const { content } = this.#context;
    const [own, below] = [content.place(path, "key"), content.place([...path, "statements"], "key")];
    const isSame = own.file === below.file && own.line === below.line && own.column === below.column;
    return isSame ? path : [...path, "statements"];
  }

  #ranking(party: string, groups: readonly (readonly (string | number)[])[], path: Path): number[][] {
    const context = this.#context;
    const { size } = this.#model;
    const name = context.partyName(party);
    const ranked = new Set<number>();
    const ranking = groups.map((group, g) =>
      group.flatMap((written, k) => {
        const here = [...path, "ranking", g, k];
        const states = this.#statesOf(written);
        if (states.length === 0) {
          context.report("ranking-unknown", here, { party: name, state: String(written), count: size });
        }
        return states.filter((state) => {
          if (!ranked.has(state)) return ranked.add(state);
          context.report("ranking-twice", here, { party: name, state: this.#label(state) });
          return false;
        });
      }),
    );
    for (let state = 0; state < size; state++) {
      if (ranked.has(state)) continue;
      context.report("ranking-misses", [...path, "ranking"], { party: name, state: this.#label(state) }, "key");
      break;
    }
    return ranking;
  }

  /** The states that an entry of a ranking means: those of a situation, one by its Y and N, or one by its number. */
  #statesOf(written: string | number): readonly number[] {
    const { states, size, options } = this.#model;
    if (typeof written === "number") return written <= size ? [written - 1] : [];
    const situation = this.#situations.get(written);
    if (situation !== undefined) return situation.states;
    if (!STATE_CODE.test(written) || written.length !== options.length) return [];
    const decimal = [...written].reduce((sum, letter, o) => sum + (letter === "Y" ? 2 ** o : 0), 0);
    const state = stateOf(states, decimal);
    return state === undefined ? [] : [state];
  }

  #label(state: number): string {
    return `state ${state + 1} (${codeOf(this.#model, state)})`;
  }
}

import { changesBetween, codeOf, type Model } from "../stability/index.ts";
import { list } from "./format.ts";
import type { GraphInputs } from "./inputs/graph.ts";

/** Names of what a graph model holds, as people read them. */
export class GraphNames {
  readonly #inputs: GraphInputs;

  constructor(inputs: GraphInputs) {
    this.#inputs = inputs;
  }

  dm = (dm: number): string => this.#inputs.model.decisionMakers[dm] ?? "";

  party = (dm: number): string => this.#inputs.decisionMakers[dm] ?? "";

  /** A state's situation where it has a name, else what is done in it. */
  state = (state: number): string => {
    const { situations } = this.#inputs;
    const found = situations.find(({ states }) => states.length === 1 && states[0] === state);
    return found === undefined ? `state ${state + 1}` : `“${found.name}”`;
  };

  /** What is done in a move: options taken up and given up. */
  change = (from: number, to: number): string =>
    changeWords(this.#inputs.model, from, to, (o) => this.#inputs.options[o]?.name ?? "");

  /** What each decision maker does in a state. */
  does(state: number): string {
    const { model, options } = this.#inputs;
    const code = codeOf(model, state);
    const parts = model.decisionMakers.flatMap((name, dm) => {
      const taken = options.flatMap((option, o) =>
        model.options[o]?.owner === dm && code[o] === "Y" ? [lowerFirst(option.name)] : [],
      );
      return taken.length === 0 ? [] : [`${name}: ${taken.join(", ")}`];
    });
    return parts.length === 0 ? "nobody takes up any option" : parts.join("; ");
  }
}

/** A move in words: “taking up A and giving up B”. */
export function changeWords(model: Model, from: number, to: number, nameOf: (option: number) => string): string {
  const { taken, dropped } = changesBetween(model, from, to);
  const named = (options: readonly number[]) => list(options.map((o) => `“${nameOf(o)}”`));
  return [
    taken.length === 0 ? "" : `taking up ${named(taken)}`,
    dropped.length === 0 ? "" : `giving up ${named(dropped)}`,
  ]
    .filter((part) => part !== "")
    .join(" and ");
}

/** An option as something that its owner does: “Russia goes on attacking”. */
export function optionWords({ model, options }: GraphInputs, o: number): string {
  const owner = model.decisionMakers[model.options[o]?.owner ?? 0] ?? "";
  return `“${owner} ${lowerFirst(options[o]?.name ?? "")}”`;
}

/** A text with its first letter small, as within a sentence. */
export const lowerFirst = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;

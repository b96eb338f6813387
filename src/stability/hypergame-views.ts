import { ParleyError } from "../core/problems/index.ts";
import { isTaken, powerOfTwo, stateOf } from "./feasible.ts";
import { type Model, stateLabel } from "./model.ts";

/** A decision maker's own model of a conflict, matched to the conflict as it is. */
export interface View {
  readonly model: Model;
  /** Position of the viewer among the decision makers of its own model. */
  readonly viewer: number;
  /** For each state of the conflict: the state of the view that stands for it, or -1 where it is hidden. */
  readonly seenAs: Int32Array;
  /** States of the view that stand for none of the conflict: the viewer takes for possible what is not. */
  readonly imagined: Int32Array;
}

/**
 * Matches a view to the model: in option form by the names of decision makers and options, in graph form by those of states.
 *
 * A view may leave out decision makers, options and states. A state in which an option is taken that the view leaves out is
 * hidden, and one that the view's own infeasible combinations exclude. A view may also have options and states that the model has
 * not.
 *
 * @param viewer the decision maker whose view it is
 * @param view the same as the model unless given
 * @throws ParleyError view-mismatch
 */
export function matchView(model: Model, viewer: number, view: Model = model): View {
  const party = model.decisionMakers[viewer]!;
  const fail = (detail: string) => ParleyError.of("view-mismatch", { party, detail });
  if ((model.stateNames === undefined) !== (view.stateNames === undefined)) throw fail("is not of the same form");
  for (const each of [model, view]) {
    const twice = each.decisionMakers.find((name, i) => each.decisionMakers.indexOf(name) !== i);
    if (twice !== undefined) throw fail(`cannot be matched: two decision makers are named ${twice}`);
  }
  const at = view.decisionMakers.indexOf(party);
  if (at < 0) throw fail("leaves out the viewer");
  const seenAs = view.stateNames === undefined ? byOptions(model, view, fail) : byNames(model, view, fail);
  const met = new Uint8Array(view.size);
  for (let s = 0; s < seenAs.length; s++) if (seenAs[s]! >= 0) met[seenAs[s]!] = 1;
  const imagined = Int32Array.from({ length: view.size }, (_, s) => s).filter((s) => met[s] === 0);
  return Object.freeze({ model: view, viewer: at, seenAs, imagined });
}

function byOptions(model: Model, view: Model, fail: (detail: string) => ParleyError): Int32Array {
  const keysOf = ({ options, decisionMakers }: Model): string[] => {
    const keys = options.map(({ owner, name }) => JSON.stringify([decisionMakers[owner], name]));
    const twice = keys.findIndex((key, o) => keys.indexOf(key) !== o);
    if (twice < 0) return keys;
    const { owner, name } = options[twice]!;
    throw fail(`cannot be matched: ${decisionMakers[owner]} has two options named ${name}`);
  };
  const keys = keysOf(view);
  // For each option of the model, that of the view; -1 where the view leaves it out.
  const options = keysOf(model).map((key) => keys.indexOf(key));
  const seenAs = new Int32Array(model.size).fill(-1);
  for (let s = 0; s < model.size; s++) {
    let decimal = 0;
    let isHidden = false;
    for (let o = 0; o < options.length && !isHidden; o++) {
      if (!isTaken(model.states, s, o)) continue;
      if (options[o]! < 0) isHidden = true;
      else decimal += powerOfTwo(options[o]!);
    }
    if (!isHidden) seenAs[s] = stateOf(view.states, decimal) ?? -1;
  }
  return seenAs;
}

function byNames(model: Model, view: Model, fail: (detail: string) => ParleyError): Int32Array {
  const positions = new Map<string, number>();
  for (let s = 0; s < view.size; s++) positions.set(stateLabel(view, s), s);
  if (positions.size < view.size || new Set(model.stateNames).size < model.size) {
    throw fail("cannot be matched: two states have one name");
  }
  return Int32Array.from({ length: model.size }, (_, s) => positions.get(stateLabel(model, s)) ?? -1);
}

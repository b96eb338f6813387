import type { Assessment } from "../../assess/index.ts";
import { redacted, redactedComparison } from "../../assess/index.ts";
import type { ComparedViews } from "../engine/side-protocol.ts";
import type { Shown, State } from "./store.ts";

/** What pages see while the view is for the room: assessments redacted, the case's texts and its claims' names left out. */
export function inRoom(state: State): State {
  if (!state.address.room) return state;
  return memo(rooms, state, () => ({
    ...state,
    now: shownInRoom(state.now),
    whole: shownInRoom(state.whole),
    former: shownInRoom(state.former),
    open:
      state.open === undefined ? undefined : { ...state.open, packed: { ...state.open.packed, files: {} }, claims: [] },
    viewProblems: [],
  }));
}

// A page draws anew what is another object: the same assessment is redacted once.
const rooms = new WeakMap<State, State>();
const assessments = new WeakMap<Assessment, Assessment>();
const shown = new WeakMap<Shown, Shown>();
const comparisons = new WeakMap<ComparedViews, ComparedViews>();

/** An assessment that a page had made for itself, as it may show it. */
export const shownOf = (assessment: Assessment | undefined, room: boolean): Assessment | undefined =>
  assessment === undefined || !room ? assessment : memo(assessments, assessment, () => redacted(assessment));

/** Two views side by side, as a page may show them: in the room once the second of them is there, whose names are withheld. */
export function comparedOf(
  compared: ComparedViews | undefined,
  view: Assessment | undefined,
  room: boolean,
): ComparedViews | undefined {
  if (compared === undefined || !room) return compared;
  if (view === undefined) return undefined;
  return memo(comparisons, compared, () => ({ ...redactedComparison(compared, view), problems: [] }));
}

const shownInRoom = (each: Shown | undefined): Shown | undefined =>
  each === undefined
    ? undefined
    : memo(shown, each, () => ({
        ...each,
        assessment: shownOf(each.assessment, true) ?? each.assessment,
      }));

function memo<K extends object, V extends object>(known: WeakMap<K, V>, key: K, make: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

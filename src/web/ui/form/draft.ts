import { useEffect, useRef, useState } from "react";
import type { Raw } from "../../../case/index.ts";
import type { Problem } from "../../../core/problems/index.ts";
import type { PlacedProblem } from "../../engine/editor-protocol.ts";
import { isError, putEdits, useForm } from "./host.ts";
import { shownOf } from "./written.ts";

/** How long a field waits for the next key before it is tried, in milliseconds. */
const TRY_AFTER = 300;

/** A text in a field that is not in the case yet: tried as one types, saved when one leaves it. */
export interface Draft {
  readonly text: string;
  readonly touched: boolean;
  readonly problems: readonly Problem[];
  /** Whether leaving the field saved nothing, since an error would have come of it. */
  readonly kept: boolean;
  type(text: string): void;
  /** Saves; with a text, saves that one. */
  save(text?: string): Promise<void>;
  reset(): void;
}

export function useDraft(
  path: readonly string[],
  value: Raw | undefined,
  read: (text: string) => Raw | undefined,
  what: string,
): Draft {
  const host = useForm();
  const [text, setText] = useState<string>();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [kept, setKept] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Counts what was typed, so that a slow answer to an earlier text is dropped. */
  const turn = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);

  const clear = () => {
    clearTimeout(timer.current);
    turn.current += 1;
    setText(undefined);
    setProblems([]);
    setKept(false);
  };
  return {
    text: text ?? shownOf(value),
    touched: text !== undefined,
    problems,
    kept,
    type(next) {
      setText(next);
      setKept(false);
      clearTimeout(timer.current);
      turn.current += 1;
      const own = turn.current;
      timer.current = setTimeout(async () => {
        const edits = putEdits(path, value, read(next));
        const found: readonly PlacedProblem[] = edits.length === 0 ? [] : await host.trial(edits);
        if (own === turn.current) setProblems(found);
      }, TRY_AFTER);
    },
    async save(given) {
      const next = given ?? text;
      if (next === undefined) return;
      clearTimeout(timer.current);
      if (next === shownOf(value)) return clear();
      if (given !== undefined) setText(given);
      turn.current += 1;
      const own = turn.current;
      const found = await host.submit(putEdits(path, value, read(next)), what);
      // One may have typed on meanwhile.
      if (own !== turn.current) return;
      // What somebody else changed meanwhile waits for a choice of its own.
      if (found.length === 0 || found.some(({ code }) => code === "edit-conflict")) return clear();
      setProblems(found);
      setKept(found.some(isError));
    },
    reset: clear,
  };
}

import { useMemo } from "react";
import { z } from "zod";
import { casePath } from "../../../case/edit/edits.ts";
import type { PlacedProblem } from "../../engine/editor-protocol.ts";
import { editCase, tryEdits, useEditing } from "../../state/editing.ts";
import { hrefOf } from "../../state/session.ts";
import { useStore } from "../../state/store.ts";
import { type FormHost, isError } from "./host.ts";
import { ShowField } from "./show.tsx";

// The library would else try to compile checks, which a strict policy forbids.
z.config({ jitless: true });

/** The case that is open, as what a form stands over. */
export function useCaseForm(): FormHost {
  const content = useEditing((state) => state.content);
  const readOnly = useEditing((state) => state.readOnly);
  const checks = useEditing((state) => state.checks);
  const address = useStore((state) => state.address);
  return useMemo(() => {
    const byPath = new Map<string, PlacedProblem[]>();
    for (const each of checks) {
      if (each.path !== undefined) byPath.set(each.path, [...(byPath.get(each.path) ?? []), each]);
    }
    return {
      content,
      readOnly,
      problemsAt: (path) => byPath.get(path.join(".")) ?? [],
      trial: tryEdits,
      async submit(edits, what, force = false) {
        if (edits.length === 0) return [];
        if (!force) {
          const problems = await tryEdits(edits);
          if (problems.some(isError)) return problems;
        }
        return editCase(edits, what);
      },
      hrefOf(path) {
        const written = casePath(path);
        return hrefOf(address, { edit: typeof written === "string" ? written : path.join(".") });
      },
      talksOf: (path) => path,
      Show: ShowField,
    };
  }, [content, readOnly, checks, address]);
}

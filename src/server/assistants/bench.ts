import { ParleyError } from "../../core/problems/index.ts";
import type { Answer, Bench } from "../../mcp/index.ts";
import type { Compute } from "../compute/compute.ts";
import { textsOf } from "../compute/task.ts";
import type { TeamShelf, TokenBearer } from "./shelf.ts";

/** Long tools that answer nothing: they check a case, or read a text. */
const READ = new Set(["check_case", "draft_claims"]);

/** How often a call that goes on is told so, in milliseconds. */
const STILL = 2000;

export interface TeamBenchOptions {
  readonly shelf: TeamShelf;
  readonly who: TokenBearer;
  readonly compute: Compute;
  /** Counts a call that computes; gives the seconds to wait where it is one too many. */
  readonly count: () => Promise<number>;
}

/** Where the tools that take long run: on the server's threads, in their person's turn. */
export function teamBench({ shelf, who, compute, count }: TeamBenchOptions): Bench {
  const caseOf = async (input: unknown) => {
    const id = (input as { case?: unknown } | null | undefined)?.case;
    // What is no id is for the tool to say.
    if (typeof id !== "string") return undefined;
    const shelved = await shelf.get(id);
    return { shelved, texts: textsOf(await shelf.versionOf(shelved)) };
  };
  return {
    async run(tool, input, { signal, progress }): Promise<Answer> {
      shelf.demand("cases:read");
      if (!READ.has(tool)) {
        shelf.demand("runs:write");
        const seconds = await count();
        if (seconds > 0) throw ParleyError.of("request-often", { seconds });
      }
      const found = await caseOf(input);
      const began = Date.now();
      const still = setInterval(() => {
        progress?.(`at work, or waiting for its turn, for ${Math.round((Date.now() - began) / 1000)} s`);
      }, STILL);
      try {
        const outcome = await compute.run(who.person.id, { kind: "tool", tool, input, case: found }, signal);
        if (!outcome.ok) throw new ParleyError(outcome.problems);
        return JSON.parse(outcome.document) as Answer;
      } finally {
        clearInterval(still);
      }
    },
    close: async () => {},
  };
}

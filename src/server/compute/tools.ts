import { memoInMemory } from "../../assess/index.ts";
import { filesInMemory } from "../../case/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { type Answer, answerCall, Desk, type Shelf } from "../../mcp/index.ts";
import type { Task, ToolCase } from "./task.ts";

/** Results of this thread that take long, under what determines them: whoever has the same case gets the same. */
const memo = memoInMemory();

/** What a tool answers to an input, with the one case that it names. @throws ParleyError as the tool does */
export function answerTool({ tool, input, case: found }: Extract<Task, { kind: "tool" }>): Promise<Answer> {
  return answerCall(new Desk({ shelf: shelfOf(found), memo }), tool, input);
}

/** A shelf of one case, or none; the ids that callers know were looked up before. */
function shelfOf(found: ToolCase | undefined): Shelf {
  const refuse = async () => {
    throw ParleyError.of("write-not-allowed", undefined);
  };
  return {
    places: [],
    list: async () => (found === undefined ? [] : [found.shelved]),
    async get(id) {
      if (found === undefined) throw ParleyError.of("case-unknown", { id });
      return found.shelved;
    },
    async filesOf() {
      const { main = "case.yaml", files = {} } = found?.texts ?? {};
      return filesInMemory(files, main);
    },
    write: refuse,
    undo: refuse,
    create: refuse,
  };
}

import { nearest, ParleyError, problem } from "../core/problems/index.ts";
import type { Desk } from "./desk.ts";
import type { Answer, Tool } from "./tool.ts";
import { TOOLS } from "./tools/index.ts";

/** What a call may be told on the way, and how it is stopped. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((message: string) => void) | undefined;
}

/**
 * Where long tools run, so that the server goes on answering: a thread, which can be stopped.
 *
 * The thread has a desk of its own: over folders its shelf opens them again, over a database it is given the files of the
 * case that the input names. Long tools read one case at most, and write none.
 */
export interface Bench {
  /** @throws ParleyError as the tool does; `work-stopped` where the signal stopped it */
  run(tool: string, input: unknown, options: CallOptions): Promise<Answer>;
  close(): Promise<void>;
}

/** What calls are answered with: the cases, and where long work is done. */
export interface McpService {
  readonly desk: Desk;
  readonly bench: Bench;
}

/** The tool of a name; undefined where there is none. */
export function toolCalled(name: string): Tool | undefined {
  return TOOLS.find((tool) => tool.name === name);
}

/** The tool that a mistyped name most likely meant. */
export function toolNear(name: string): string | undefined {
  return nearest(
    name,
    TOOLS.map((tool) => tool.name),
  );
}

/**
 * Answers a call at a desk; long ones on the bench, where there is one.
 *
 * @throws ParleyError with what is wrong with the input; anything else that goes wrong comes as the problem `internal`
 */
export async function answerCall(
  desk: Desk,
  name: string,
  input: unknown,
  { bench, ...options }: CallOptions & { readonly bench?: Bench | undefined } = {},
): Promise<Answer> {
  const tool = toolCalled(name);
  if (tool === undefined) {
    throw ParleyError.of("unknown-reference", { kind: "tool", value: name, near: toolNear(name) });
  }
  try {
    if (tool.long && bench !== undefined) return await bench.run(name, input, options);
    return await tool.answer(input, desk);
  } catch (error) {
    if (error instanceof ParleyError) throw error;
    throw new ParleyError([problem("internal", { detail: error instanceof Error ? error.message : String(error) })]);
  }
}

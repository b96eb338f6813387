import type { ErrorHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { problem } from "../../core/problems/index.ts";
import { REQUEST_ID } from "./requests.ts";

/**
 * What an app answers where a handler throws: 500 and the request's id, by which the log tells where it was thrown.
 *
 * Without it Hono prints what was thrown, whose words may hold a case's.
 */
export const answerFault: ErrorHandler = (error, context) => {
  if (error instanceof HTTPException) return error.getResponse();
  const id = (context.get(REQUEST_ID) as string | undefined) ?? "unknown";
  const problems = [problem("internal", { detail: `the log has it under request ${id}` })];
  return context.json({ ok: false, problems }, 500, { "Cache-Control": "no-store" });
};

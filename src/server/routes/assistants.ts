import { z } from "@hono/zod-openapi";
import type { Context, Next } from "hono";
import { ParleyError } from "../../core/problems/index.ts";
import type { Limits } from "../http/limits.ts";
import { declare, jsonOnly, REFUSAL, type TeamApp } from "../http/route.ts";
import type { Services } from "../http/services.ts";

/** The path of the protocol's one address. */
const PATH = "/mcp";

const MESSAGE = z
  .any()
  .openapi("McpMessage", { type: "object", description: "A message of the Model Context Protocol (JSON-RPC 2.0)" });

const WORDS = {
  post: "Tools for assistants, over the Model Context Protocol (Streamable HTTP): a message, or several",
  get: "Refused: this server sends assistants nothing of its own accord",
  delete: "End an assistant's session",
} as const;

/** The tools for assistants: the one route that knows tokens alone, and speaks another protocol than the API. */
export function assistantRoutes(app: TeamApp, services: Services, limits: Limits | undefined): void {
  for (const method of ["post", "get", "delete"] as const) {
    const body = { body: { required: true, content: { "application/json": { schema: MESSAGE } } } };
    const refused = { "application/json": { schema: z.union([REFUSAL, MESSAGE]) } };
    declare(app, {
      method,
      path: PATH,
      tags: ["assistants"],
      summary: WORDS[method],
      access: { who: "bearer" },
      ...(method === "post" ? { request: body } : {}),
      responses: {
        200: { description: "An answer, as JSON or as server-sent events" },
        default: { description: "Refused; to who shows a token, as JSON-RPC tells errors", content: refused },
      },
    });
    const checks = method === "post" ? [jsonOnly, tokenOnly] : [tokenOnly];
    app.on(method.toUpperCase(), [PATH], ...checks, (context) => services.assistants.handle(context, limits));
  }
}

/** Refuses who shows no token, whoever they are by a cookie. */
async function tokenOnly(context: Context, next: Next): Promise<void> {
  if (context.req.header("authorization") === undefined) {
    context.header("WWW-Authenticate", 'Bearer realm="parley"');
    throw ParleyError.of("sign-in-needed", undefined);
  }
  await next();
}

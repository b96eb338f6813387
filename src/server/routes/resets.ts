import { z } from "@hono/zod-openapi";
import { confirm } from "../accounts/confirm.ts";
import { makeReset, RESET_HOURS, takeReset } from "../accounts/resets.ts";
import { body, json, on, type TeamApp } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { DONE, ID } from "../http/shapes.ts";
import { PASSWORD } from "./session.ts";

const HEADER = z.object({
  "x-parley-reset": z.string().min(1).max(100).openapi({ description: "the secret of a reset link" }),
});

/** New passwords for who lost theirs: a keeper makes a link, its person uses it. */
export function resetRoutes(app: TeamApp, services: Services): void {
  const {
    accounts: { sessions },
    store: { db },
    now,
  } = services;

  on(
    app,
    services,
    {
      method: "post",
      path: "/api/people/{person}/reset",
      tags: ["people"],
      summary:
        "Make a link by which somebody sets a new password, in place of one made before; the answer alone holds the secret, for the address ORIGIN/#/reset/TOKEN",
      access: { who: "keeper" },
      request: {
        params: z.object({ person: ID }),
        ...body(
          z.strictObject({
            hours: z.int().min(1).max(72).default(RESET_HOURS),
            password: PASSWORD.optional().openapi({
              description: "your own; needed where you have one and did not sign in within the last ten minutes",
            }),
          }),
        ),
      },
      responses: { 201: json(z.object({ ok: z.literal(true), token: z.string() }), "Made") },
    },
    async (context) => {
      const { hours, password } = context.req.valid("json");
      const { person } = await confirm(context, services, password);
      const request = { personId: context.req.valid("param").person, hours, by: person.id };
      return context.json({ ok: true as const, token: await makeReset(db, request, now()) }, 201);
    },
  );

  on(
    app,
    services,
    {
      method: "post",
      path: "/api/reset",
      tags: ["session"],
      summary: "Set a new password by a reset link; all sessions of its person end",
      access: { who: "public" },
      request: { headers: HEADER, ...body(z.strictObject({ password: PASSWORD })) },
      responses: { 200: json(DONE, "Set; sign in with it") },
    },
    async (context) => {
      const { password } = context.req.valid("json");
      sessions.forget(await takeReset(db, context.req.valid("header")["x-parley-reset"], password, now));
      return context.json({ ok: true as const }, 200);
    },
  );
}

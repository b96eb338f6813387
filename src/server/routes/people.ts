import { z } from "@hono/zod-openapi";
import { ParleyError } from "../../core/problems/index.ts";
import { revokeAllBy } from "../accounts/invitations.ts";
import { demandAnotherKeeper, holdKeepers } from "../accounts/keepers.ts";
import { dropReset } from "../accounts/resets.ts";
import { note } from "../audit/log.ts";
import { body, json, on, type TeamApp } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { DONE, ID } from "../http/shapes.ts";
import { authorOf } from "./case-answers.ts";
import { PERSON } from "./session.ts";

const LISTED = PERSON.extend({ suspended: z.boolean(), createdAt: z.string() }).openapi("ListedPerson");

/** Everybody with an account, for those who look after the server. */
export function peopleRoutes(app: TeamApp, services: Services): void {
  const {
    accounts,
    store: { db },
    now,
  } = services;

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/people",
      tags: ["people"],
      summary: "Everybody with an account",
      access: { who: "keeper" },
      responses: { 200: json(z.object({ ok: z.literal(true), people: z.array(LISTED) }), "People") },
    },
    async (context) => {
      const rows = await db
        .selectFrom("users")
        .select(["id", "name", "email", "keeper", "suspendedAt", "createdAt"])
        .orderBy("name")
        .orderBy("id")
        .execute();
      const people = rows.map(({ suspendedAt, createdAt, ...person }) => {
        return { ...person, suspended: suspendedAt !== null, createdAt: createdAt.toISOString() };
      });
      return context.json({ ok: true as const, people }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "patch",
      path: "/api/people/{person}",
      tags: ["people"],
      summary: "Suspend somebody or let them in again; make somebody a keeper or no longer",
      access: { who: "keeper" },
      request: {
        params: z.object({ person: ID }),
        ...body(z.strictObject({ suspended: z.boolean().optional(), keeper: z.boolean().optional() })),
      },
      responses: { 200: json(DONE, "Done") },
    },
    async (context) => {
      const { person: id } = context.req.valid("param");
      const { suspended, keeper } = context.req.valid("json");
      const actorId = authorOf(context.get("who")).id;
      await db.transaction().execute(async (tx) => {
        await holdKeepers(tx);
        const found = await tx
          .selectFrom("users")
          .select(["keeper", "suspendedAt"])
          .where("id", "=", id)
          .executeTakeFirst();
        if (found === undefined) throw ParleyError.of("person-unknown", { id });
        if (suspended === true || keeper === false) await demandAnotherKeeper(tx, id);
        if (keeper !== undefined && keeper !== found.keeper) {
          await tx.updateTable("users").set({ keeper, updatedAt: now() }).where("id", "=", id).execute();
          await note(tx, { actorId, action: "account.keeper", detail: { person: id, keeper } });
        }
        if (suspended !== undefined && suspended !== (found.suspendedAt !== null)) {
          const suspendedAt = suspended ? now() : null;
          await tx.updateTable("users").set({ suspendedAt, updatedAt: now() }).where("id", "=", id).execute();
          if (suspended) {
            await tx.deleteFrom("sessions").where("userId", "=", id).execute();
            await dropReset(tx, id);
          }
          await note(tx, { actorId, action: "account.suspended", detail: { person: id, suspended } });
          if (suspended) await revokeAllBy(tx, id, actorId);
        }
      });
      accounts.sessions.forget(id);
      return context.json({ ok: true as const }, 200);
    },
  );
}

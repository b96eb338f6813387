import { z } from "@hono/zod-openapi";
import { ParleyError, type ProblemCode } from "../../core/problems/index.ts";
import { openInvitation } from "../accounts/invitations.ts";
import { json, on, type TeamApp } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import { personOf } from "../http/who.ts";
import { setCookies, signedIn } from "./session.ts";

const REDIRECT = { description: "To the identity provider, or back to the page" } as const;

/** Signing in by an identity provider (OpenID Connect). */
export function oidcRoutes(app: TeamApp, services: Services): void {
  const {
    accounts: { oidc, sessions },
    store: { db },
    now,
  } = services;

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/session/oidc",
      tags: ["session"],
      summary: "Go to the identity provider to sign in",
      access: { who: "public" },
      responses: { 302: REDIRECT },
    },
    async (context) => {
      if (oidc === undefined) throw ParleyError.of("oidc-off", undefined);
      const { url, cookies } = await oidc.start(undefined);
      setCookies(context, cookies);
      return context.redirect(url, 302);
    },
  );

  on(
    app,
    services,
    {
      method: "post",
      path: "/api/session/oidc",
      tags: ["session"],
      summary: "The identity provider's address to go to, for who holds an invitation",
      access: { who: "public" },
      request: { headers: z.object({ "x-parley-invitation": z.string().min(1).max(100).optional() }) },
      responses: { 200: json(z.object({ ok: z.literal(true), url: z.string() }), "The address") },
    },
    async (context) => {
      if (oidc === undefined) throw ParleyError.of("oidc-off", undefined);
      const secret = context.req.valid("header")["x-parley-invitation"];
      const invitation = secret === undefined ? undefined : await openInvitation(db, secret, now());
      const { url, cookies } = await oidc.start(invitation?.id);
      setCookies(context, cookies);
      return context.json({ ok: true as const, url }, 200);
    },
  );

  on(
    app,
    services,
    {
      method: "get",
      path: "/api/session/oidc/callback",
      tags: ["session"],
      summary: "Back from the identity provider; a refusal is told to the page as #/sign-in?problem=CODE",
      access: { who: "public" },
      request: {
        query: z.object({
          code: z.string().max(4000).optional(),
          state: z.string().max(500).optional(),
          iss: z.string().max(1000).optional(),
          error: z.string().max(500).optional(),
        }),
      },
      responses: { 302: REDIRECT },
    },
    async (context) => {
      if (oidc === undefined) throw ParleyError.of("oidc-off", undefined);
      const query = new URLSearchParams(context.req.valid("query") as Record<string, string>);
      const refused = (problem: ProblemCode) => context.redirect(`/#/sign-in?problem=${problem}`, 302);
      try {
        const outcome = await oidc.finish(query, context.req.raw.headers);
        setCookies(context, outcome.cookies);
        if (!outcome.ok) return refused(outcome.problem);
        const person = personOf(await sessions.of(asSent(outcome.cookies)));
        if (person === undefined) return refused("oidc-failed");
        await signedIn(services, person.id, "oidc");
        return context.redirect("/#/", 302);
      } catch (error) {
        if (error instanceof ParleyError) return refused(error.problems[0]?.code ?? "oidc-failed");
        throw error;
      }
    },
  );
}

/** Cookies that were set, as the browser sends them. */
function asSent(cookies: Headers): Headers {
  const pairs = cookies.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  return new Headers({ cookie: pairs.join("; ") });
}

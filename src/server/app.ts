import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { routePath } from "hono/route";
import { refuse, strictHeaders } from "../api/index.ts";
import { ParleyError, problem } from "../core/problems/index.ts";
import { VERSION } from "../version.ts";
import { sessionCookie } from "./accounts/auth.ts";
import { AWAY, isStoreAway } from "./http/away.ts";
import { type Limits, shortAddress } from "./http/limits.ts";
import { ownOriginOnly } from "./http/origin.ts";
import { Refused } from "./http/refused.ts";
import { type Env, type TeamApp, teamApp } from "./http/route.ts";
import type { Services } from "./http/services.ts";
import type { Who } from "./http/who.ts";
import { answerRoutes } from "./routes/answers.ts";
import { assistantRoutes } from "./routes/assistants.ts";
import { auditRoutes } from "./routes/audit.ts";
import { caseMemberRoutes } from "./routes/case-members.ts";
import { caseRoutes } from "./routes/cases.ts";
import { commentRoutes } from "./routes/comments.ts";
import { invitationRoutes } from "./routes/invitations.ts";
import { meRoutes } from "./routes/me.ts";
import { memberRoutes } from "./routes/members.ts";
import { oidcRoutes } from "./routes/oidc.ts";
import { ownerlessRoutes } from "./routes/ownerless.ts";
import { passkeyRoutes } from "./routes/passkeys.ts";
import { peopleRoutes } from "./routes/people.ts";
import { presenceRoutes } from "./routes/presence.ts";
import { resetRoutes } from "./routes/resets.ts";
import { runRoutes } from "./routes/runs.ts";
import { sessionRoutes } from "./routes/session.ts";
import { shareRoutes } from "./routes/shares.ts";
import { tokenRoutes } from "./routes/tokens.ts";
import { versionRoutes } from "./routes/versions.ts";
import { workspaceRoutes } from "./routes/workspaces.ts";

/** What stands around the API. */
export interface ApiOptions {
  /** Counts requests and refuses those that are too many; without it nothing is counted. */
  readonly limits?: Limits | undefined;
  /** Adds what comes before the API's own routes: logs, health, pages. */
  readonly first?: ((app: TeamApp) => void) | undefined;
}

/**
 * The team server's API, as a function from requests to answers.
 *
 * Every route is declared in the OpenAPI document with who may call it; whatever is not declared is not there.
 *
 * @param port - the port that it listens on, for the names of this machine.
 */
export function teamApi(services: Services, port: () => number, { limits, first }: ApiOptions = {}): TeamApp {
  const app = teamApp();
  first?.(app);
  app.use("/openapi.json", async (context, next) => {
    await next();
    context.header("Cache-Control", "public, max-age=300");
  });
  for (const path of ["/api/*", "/openapi.json", "/mcp"]) {
    app.use(path, strictHeaders(services.origin?.startsWith("https://")));
    app.use(path, shortAddress);
    app.use(path, ownOriginOnly(services.origin, port));
  }
  app.use("/api/*", async (context, next) => {
    const who = await identified(context, services, limits);
    context.set("who", who);
    await limits?.demand(context, who);
    await next();
  });
  sessionRoutes(app, services);
  passkeyRoutes(app, services);
  oidcRoutes(app, services);
  meRoutes(app, services);
  invitationRoutes(app, services);
  peopleRoutes(app, services);
  ownerlessRoutes(app, services);
  resetRoutes(app, services);
  workspaceRoutes(app, services);
  caseRoutes(app, services);
  versionRoutes(app, services);
  memberRoutes(app, services);
  caseMemberRoutes(app, services);
  commentRoutes(app, services);
  presenceRoutes(app, services);
  shareRoutes(app, services);
  tokenRoutes(app, services);
  auditRoutes(app, services);
  answerRoutes(app, services);
  runRoutes(app, services);
  assistantRoutes(app, services, limits);

  app.openAPIRegistry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: sessionCookie(services.origin),
    description: "The cookie of somebody who signed in.",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "token", {
    type: "http",
    scheme: "bearer",
    description: "An API token with the scope that a route names.",
  });
  app.doc31("/openapi.json", {
    openapi: "3.1.0",
    info: {
      title: "Parley",
      version: VERSION,
      description: "The team server: cases with versions, comments, shares and runs.",
    },
  });

  app.notFound((context) => refuse(context, [problem("request-route", { path: context.req.path })]));
  app.onError((error, context) => {
    if (error instanceof Refused) return refuse(context, error.problems, error.now);
    if (error instanceof ParleyError) return refuse(context, error.problems);
    if (error instanceof HTTPException && error.status < 500) {
      return refuse(context, [problem("request-shape", { where: "body", detail: "expected JSON" })]);
    }
    if (isUnholdable(error)) {
      return refuse(context, [problem("request-shape", { where: "", detail: "a text holds the character NUL" })]);
    }
    services.report(error, routePath(context, -1));
    if (services.store.kind === "server" && isStoreAway(error)) {
      context.header("Retry-After", String(AWAY));
      return refuse(context, [problem("store-away", undefined)]);
    }
    return refuse(context, [problem("internal", { detail: "see the server's log" })]);
  });
  return app;
}

/**
 * Whether PostgreSQL refused a text of a request because of a character that it cannot hold: U+0000, which may stand in
 * an id, a name or a file (character_not_in_repertoire, and in JSON untranslatable_character).
 */
function isUnholdable(error: unknown): boolean {
  return ["22021", "22P05"].includes((error as { code?: unknown }).code as string);
}

/** Whose a request is; one that shows something that is not known counts as nobody's. */
async function identified(context: Context<Env>, { identity }: Services, limits: Limits | undefined): Promise<Who> {
  try {
    return await identity.of(context.req.raw.headers);
  } catch (error) {
    await limits?.demand(context, { kind: "nobody" });
    throw error;
  }
}

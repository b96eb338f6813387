import { refuse, strictHeaders } from "../api/index.ts";
import { ParleyError, problem } from "../core/problems/index.ts";
import { VERSION } from "../version.ts";
import { sessionCookie } from "./accounts/auth.ts";
import { ownOriginOnly } from "./http/origin.ts";
import { Refused } from "./http/refused.ts";
import { type TeamApp, teamApp } from "./http/route.ts";
import type { Services } from "./http/services.ts";
import { caseRoutes } from "./routes/cases.ts";
import { invitationRoutes } from "./routes/invitations.ts";
import { meRoutes } from "./routes/me.ts";
import { oidcRoutes } from "./routes/oidc.ts";
import { passkeyRoutes } from "./routes/passkeys.ts";
import { peopleRoutes } from "./routes/people.ts";
import { sessionRoutes } from "./routes/session.ts";
import { versionRoutes } from "./routes/versions.ts";
import { workspaceRoutes } from "./routes/workspaces.ts";

/**
 * The team server's API, as a function from requests to answers.
 *
 * Every route is declared in the OpenAPI document with who may call it; whatever is not declared is not there.
 *
 * @param port - the port that it listens on, for the names of this machine.
 */
export function teamApi(services: Services, port: () => number): TeamApp {
  const app = teamApp();
  app.use("/api/*", strictHeaders());
  app.use("/api/*", ownOriginOnly(services.origin, port));
  app.use("/api/*", async (context, next) => {
    context.set("who", await services.identity.of(context.req.raw.headers));
    await next();
  });
  sessionRoutes(app, services);
  passkeyRoutes(app, services);
  oidcRoutes(app, services);
  meRoutes(app, services);
  invitationRoutes(app, services);
  peopleRoutes(app, services);
  workspaceRoutes(app, services);
  caseRoutes(app, services);
  versionRoutes(app, services);

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
    return refuse(context, [problem("internal", { detail: "see the server's log" })]);
  });
  return app;
}

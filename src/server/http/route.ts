import { createRoute, OpenAPIHono, type RouteConfig, type RouteHandler, z } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { refuse, shapeProblems } from "../../api/index.ts";
import { ParleyError, problem } from "../../core/problems/index.ts";
import type { Role } from "../access/roles.ts";
import type { Access } from "../access/scopes.ts";
import type { CaseRow } from "../db/tables.ts";
import { guard } from "./guard.ts";
import { shallowBody } from "./limits.ts";
import type { Services } from "./services.ts";
import type { Who } from "./who.ts";

/** What a handler finds in its context, beside what the path names. */
export interface Env {
  Variables: {
    who: Who;
    /** The case that the path names; there where the route's access is `case`. */
    case: CaseRow;
    /** The role that the access asked for, as it is. */
    role: Role;
    /** When the route was met, by performance.now(). */
    begun: number;
  };
}

export type TeamApp = OpenAPIHono<Env>;

/** A route as it is declared: who may call it stands in the OpenAPI document, and is what the guard goes by. */
export type Declared<R extends RouteConfig = RouteConfig> = R & { readonly "x-parley-access": Access };

/** Largest body of a route that does not say, in bytes. */
const LARGEST = 100_000;

const PROBLEM = z
  .looseObject({ code: z.string(), message: z.string(), hint: z.string().optional() })
  .openapi("Problem");

/** What every refusal looks like. */
export const REFUSAL = z.looseObject({ ok: z.literal(false), problems: z.array(PROBLEM) }).openapi("Refusal");

/** An application in which nothing is open that was not declared. */
export function teamApp(): TeamApp {
  return new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (result.success) return;
      throw new ParleyError(shapeProblems(result.error.issues));
    },
  });
}

type Spec = RouteConfig & {
  readonly access: Access;
  /** Largest body, in bytes. */
  readonly largest?: number;
};

/**
 * Declares a route and what answers it, in one: there is no way to add a route without saying who may call it.
 *
 * Refusals are thrown as ParleyError.
 *
 * @example
 * on(app, services, { method: "get", path: "/api/cases/{case}", access: { who: "case", role: "reader" }, ... }, (c) => ...);
 */
export function on<const S extends Spec>(
  app: TeamApp,
  services: Services,
  spec: S,
  handler: RouteHandler<S, Env>,
): void {
  const { access, largest = LARGEST, ...rest } = spec;
  const mayCall = guard(services, access);
  const checks: MiddlewareHandler[] = [begun, mayCall];
  if (spec.method !== "get") {
    if (spec.request?.body !== undefined) checks.push(jsonOnly);
    checks.push(
      bodyLimit({
        maxSize: largest,
        onError: (context) => refuse(context, [problem("request-size", { limit: largest })]),
      }),
      shallowBody,
      stillAllowed(services, mayCall),
    );
  }
  const route = createRoute({
    ...rest,
    security: securityOf(access),
    "x-parley-access": access,
    middleware: checks,
    responses: {
      ...rest.responses,
      default: { description: "Refused", content: { "application/json": { schema: REFUSAL } } },
    },
  } as RouteConfig);
  app.openapi(route, handler as never);
}

const begun: MiddlewareHandler<Env> = (context, next) => {
  context.set("begun", performance.now());
  return next();
};

/** Milliseconds after which a body that has arrived came slowly. */
const SLOW = 500;

/**
 * Asks again who makes a request, and whether they may, where its body was slow to arrive: it may take two minutes, and
 * whoever was signed out or taken out meanwhile does nothing any more.
 */
function stillAllowed({ identity }: Services, mayCall: MiddlewareHandler<Env>): MiddlewareHandler<Env> {
  return async (context, next) => {
    if (performance.now() - context.get("begun") < SLOW) return next();
    context.set("who", await identity.of(context.req.raw.headers));
    return mayCall(context, next);
  };
}

/**
 * Refuses a body that is not told to be JSON.
 *
 * A page of another site may send text or a form to any address unasked, and JSON not: a body of which every field may
 * be left out would else count as an empty one.
 */
export const jsonOnly: MiddlewareHandler = async (context, next) => {
  const type = context.req.header("content-type") ?? "";
  if (/^application\/json\s*(;|$)/i.test(type)) return next();
  const detail = "expected application/json";
  return refuse(context, [problem("request-shape", { where: "content-type", detail })]);
};

/** Declares a route that another protocol answers, which sees to it itself who may call it. */
export function declare(app: TeamApp, { access, ...rest }: RouteConfig & { readonly access: Access }): void {
  app.openAPIRegistry.registerPath({ ...rest, security: securityOf(access), "x-parley-access": access });
}

function securityOf(access: Access): Record<string, string[]>[] {
  if (access.who === "public") return [];
  if (access.who === "bearer") return [{ token: [] }];
  return access.scope === undefined ? [{ session: [] }] : [{ session: [] }, { token: [access.scope] }];
}

/** A JSON body of an answer, by its schema. */
export function json<S extends z.ZodType>(schema: S, description: string) {
  return { description, content: { "application/json": { schema } } } as const;
}

/** A JSON body of a request, by its schema. */
export function body<S extends z.ZodType>(schema: S) {
  return { body: { required: true, content: { "application/json": { schema } } } } as const;
}

import type { Role } from "./roles.ts";

/** What an API token may be made for; nothing else is open to it. */
export const SCOPES = {
  "cases:read": "read cases, their versions, comments and assessments",
  "cases:write": "save cases, make and remove them",
  "comments:write": "write comments",
  "runs:write": "start and stop runs and assessments",
} as const;

export type Scope = keyof typeof SCOPES;

export const SCOPE_NAMES = Object.keys(SCOPES) as readonly Scope[];

/**
 * Who may call a route, as it stands in the OpenAPI document under `x-parley-access`.
 *
 * - `public`: anybody, also without an account
 * - `person`: whoever signed in
 * - `keeper`: who looks after the server
 * - `bearer`: whoever bears an API token, and nobody else; what it may do there is asked of its scopes
 * - `workspace`, `case`: whoever has that role (or a greater one) on the workspace or case that the path names
 *   (`{workspace}`, `{case}`)
 *
 * `scope` opens the route to API tokens that have it; a route without one takes no token.
 */
export type Access =
  | { readonly who: "public" }
  | { readonly who: "bearer" }
  | { readonly who: "person" | "keeper"; readonly scope?: Scope }
  | { readonly who: "workspace" | "case"; readonly role: Role; readonly scope?: Scope };

import type { Scope } from "../access/scopes.ts";

/** Somebody with an account. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Whether they look after the server. */
  readonly keeper: boolean;
}

/** Who makes a request. */
export type Who =
  | { readonly kind: "nobody" }
  | { readonly kind: "person"; readonly person: Person; readonly sessionId: string }
  | {
      readonly kind: "token";
      readonly person: Person;
      readonly tokenId: string;
      readonly scopes: readonly Scope[];
      /** The one workspace that the token is good for; undefined for all of its owner's. */
      readonly workspaceId: string | undefined;
    };

/** How requests are told whose they are. Accounts, sessions and tokens stand behind it. */
export interface Identity {
  /**
   * Whose a request is, by its cookie or bearer token.
   *
   * @throws ParleyError where it carries a token that is not known, or its account is suspended.
   */
  of(headers: Headers): Promise<Who>;
}

export function personOf(who: Who): Person | undefined {
  return who.kind === "nobody" ? undefined : who.person;
}

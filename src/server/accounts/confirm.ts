import type { Context } from "hono";
import { ParleyError } from "../../core/problems/index.ts";
import type { Env } from "../http/route.ts";
import type { Services } from "../http/services.ts";
import type { Person } from "../http/who.ts";
import { isPassword } from "./passwords.ts";
import { passwordOf } from "./people.ts";

/** Somebody who is here by a session of theirs, not by a token. */
export interface Present {
  readonly person: Person;
  readonly sessionId: string;
}

/** Who makes a request to a route that takes no tokens. */
export function present(context: Context<Env>): Present {
  const who = context.get("who");
  if (who.kind !== "person") throw ParleyError.of("sign-in-needed", undefined);
  return who;
}

/**
 * Demands that somebody shows again who they are, before something that a stolen session must not do: by their
 * password, or by having signed in within the last ten minutes.
 *
 * Wrong passwords count as failed attempts to sign in.
 *
 * @param always - whether who has a password must give it, however recently they signed in.
 * @throws ParleyError where they do not.
 */
export async function confirm(
  context: Context<Env>,
  { accounts, store: { db } }: Services,
  password: string | undefined,
  always = false,
): Promise<Present> {
  const who = present(context);
  const kept = await passwordOf(db, who.person.id);
  if (password !== undefined && kept !== undefined) {
    await accounts.failures.attempt(context, who.person.email, async () => {
      if (!(await isPassword(kept, password))) throw ParleyError.of("password-wrong", undefined);
    });
    return who;
  }
  if (always && kept !== undefined) throw ParleyError.of("confirm-needed", undefined);
  if (!(await accounts.sessions.isRecent(who.sessionId))) throw ParleyError.of("confirm-needed", undefined);
  return who;
}

import { createHash } from "node:crypto";
import { APIError } from "better-auth";
import { getOAuthState } from "better-auth/api";
import { genericOAuth } from "better-auth/plugins";
import { decodeJwt } from "jose";
import { ParleyError, type ProblemCode } from "../../core/problems/index.ts";
import type { Db } from "../db/open.ts";
import { type Admission, admit } from "./admission.ts";
import { type Auth, makeAuth } from "./auth.ts";

/** An identity provider that speaks OpenID Connect, and this server's place there. */
export interface OidcOptions {
  /** Its issuer, as its discovery document names it; https, but on this machine. */
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined for a public client. */
  readonly clientSecret?: string | undefined;
  /** What the page calls it; by default its host. */
  readonly name?: string | undefined;
  /** Whether it lets in whoever it knows, also without an invitation: with an account, but no workspace. */
  readonly open?: boolean | undefined;
}

interface Surroundings {
  readonly db: Db;
  readonly origin: string | undefined;
  readonly secret: string;
  readonly now: () => Date;
}

/** Milliseconds to wait for the provider's discovery document. */
const PATIENCE = 10_000;
const DONE = "/signed-in";
const FAILED = "/not-signed-in";

/** How a sign-in by the provider ended. */
export type OidcOutcome =
  | { readonly ok: true; readonly cookies: Headers }
  | { readonly ok: false; readonly cookies: Headers; readonly problem: ProblemCode };

/**
 * Signing in by an identity provider: OpenID Connect's authorization code flow with PKCE (S256), state bound to the
 * browser by a cookie, and nonce.
 *
 * better-auth does the protocol: it verifies the ID token's signature by the provider's published keys, its issuer,
 * audience, time and nonce. Who is let in is decided in `admit`. The provider is asked for the first time when somebody
 * signs in by it; none of its tokens is kept.
 */
export class Oidc {
  readonly name: string;
  readonly #options: OidcOptions;
  readonly #around: Surroundings & { readonly origin: string };
  /** How the provider is called in the table of accounts: another issuer's people are others. */
  readonly #provider: string;
  #auth: Promise<Auth> | undefined;

  constructor(options: OidcOptions, around: Surroundings) {
    const { origin } = around;
    if (origin === undefined) {
      throw ParleyError.of("oidc-config", { detail: "it needs the address that people use, as PARLEY_ORIGIN" });
    }
    const url = URL.canParse(options.issuer) ? new URL(options.issuer) : undefined;
    const isHere = url !== undefined && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
    if (url === undefined || !(url.protocol === "https:" || (url.protocol === "http:" && isHere))) {
      throw ParleyError.of("oidc-config", { detail: "PARLEY_OIDC_ISSUER is no https address" });
    }
    this.name = options.name ?? url.host;
    this.#options = options;
    this.#around = { ...around, origin };
    this.#provider = `oidc-${createHash("sha256").update(options.issuer).digest("hex").slice(0, 12)}`;
  }

  /**
   * Starts a sign-in.
   *
   * @param invitation - the id of the invitation that the person holds, if any.
   * @returns the provider's address to go to, and the cookie that the answer to it needs.
   */
  async start(invitation: string | undefined): Promise<{ readonly url: string; readonly cookies: Headers }> {
    const auth = await this.#ready();
    const { origin } = this.#around;
    const { headers, response } = await auth.api.signInSocial({
      body: {
        provider: this.#provider,
        callbackURL: `${origin}${DONE}`,
        errorCallbackURL: `${origin}${FAILED}`,
        disableRedirect: true,
        ...(invitation === undefined ? {} : { additionalData: { invitation } }),
      },
      headers: new Headers(),
      returnHeaders: true,
    });
    if (response.url === undefined) throw ParleyError.of("oidc-failed", undefined);
    return { url: response.url, cookies: headers };
  }

  /** Ends a sign-in with what the provider sent the browser back with. */
  async finish(query: URLSearchParams, headers: Headers): Promise<OidcOutcome> {
    const auth = await this.#ready();
    const { origin } = this.#around;
    const kept = ["cookie", "user-agent"].flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value] as [string, string]];
    });
    const url = `${origin}/api/session/callback/${this.#provider}?${query}`;
    const answer = await auth.handler(new Request(url, { headers: kept }));
    const cookies = new Headers();
    for (const cookie of answer.headers.getSetCookie()) cookies.append("set-cookie", cookie);
    if (answer.headers.get("location") === `${origin}${DONE}`) return { ok: true, cookies };
    return { ok: false, cookies, problem: await problemOf(answer) };
  }

  /** better-auth with the provider's addresses and keys. */
  #ready(): Promise<Auth> {
    this.#auth ??= this.#discover().catch((error) => {
      this.#auth = undefined;
      throw error;
    });
    return this.#auth;
  }

  async #discover(): Promise<Auth> {
    const { issuer, clientId, clientSecret, open = false } = this.#options;
    const { db, origin, secret, now } = this.#around;
    const discoveryUrl = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
    await demandIssuer(discoveryUrl, issuer);
    const admission: Admission = { db, provider: this.#provider, open, now };
    const auth = makeAuth({
      db,
      origin,
      secret,
      plugins: [
        genericOAuth({
          config: [
            {
              providerId: this.#provider,
              discoveryUrl,
              clientId,
              ...(clientSecret === undefined ? {} : { clientSecret }),
              redirectURI: `${origin}/api/session/oidc/callback`,
              scopes: ["openid", "email", "profile"],
              pkce: true,
              requireIdTokenVerification: true,
              disableSignUp: true,
              // Called once the ID token is verified, never without one.
              getUserInfo: async ({ idToken }) => {
                if (idToken === undefined) throw refusal("oidc-failed");
                return letIn(admission, decodeJwt(idToken));
              },
            },
          ],
        }),
      ],
    });
    await auth.$context;
    return auth;
  }
}

/** What the ID token says of somebody, once they are let in. */
async function letIn(admission: Admission, claims: Record<string, unknown>) {
  const { sub, email, name } = claims;
  const invitation = (await getOAuthState())?.["invitation"];
  const admitted = await admit(
    admission,
    {
      subject: typeof sub === "string" ? sub : "",
      email: typeof email === "string" ? email : undefined,
      // Some providers write the claim as text.
      isVerified: claims["email_verified"] === true || claims["email_verified"] === "true",
      name: typeof name === "string" ? name : undefined,
    },
    typeof invitation === "string" ? invitation : undefined,
  ).catch((error: unknown) => {
    throw error instanceof ParleyError ? refusal(error.problems[0]?.code ?? "oidc-failed") : error;
  });
  // As they are here: nothing of an account changes when its person signs in.
  return { id: String(sub), sub: String(sub), email: admitted.email, emailVerified: false, name: admitted.name };
}

function refusal(code: ProblemCode): APIError {
  return new APIError("FORBIDDEN", { code, message: code });
}

/** Demands that the discovery document is that of the issuer that was configured. */
async function demandIssuer(discoveryUrl: string, issuer: string): Promise<void> {
  let named: unknown;
  try {
    const answer = await fetch(discoveryUrl, { redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
    named = ((await answer.json()) as { issuer?: unknown }).issuer;
  } catch (error) {
    // What fetch could not do stands in the cause of what it throws.
    throw failed((error as Error).cause ?? error);
  }
  if (named !== issuer) throw failed(Object.assign(new Error("another issuer"), { code: "ISSUER_DIFFERS" }));
}

/** A refusal of which the log tells the cause, by its code: whoever configured the provider has nothing else to go by. */
function failed(cause: unknown): ParleyError {
  return Object.assign(ParleyError.of("oidc-failed", undefined), { cause });
}

const OURS: readonly ProblemCode[] = ["oidc-email", "oidc-uninvited", "oidc-unvouched", "person-suspended"];

/** Why the provider's word was not taken: in our words where it was we who refused. */
async function problemOf(answer: Response): Promise<ProblemCode> {
  const location = answer.headers.get("location");
  const said =
    location === null
      ? ((await answer.json().catch(() => undefined)) as { code?: string } | undefined)?.code
      : new URL(location, "http://localhost").searchParams.get("error");
  return OURS.find((code) => code === said) ?? "oidc-failed";
}

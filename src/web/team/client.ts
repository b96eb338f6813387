import createClient from "openapi-fetch";
import type { paths } from "./api.d.ts";

/** A client of the team server, typed by the API's own document: every answer is data, nothing is thrown. */

/** How long an answer is waited for, in milliseconds. */
const PATIENCE = 30_000;

export interface ShownProblem {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** A refusal; without problems where the server did not answer. */
export interface Refused {
  readonly ok: false;
  readonly status: number | undefined;
  readonly problems: readonly ShownProblem[];
}

export type Told<T> = T | Refused;

/** The requests of the API; cookies go to this page's own server alone. */
export const api = createClient<paths>({
  baseUrl: typeof document === "undefined" ? "" : new URL(".", document.baseURI).href.replace(/\/$/, ""),
  credentials: "same-origin",
  cache: "no-store",
  redirect: "error",
  fetch: (request: Request) => fetch(request, { signal: AbortSignal.timeout(PATIENCE) }),
});

interface Answered<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

const isRefusal = (body: unknown): body is { readonly problems: readonly ShownProblem[] } =>
  typeof body === "object" && body !== null && "problems" in body && Array.isArray(body.problems);

/** What a request came to, as data. */
export async function told<T extends { readonly ok: true }>(call: Promise<Answered<T>>): Promise<Told<T>> {
  try {
    const { data, error, response } = await call;
    if (data?.ok === true) return data;
    return { ok: false, status: response.status, problems: isRefusal(error) ? error.problems : [] };
  } catch {
    return { ok: false, status: undefined, problems: [] };
  }
}

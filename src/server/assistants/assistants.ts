import type { Context } from "hono";
import { hostsOf } from "../../api/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { type HttpLimits, mcpOverHttp, refusal } from "../../mcp/http/over-http.ts";
import { Desk } from "../../mcp/index.ts";
import { VERSION } from "../../version.ts";
import type { Saving } from "../cases/save.ts";
import type { Compute } from "../compute/compute.ts";
import type { Limits } from "../http/limits.ts";
import { identityOfTokens } from "../people/tokens.ts";
import { teamBench } from "./bench.ts";
import { TeamShelf, type TokenBearer } from "./shelf.ts";

export interface TeamAssistantsOptions extends Saving {
  readonly compute: Compute;
  /** The address that people use, without a slash at its end; undefined where the server answers on loopback only. */
  readonly origin: string | undefined;
  /** The port that it listens on, for the names of this machine. */
  readonly port: () => number;
  /** The network address that a request comes from. */
  readonly address: (context: Context) => string;
  /** Is told what goes wrong; never a token, nor what is in a case. */
  readonly note?: ((text: string) => void) | undefined;
  /** Of sessions and wrong tokens; the usual ones unless given. */
  readonly limits?: Partial<HttpLimits> | undefined;
  readonly now?: (() => Date) | undefined;
}

/** The tools for assistants, to whoever bears an API token. */
export interface TeamAssistants {
  /** Answers a request to the protocol's address; `limits` counts it, where requests are counted. */
  handle(context: Context, limits: Limits | undefined): Promise<Response>;
  /** Ends all sessions, and what they are at work on. */
  close(): Promise<void>;
}

/**
 * The tools for assistants over the team's cases.
 *
 * Each request is answered with what its token and the token's owner may do at that moment; cookies count for nothing here.
 */
export function teamAssistants(options: TeamAssistantsOptions): TeamAssistants {
  const { compute, origin, port, address, note, now = () => new Date() } = options;
  const tokens = identityOfTokens(options.db, now);
  const counting = new WeakMap<Request, Limits>();
  const own = origin === undefined ? undefined : { hosts: [new URL(origin).host], origins: [origin] };

  const bearerOf = async (request: Request): Promise<TokenBearer | undefined> => {
    try {
      const who = await tokens.of(request.headers);
      return who.kind === "token" ? who : undefined;
    } catch (error) {
      // It is not known, has ended, or its owner is suspended.
      if (error instanceof ParleyError) return undefined;
      throw error;
    }
  };

  const mcp = mcpOverHttp({
    names: () => own ?? { hosts: hostsOf(port()) },
    version: VERSION,
    note,
    limits: options.limits,
    async serviceFor(request) {
      const who = await bearerOf(request);
      if (who === undefined) return undefined;
      const limits = counting.get(request);
      const seconds = (await limits?.take("token", who.tokenId)) ?? 0;
      if (seconds > 0) return refusal(429, "too many requests", { "Retry-After": String(seconds) });
      const shelf = await TeamShelf.open(options, who, now);
      const count = async () => (await limits?.take("compute", who.tokenId)) ?? 0;
      return { who: who.tokenId, desk: new Desk({ shelf }), bench: teamBench({ shelf, who, compute, count }) };
    },
  });

  return {
    handle(context, limits) {
      const request = context.req.raw;
      if (limits !== undefined) counting.set(request, limits);
      return mcp.handle(request, address(context));
    },
    close: () => mcp.close(),
  };
}

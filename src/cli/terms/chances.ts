import { ACCEPTANCE_DRAWS, count, percent } from "../../assess/index.ts";
import { type Analysis, acceptanceChances } from "../../terms/index.ts";
import { type Terminal, wrap } from "../terminal.ts";
import type { TermsSubject } from "./target.ts";

/** How likely proposals are to be accepted with uncertain values drawn, each at its best completion. */
export interface ChancesContract {
  readonly draws: number;
  readonly seed: number;
  readonly proposals: Readonly<
    Record<
      string,
      {
        readonly p: number;
        readonly se: number;
        readonly parties: readonly { readonly party: string; readonly p: number; readonly se: number }[];
      }
    >
  >;
}

/** Chances of the proposals that were asked for; those that red lines leave no completion of have none. */
export function chancesOf(
  { domain }: TermsSubject,
  { proposals }: Analysis,
  asked: readonly string[],
  seed: number,
): ChancesContract {
  const filled = Object.fromEntries(
    asked.flatMap((id) => {
      const completion = proposals[id]?.completion;
      return completion === undefined ? [] : [[id, completion.outcome]];
    }),
  );
  const found = acceptanceChances(domain, filled, { draws: ACCEPTANCE_DRAWS, seed });
  return {
    draws: ACCEPTANCE_DRAWS,
    seed,
    proposals: Object.fromEntries(
      Object.entries(found).map(([id, { all, parties }]) => [
        id,
        {
          p: all.probability,
          se: all.standardError,
          parties: domain.parties.map(({ name }, i) => ({
            party: name,
            p: parties[i]?.probability ?? 0,
            se: parties[i]?.standardError ?? 0,
          })),
        },
      ]),
    ),
  };
}

/** The chances in words, a line for each proposal. */
export function chancesWords(
  { names }: TermsSubject,
  { draws, proposals }: ChancesContract,
  { width }: Terminal,
): string {
  const lines = Object.entries(proposals).flatMap(([id, { p, se, parties }]) => {
    const each = parties.map((one) => `${names.party(one.party)} ${percent(one.p)}`).join(", ");
    const all = `nobody refuses in ${percent(p)} (standard error ${percent(se)})`;
    return [wrap(`${names.proposal(id)}: ${all}`, width), wrap(each, width, "    ")];
  });
  return [
    wrap(`With uncertain values drawn, in ${count(draws, "draw")}, each at its best completion:`, width),
    ...lines,
  ].join("\n");
}

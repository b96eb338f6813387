import type { Contribution, Findings } from "./answers.ts";
import { count, list } from "./format.ts";
import { percent } from "./likelihood.ts";
import type { TermsExhibit } from "./schema.ts";

type Exhibit = NonNullable<TermsExhibit>;

/** Whole numbers in digits, thousands parted. */
export function digits(size: string): string {
  return size.replaceAll(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
}

/** What: does a deal exist, over the readings; which proposals are refused and by whom. */
export function whatFromTerms({ content, terms, noTerms }: Findings): Contribution {
  if (terms === null) {
    const has = Object.keys(content.issues).length > 0 && Object.keys(content.positions).length > 0;
    return has && noTerms !== undefined ? { headline: `The negotiation analysis does not apply: ${noTerms}.` } : {};
  }
  const { zone, readings, chance, proposals } = terms;
  const with_ = readings.filter(({ exists }) => exists).length;
  const over = `In ${with_} of ${count(readings.length, "reading")} a deal exists between all who must accept`;
  const without = readings.filter(({ exists }) => !exists).map(({ name, says }) => `“${name}” (${says})`);
  const size =
    zone.size === null || zone.packages === null
      ? ""
      : `: ${digits(zone.size)} of ${digits(zone.packages)} packages that red lines leave`;
  const drawn = `with values drawn there is one in ${percent(chance.p)} of draws (±${(100 * chance.se).toFixed(0)})`;
  const own = zone.exists
    ? `as looked at there is one${size}, and ${drawn}`
    : `as looked at there is none: ${zone.says}`;
  const alone = zone.exists
    ? `A deal exists between all who must accept${size}; ${drawn}`
    : `No deal exists between all who must accept: ${zone.says}`;
  const refused = proposals.filter(({ acceptable }) => acceptable === false);
  const ofProposals =
    proposals.length === 0
      ? ""
      : refused.length === 0
        ? ` None of ${count(proposals.length, "proposal")} is refused however it is filled in.`
        : ` Of ${count(proposals.length, "proposal")} ${refused.length} would not be accepted by all, however filled in${refusers(terms, refused)}.`;
  return {
    headline:
      readings.length === 1
        ? `${alone}.${ofProposals}`
        : `${over}${without.length === 0 ? "" : `; not in ${list(without)}`}; ${own}.${ofProposals}`,
    figures: [
      {
        id: "terms/deal",
        label: "A deal exists between all who must accept, with values drawn",
        value: chance.p,
        unit: "probability",
        text: percent(chance.p),
        node: terms.node,
      },
      ...proposals.flatMap(({ id, name, chance: accepted, node }) =>
        accepted === null
          ? []
          : [
              {
                id: `terms/${id}`,
                label: `“${name}”, as best filled in: nobody who must accept refuses it`,
                value: accepted.p,
                unit: "probability",
                text: percent(accepted.p),
                node,
              },
            ],
      ),
    ],
    because: [terms.node, ...[...terms.solutions, ...proposals].map(({ node }) => node)],
  };
}

/** Who refuses most of them. */
function refusers({ parties }: Exhibit, refused: Exhibit["proposals"]): string {
  const counts = parties
    .filter(({ accepts }) => accepts !== "none")
    .map(({ party, name }) => ({
      name,
      n: refused.filter(({ verdicts }) => verdicts.some((each) => each.party === party && each.accepts === "no"))
        .length,
    }))
    .filter(({ n }) => n > 0)
    .toSorted((a, b) => b.n - a.n);
  return counts.length === 0 ? "" : `: ${list(counts.map(({ name, n }) => `${n} not by ${name}`))}`;
}

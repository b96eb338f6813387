import type { Flip } from "../../terms/index.ts";
import { type Terminal, wrap } from "../terminal.ts";
import type { PackageFlips, PartyFlips } from "../terms/flips.ts";
import type { TermsSubject } from "../terms/target.ts";

/** Moves that a terminal shows of each party. */
const SHOWN = 3;

const LABELS: Readonly<Record<string, string>> = {
  nash: "Nash",
  kalaiSmorodinsky: "Kalai-Smorodinsky",
  egalitarian: "Egalitarian",
  utilitarian: "Utilitarian",
};

/** How far a weight or a value has to move before a verdict turns. */
export function renderFlips(
  { names }: TermsSubject,
  found: readonly PackageFlips[],
  { style, width }: Terminal,
): string {
  const three = (value: number) => value.toFixed(3);
  const told = ({ issue, option, value, flipsAt }: Flip): string => {
    const what =
      option === undefined
        ? `the weight of ${names.issue(issue)}`
        : `the value of ${names.issue(issue)}: ${names.option(issue, option)}`;
    return `${what} from ${three(value)} to ${three(flipsAt)}`;
  };
  const verdict = ({ party, surplus, accepts, flips }: PartyFlips): string[] => {
    const says = accepts ? style.good("would accept") : style.bad("would not accept");
    const by = surplus === null ? "" : ` (${surplus < 0 ? "−" : "+"}${three(Math.abs(surplus))})`;
    const turned = flips.slice(0, SHOWN).map(told);
    const more = flips.length > SHOWN ? [`and ${flips.length - SHOWN} more; --json has all`] : [];
    const none = surplus === null ? "it refuses nothing" : "no weight or value of its own alone";
    return [
      wrap(`${names.party(party)} ${says}${by}; turned by`, width, "  "),
      ...(turned.length === 0 ? [none] : [...turned, ...more]).map((line) => wrap(line, width, "    ")),
    ];
  };
  const lines = found.flatMap(({ id, kind, outcome, parties }) => [
    "",
    style.accent(wrap(kind === "focal" ? (LABELS[id] ?? id) : names.proposal(id), width)),
    ...(outcome === null ? [wrap("red lines leave no way to fill it in, or there is none", width, "  ")] : []),
    ...parties.flatMap(verdict),
  ]);
  const head = "How far one weight or value moves before a verdict turns";
  const about =
    "Each alone, the others in proportion; where a proposal leaves something open, for the way to fill it in that comes nearest to what nobody refuses.";
  return ["", style.bold(head), style.dim(wrap(about, width)), ...lines].join("\n");
}

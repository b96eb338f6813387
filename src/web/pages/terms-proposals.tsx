import type { Assessment } from "../../assess/index.ts";
import { list, percent } from "../../assess/index.ts";
import type { TermsEngine } from "../engine/terms-client.ts";
import { writePicked } from "../state/picked.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { useAnswer } from "../state/terms-engine.ts";
import { Cut } from "../ui/cut.tsx";
import { Table } from "../ui/table.tsx";
import { termsWords } from "../words/terms.ts";
import { words } from "../words.ts";
import { alphabetical, type Exhibit, type Names, type Proposal, signed, two } from "./terms-names.ts";
import { Parts } from "./terms-parts.tsx";
import { FlipsOf } from "./terms-turns.tsx";

/** Proposals that are listed at once. */
const MOST = 40;

/** The proposals against those who must accept: who would refuse which. */
export function Proposals({ terms, chosen }: { readonly terms: Exhibit; readonly chosen: Proposal | undefined }) {
  const { address } = usePick("address");
  if (terms.proposals.length === 0) return null;
  const asked = alphabetical(terms).filter((i) => terms.parties[i]?.accepts !== "none");
  return (
    <section aria-labelledby="proposals-h">
      <h2 id="proposals-h">{words.proposals}</h2>
      <p className="context">{words.proposalsHelp}</p>
      <Cut all={terms.proposals} most={MOST}>
        {(shown) => (
          <Table
            caption={words.proposals}
            head={[
              words.proposal,
              ...asked.map((i) => terms.parties[i]?.name ?? ""),
              words.nobodyRefuses,
              words.overReadingsShort,
            ]}
            rows={shown.map((proposal) => {
              const under = proposal.readings.filter(({ acceptable }) => acceptable === true).length;
              return {
                id: proposal.id,
                current: proposal.id === chosen?.id,
                cells: [
                  <a
                    key="name"
                    href={hrefOf(address, { selected: proposal.id })}
                    aria-current={proposal.id === chosen?.id ? "true" : undefined}
                  >
                    {proposal.name}
                  </a>,
                  ...asked.map((i) => {
                    const accepts = proposal.verdicts[i]?.accepts;
                    if (accepts === undefined) return "–";
                    return (
                      <span key={i} className={`accepts ${accepts}`}>
                        {words.acceptMarks[accepts]} {words.verdicts[accepts]}
                      </span>
                    );
                  }),
                  proposal.chance === null ? (
                    words.cannot
                  ) : (
                    <a key="chance" href={hrefOf(address, { because: proposal.node })}>
                      {percent(proposal.chance.p)}
                    </a>
                  ),
                  `${under} / ${proposal.readings.length}`,
                ],
              };
            })}
          />
        )}
      </Cut>
    </section>
  );
}

/** One proposal, party by party: what it is worth, what is missing on which issue, and the nearest packages that would do. */
export function ProposalDetail({
  assessment,
  terms,
  names,
  engine,
  proposal,
}: {
  readonly assessment: Assessment;
  readonly terms: Exhibit;
  readonly names: Names;
  readonly engine: TermsEngine | undefined;
  readonly proposal: Proposal;
}) {
  const { address } = usePick("address");
  const written = assessment.negotiation.proposals.find(({ id }) => id === proposal.id)?.package ?? [];
  const asked = Object.fromEntries(written.map(({ issue, options }) => [issue, [...options]]));
  const { back: evaluation, fresh } = useAnswer(engine, "proposal", "evaluate", { pick: asked, redLines: true });
  const fixed = Object.fromEntries(
    written.flatMap(({ issue, options }) => (options.length === 1 ? [[issue, options[0]] as const] : [])),
  );
  return (
    <section className="situation" aria-labelledby="proposal-h">
      <h2 id="proposal-h">{proposal.name}</h2>
      {proposal.open.length === 0 ? null : <p>{words.leavesOpen(list(proposal.open.map(names.issue)))}</p>}
      <p>
        <a href={hrefOf(address, writePicked(fixed, []))}>{termsWords.tryProposal}</a>
      </p>
      <Table
        caption={proposal.name}
        head={words.verdictHead}
        rows={alphabetical(terms).flatMap((i) => {
          const verdict = proposal.verdicts[i];
          return verdict === undefined ? [] : [verdictRow(names, verdict)];
        })}
      />
      {proposal.nearest.length === 0 ? null : (
        <>
          <h3>{words.nearest}</h3>
          <ul className="tests">
            {proposal.nearest.map(({ changed, outcome }) => (
              <li key={JSON.stringify(outcome)}>
                {changed
                  .map((issue) => `${names.issue(issue)}: ${names.option(issue, outcome[issue] ?? "")}`)
                  .join("; ")}{" "}
                <a href={hrefOf(address, writePicked(outcome, []))}>{termsWords.take}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      {evaluation === undefined ? null : (
        <div className={fresh ? "" : "stale"}>
          <Parts assessment={assessment} terms={terms} names={names} evaluation={evaluation} />
          <FlipsOf terms={terms} names={names} engine={engine} line="proposal flips" evaluation={evaluation} />
        </div>
      )}
      <Readings terms={terms} names={names} proposal={proposal} />
    </section>
  );
}

function verdictRow(names: Names, verdict: Proposal["verdicts"][number]) {
  const lines = Object.entries(verdict.redLines).map(([issue, option]) =>
    words.redLine(names.issue(issue), names.option(issue, option)),
  );
  const short = Object.entries(verdict.issues)
    .filter(([, size]) => size > 0)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([issue, size]) => `${names.issue(issue)} ${two(size)}`);
  return {
    id: verdict.party,
    cells: [
      names.party(verdict.party),
      `${words.acceptMarks[verdict.accepts]} ${words.verdicts[verdict.accepts]}`,
      verdict.worst === verdict.best ? two(verdict.best) : `${two(verdict.worst)} to ${two(verdict.best)}`,
      verdict.surplus === null ? "–" : signed(verdict.surplus),
      [...lines, ...(verdict.shortfall > 0 ? short : [])].join("; ") || "–",
    ],
  };
}

/** Under which readings there is a way to fill it in that nobody refuses, and who refuses under the others. */
function Readings({
  terms,
  names,
  proposal,
}: {
  readonly terms: Exhibit;
  readonly names: Names;
  readonly proposal: Proposal;
}) {
  if (proposal.readings.length < 2) return null;
  const isAsked = (party: string) => terms.parties.some((each) => each.party === party && each.accepts !== "none");
  return (
    <>
      <h3>{termsWords.readings}</h3>
      <Table
        caption={termsWords.readings}
        head={termsWords.readingsHead}
        rows={proposal.readings.map(({ reading, acceptable, accepts }) => ({
          id: reading ?? "",
          cells: [
            terms.readings.find((each) => each.reading === reading)?.name ?? words.asCoded,
            acceptable === null ? "–" : acceptable ? `● ${words.yes}` : `○ ${words.no}`,
            list(
              Object.entries(accepts)
                .filter(([party, would]) => would === "no" && isAsked(party))
                .map(([party]) => names.party(party))
                .toSorted((a, b) => a.localeCompare(b, "en")),
            ) || termsWords.nobody,
          ],
        }))}
      />
    </>
  );
}

import { useMemo } from "react";
import type { Assessment, TermsExhibit } from "../../assess/index.ts";
import { list, percent } from "../../assess/index.ts";
import { type MarkedPackage, parallelChart, planeChart, type TermsPicture } from "../../report/charts/terms.ts";
import type { FigureData } from "../export/data.ts";
import { contextOf } from "../state/context.ts";
import { hrefOf } from "../state/session.ts";
import { useStore } from "../state/store.ts";
import { Figure } from "../ui/figure.tsx";
import { Stale } from "../ui/stale.tsx";
import { Table } from "../ui/table.tsx";
import { figureWords } from "../words/figure.ts";
import { words } from "../words.ts";

type Exhibit = NonNullable<TermsExhibit>;
type Proposal = Exhibit["proposals"][number];

const two = (value: number): string => value.toFixed(2);
const digits = (size: string): string => size.replaceAll(/\B(?=(\d{3})+(?!\d))/g, "\u202f");

/** Whether a deal exists, who would accept which proposal, and what is missing. */
export default function Terms() {
  const { address, whole, now } = useStore();
  const assessment = whole?.assessment;
  const terms = assessment?.terms ?? null;
  if (assessment === undefined || terms === null) return <p className="waiting">{words.awaited} …</p>;
  const stale = now?.key !== whole?.key;
  const chosen = terms.proposals.find(({ id }) => id === address.selected);
  return (
    <article className="page terms">
      <p className="kicker">{assessment.case.title}</p>
      <h1>{words.termsTitle}</h1>
      <Stale on={stale} />
      <div className={stale ? "stale" : ""}>
        <p>{assessment.what.headline}</p>
        <section aria-labelledby="zone-h">
          <h2 id="zone-h">{words.zone}</h2>
          <Table
            caption={words.zone}
            head={words.zoneHead}
            rows={terms.readings.map(({ reading, name, exists, size, says }) => ({
              id: reading ?? "",
              current: reading === assessment.reading.id,
              cells: [
                name,
                <span key="exists" className={`mark${exists ? " holds" : ""}`}>
                  {exists ? `● ${words.yes}` : `○ ${words.no}`}
                </span>,
                exists ? (size === null ? "–" : digits(size)) : says,
              ],
            }))}
          />
        </section>
        <Proposals terms={terms} chosen={chosen} />
        {chosen === undefined ? null : <ProposalDetail assessment={assessment} terms={terms} proposal={chosen} />}
        <Packages assessment={assessment} terms={terms} />
        <Without terms={terms} />
      </div>
    </article>
  );
}

function Proposals({ terms, chosen }: { readonly terms: Exhibit; readonly chosen: Proposal | undefined }) {
  const { address } = useStore();
  if (terms.proposals.length === 0) return null;
  const asked = terms.parties.flatMap(({ accepts }, i) => (accepts === "none" ? [] : [i]));
  return (
    <section aria-labelledby="proposals-h">
      <h2 id="proposals-h">{words.proposals}</h2>
      <p className="context">{words.proposalsHelp}</p>
      <Table
        caption={words.proposals}
        head={[
          words.proposal,
          ...asked.map((i) => terms.parties[i]?.name ?? ""),
          words.nobodyRefuses,
          words.overReadingsShort,
        ]}
        rows={terms.proposals.map((proposal) => {
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
    </section>
  );
}

/** One proposal, party by party: what it is worth, what is missing on which issue, and the nearest packages that would do. */
function ProposalDetail({
  assessment,
  terms,
  proposal,
}: {
  readonly assessment: Assessment;
  readonly terms: Exhibit;
  readonly proposal: Proposal;
}) {
  const issueOf = (id: string) => terms.issues.find((issue) => issue.id === id)?.name ?? id;
  const partyOf = (id: string) => terms.parties.find(({ party }) => party === id)?.name ?? id;
  const optionOf = (issue: string, option: string) =>
    assessment.negotiation.issues.find(({ id }) => id === issue)?.options.find(({ id }) => id === option)?.name ??
    option;
  return (
    <section className="situation" aria-labelledby="proposal-h">
      <h2 id="proposal-h">{proposal.name}</h2>
      {proposal.open.length === 0 ? null : <p>{words.leavesOpen(list(proposal.open.map(issueOf)))}</p>}
      <Table
        caption={proposal.name}
        head={words.verdictHead}
        rows={proposal.verdicts.map((verdict) => {
          const lines = Object.entries(verdict.redLines).map(([issue, option]) =>
            words.redLine(issueOf(issue), optionOf(issue, option)),
          );
          const short = Object.entries(verdict.issues)
            .filter(([, size]) => size > 0)
            .toSorted(([, a], [, b]) => b - a)
            .slice(0, 3)
            .map(([issue, size]) => `${issueOf(issue)} ${two(size)}`);
          return {
            id: verdict.party,
            cells: [
              partyOf(verdict.party),
              `${words.acceptMarks[verdict.accepts]} ${words.verdicts[verdict.accepts]}`,
              verdict.worst === verdict.best ? two(verdict.best) : `${two(verdict.worst)} to ${two(verdict.best)}`,
              verdict.surplus === null ? "–" : `${verdict.surplus < 0 ? "−" : "+"}${two(Math.abs(verdict.surplus))}`,
              [...lines, ...(verdict.shortfall > 0 ? short : [])].join("; ") || "–",
            ],
          };
        })}
      />
      {proposal.nearest.length === 0 ? null : (
        <>
          <h3>{words.nearest}</h3>
          <ul className="tests">
            {proposal.nearest.map(({ changed, outcome }) => (
              <li key={JSON.stringify(outcome)}>
                {changed.map((issue) => `${issueOf(issue)}: ${optionOf(issue, outcome[issue] ?? "")}`).join("; ")}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Packages({ assessment, terms }: { readonly assessment: Assessment; readonly terms: Exhibit }) {
  const { address } = useStore();
  const picture = useMemo(() => pictureOf(terms), [terms]);
  const chart = useMemo(() => (picture.parties.length === 2 ? planeChart(picture) : parallelChart(picture)), [picture]);
  if (picture.parties.length < 2) return null;
  const numbered = picture.marked.filter(({ kind }) => kind === "proposal");
  return (
    <Figure
      title={words.plane(list(picture.parties))}
      alt={words.planeAlt(
        picture.marked.map(({ name, utilities }) => `${name} ${utilities.map(two).join(" and ")}`).join("; "),
      )}
      chart={chart}
      context={`${words.planeKey} ${contextOf(assessment)}`}
      because={terms.node}
      legend={numbered.map(({ name }) => name)}
      data={dataOf(picture)}
    >
      <Table
        caption={words.plane(list(picture.parties))}
        head={[words.package, ...picture.parties]}
        rows={picture.marked.map(({ name, kind, utilities, node }) => ({
          id: `${kind}/${name}`,
          cells: [
            <a key="name" href={hrefOf(address, { because: node })}>
              {name}
            </a>,
            ...utilities.map(two),
          ],
        }))}
      />
    </Figure>
  );
}

/** Those who must sign: two of them on a plane, more on an axis each. */
function pictureOf(terms: Exhibit): TermsPicture {
  const must = terms.parties.flatMap(({ accepts }, i) => (accepts === "required" ? [i] : []));
  const only = (utilities: readonly number[]) => must.map((i) => utilities[i] ?? 0);
  const solutions = terms.solutions.map(
    ({ name, utilities, node }): MarkedPackage => ({ name, kind: "solution", utilities: only(utilities), node }),
  );
  const proposals = terms.proposals
    .filter(({ completion }) => completion !== null)
    .map(({ name, utilities, node }): MarkedPackage => ({ name, kind: "proposal", utilities: only(utilities), node }));
  return {
    parties: must.map((i) => terms.parties[i]?.name ?? ""),
    frontier: terms.frontier.points.map(only),
    frontierAll: terms.frontierAll.points.map(only),
    reservation: must.map((i) => terms.parties[i]?.reservation ?? null),
    marked: [...solutions, ...proposals],
  };
}

/** All points of the picture, raw. */
function dataOf({ parties, marked, frontier, frontierAll, reservation }: TermsPicture): FigureData {
  const points = (name: string, of: TermsPicture["frontier"]) =>
    of.map((utilities, k) => [String(k + 1), name, ...utilities] as const);
  return {
    columns: [
      { name: words.package },
      { name: figureWords.kind },
      ...parties.map((name) => ({ name, unit: figureWords.worth })),
    ],
    rows: [
      ...marked.map(({ name, kind, utilities }) => [name, kind, ...utilities]),
      ...points(figureWords.frontier, frontier),
      ...points(figureWords.frontierAll, frontierAll),
      ["", figureWords.reservation, ...reservation],
    ],
  };
}

function Without({ terms }: { readonly terms: Exhibit }) {
  const { address } = useStore();
  return (
    <section aria-labelledby="without-h">
      <h2 id="without-h">{words.without}</h2>
      <Table
        caption={words.without}
        head={words.withoutHead}
        rows={terms.parties.map(({ party, name, accepts, reservation, basis, node }) => ({
          id: party,
          cells: [
            <a key="name" href={hrefOf(address, { because: node })}>
              {name}
            </a>,
            words.roles[accepts],
            reservation === null ? "–" : two(reservation),
            basis,
          ],
        }))}
      />
    </section>
  );
}

import { useEffect, useState } from "react";
import { list } from "../../assess/index.ts";
import type { TermsEngine } from "../engine/terms-client.ts";
import type { Evaluation, FoundPackage, PartyFlips, UnderReading } from "../engine/terms-protocol.ts";
import { useAnswer } from "../state/terms-engine.ts";
import { Table } from "../ui/table.tsx";
import { termsWords } from "../words/terms.ts";
import { words } from "../words.ts";
import { alphabetical, type Exhibit, type Names, two } from "./terms-names.ts";
import { verdictSentence } from "./terms-verdict.tsx";

/** Moves that are told of each party. */
const MOST_FLIPS = 3;

/** How far a weight or a value would have to move for a party's verdict to turn; worked out when it is opened. */
export function FlipsOf({
  terms,
  names,
  engine,
  line,
  evaluation,
}: {
  readonly terms: Exhibit;
  readonly names: Names;
  readonly engine: TermsEngine | undefined;
  readonly line: string;
  readonly evaluation: Evaluation;
}) {
  const [on, setOn] = useState(false);
  const { outcome, parties } = evaluation;
  const asked = on && outcome !== null ? { outcome } : undefined;
  const { back, fresh, broke } = useAnswer(engine, line, "flips", asked);
  const order = alphabetical(terms).flatMap((i) => terms.parties[i]?.party ?? []);
  const sorted = (back ?? []).toSorted((a, b) => order.indexOf(a.party) - order.indexOf(b.party));
  return (
    <details className="turns" onToggle={({ currentTarget }) => setOn(currentTarget.open)}>
      <summary>{termsWords.flips}</summary>
      <p className="context">{termsWords.flipsHelp}</p>
      {broke === undefined ? null : <p className="notice">{termsWords.broke(broke)}</p>}
      {back === undefined ? (
        <p className="context">{termsWords.working} …</p>
      ) : (
        <div className={fresh ? "" : "stale"}>
          <Table
            caption={termsWords.flips}
            head={termsWords.flipsHead}
            rows={sorted.map(({ party, flips }) => {
              const accepts = parties.find((each) => each.party === party)?.accepts ?? "depends";
              return {
                id: party,
                cells: [
                  names.party(party),
                  `${words.acceptMarks[accepts]} ${termsWords.would[accepts]}`,
                  flips.length === 0 ? termsWords.flipsNone : <Moves key="moves" names={names} flips={flips} />,
                ],
              };
            })}
          />
        </div>
      )}
    </details>
  );
}

function Moves({ names, flips }: { readonly names: Names; readonly flips: PartyFlips["flips"] }) {
  return (
    <ul className="moves">
      {flips.slice(0, MOST_FLIPS).map(({ issue, option, value, flipsAt }) => (
        <li key={`${issue}/${option}`}>
          {option === null
            ? termsWords.flipWeight(names.issue(issue), two(value), two(flipsAt))
            : termsWords.flipValue(names.option(issue, option), names.issue(issue), two(value), two(flipsAt))}
        </li>
      ))}
      {flips.length > MOST_FLIPS ? <li className="note">{termsWords.more(flips.length - MOST_FLIPS)}</li> : null}
    </ul>
  );
}

/** The package that is tried out, and the focal ones, under every reading: one after the other, when it is asked for. */
export function PickUnderReadings({
  terms,
  names,
  engine,
  pick,
}: {
  readonly terms: Exhibit;
  readonly names: Names;
  readonly engine: TermsEngine | undefined;
  readonly pick: Readonly<Record<string, string>> | undefined;
}) {
  const [on, setOn] = useState(false);
  const known = useUnderReadings(on ? engine : undefined, terms, pick);
  if (terms.readings.length < 2) return null;
  return (
    <details className="turns" onToggle={({ currentTarget }) => setOn(currentTarget.open)}>
      <summary>{termsWords.readingsRun}</summary>
      <p className="context">{termsWords.readingsHelp}</p>
      <Table
        caption={termsWords.readings}
        head={termsWords.readingHead}
        rows={terms.readings.map(({ reading, name }) => {
          const under = known.get(reading ?? "");
          const waiting = `${termsWords.working} …`;
          return {
            id: reading ?? "",
            cells: [
              name,
              under === undefined ? waiting : under.exists ? `● ${words.yes}` : `○ ${words.no}`,
              under === undefined
                ? waiting
                : under.evaluation === null
                  ? "–"
                  : verdictSentence(names, under.evaluation),
              ...(["egalitarian", "nash"] as const).map((by) =>
                under === undefined ? waiting : changesOf(terms, names, under, by),
              ),
            ],
          };
        })}
      />
    </details>
  );
}

/** How a focal package of a reading departs from the one of the view that is shown. */
function changesOf({ solutions }: Exhibit, names: Names, { found }: UnderReading, by: FoundPackage["by"]): string {
  const there = found.find((each) => each.by === by)?.outcome;
  const here = solutions.find(({ concept }) => concept === by)?.outcome;
  if (there === undefined) return "–";
  const changed = Object.entries(there).filter(([issue, option]) => here?.[issue] !== option);
  if (changed.length === 0) return termsWords.sameAs;
  return list(changed.map(([issue, option]) => `${names.issue(issue)}: ${names.option(issue, option)}`));
}

function useUnderReadings(
  engine: TermsEngine | undefined,
  { readings }: Exhibit,
  pick: Readonly<Record<string, string>> | undefined,
): ReadonlyMap<string, UnderReading> {
  const [known, setKnown] = useState<ReadonlyMap<string, UnderReading>>(new Map());
  const ids = readings.map(({ reading }) => reading ?? "").join(" ");
  const key = JSON.stringify(pick ?? null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the keys stand for the readings and the package.
  useEffect(() => {
    if (engine === undefined) return;
    let wanted = true;
    setKnown(new Map());
    const run = async () => {
      for (const { reading } of readings) {
        const outcome = await engine.ask("under", "under", { reading: reading ?? undefined, pick });
        if (!wanted) return;
        if (outcome !== undefined && "back" in outcome) {
          setKnown((before) => new Map([...before, [reading ?? "", outcome.back]]));
        }
      }
    };
    void run();
    return () => {
      wanted = false;
    };
  }, [engine, ids, key]);
  return known;
}

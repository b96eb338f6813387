import { useEffect, useRef } from "react";
import type { Assessment, QuestionAssessment } from "../../assess/index.ts";
import { capital, decibans, number, percent, points } from "../../assess/index.ts";
import { go, hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { SourceFacts } from "../ui/source-card.tsx";
import { Table } from "../ui/table.tsx";
import { evidenceWords as words } from "../words/evidence.ts";
import { words as common } from "../words.ts";
import { ClaimLink } from "./evidence-claims.tsx";

interface Props {
  readonly assessment: Assessment;
  readonly question: QuestionAssessment;
  readonly id: string;
}

/** A claim in full: as the source puts it, who says so, what data and engines say, what would change, what to ask of it. */
export function ClaimCard({ assessment, question, id }: Props) {
  const { address } = usePick("address");
  const head = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another claim is read from its head.
  useEffect(() => {
    // A link to the page with a claim opens at its top; a claim chosen on the page is gone to.
    if (!first.current) head.current?.focus();
    first.current = false;
  }, [id]);
  const claim = assessment.argument.claims.find((each) => each.id === id);
  if (claim === undefined) return null;
  const off = address.off.includes(id);
  const toggle = () => go({ off: off ? address.off.filter((each) => each !== id) : [...address.off, id] });
  const row = question.claims.find((each) => each.id === id);
  return (
    <section className="claim-card" aria-labelledby="claim-h">
      <p className="kicker">
        {words.claim}
        {claim.kind === null ? "" : ` · ${words.kinds[claim.kind] ?? claim.kind}`}
      </p>
      <h3 id="claim-h" tabIndex={-1} ref={head}>
        {claim.name}
        {claim.counts ? null : <span className="chip warn"> {words.notCounted[claim.status] ?? claim.status}</span>}
      </h3>
      <blockquote>{claim.text}</blockquote>
      <p className="claim-acts">
        <label className="tick">
          <input type="checkbox" checked={off} onChange={toggle} />
          <span>{words.doubt}</span>
        </label>
        <a href={hrefOf(address, { because: row?.node ?? claim.node })}>{words.reasons}</a>
        {address.room ? null : <a href={hrefOf(address, { edit: `claims.${id}` })}>{words.edit}</a>}
      </p>
      <Change question={question} id={id} />
      <Sources assessment={assessment} id={id} />
      <Data assessment={assessment} id={id} />
      <Engines assessment={assessment} question={question} id={id} />
      <Relations assessment={assessment} question={question} id={id} />
      <h4>{words.critical}</h4>
      <dl className="critical">
        {claim.critical
          .filter(({ id: asked }) => !address.room || !["alone", "interested", "coded"].includes(asked))
          .map(({ id: asked, asks, says, doubtful }) => (
            <div key={asked} className={doubtful ? "doubtful" : ""}>
              <dt>
                {asks}
                {doubtful ? <span className="chip warn">{words.doubtful}</span> : null}
              </dt>
              <dd>{says}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

function Sources({ assessment, id }: Pick<Props, "assessment" | "id">) {
  const { address } = usePick("address");
  const cited = assessment.argument.claims.find((each) => each.id === id)?.sources ?? [];
  return (
    <>
      <h4>{words.saidBy}</h4>
      {address.room ? <p className="note">{words.sourceHidden}</p> : null}
      {cited.length === 0 ? <p className="note">{words.noSource}</p> : null}
      {address.room
        ? null
        : cited.map(({ source, locator }) => {
            const known = assessment.sources.find((each) => each.id === source);
            if (known === undefined) return null;
            const where = locator === null ? "" : /^\d+$/.test(locator) ? ` ¶ ${locator}` : ` ${locator}`;
            return (
              <details key={`${source}#${locator}`} className="cited">
                <summary>
                  {known.by ?? known.title}: “{known.title}”{where}
                  {known.reliability === null ? null : <span className="chip">{known.reliability}</span>}
                </summary>
                <SourceFacts source={known} />
                <p className="note">
                  <a href={hrefOf(address, { because: known.node })}>{words.restOnIt}</a>
                </p>
              </details>
            );
          })}
    </>
  );
}

function Data({ assessment, id }: Pick<Props, "assessment" | "id">) {
  const { address } = usePick("address");
  const tests = assessment.indicators.flatMap(({ name, tests: all }) =>
    all.filter(({ claim }) => claim === id).map((test) => ({ ...test, series: name })),
  );
  return (
    <>
      <h4>{words.dataSay}</h4>
      {tests.length === 0 ? (
        <p className="note">{words.noData}</p>
      ) : (
        <ul className="tests">
          {tests.map(({ node, verdict, sentence, series }) => (
            <li key={node}>
              <span className={`verdict ${verdict}`}>{verdict}</span> {sentence}{" "}
              <a href={hrefOf(address, { because: node })}>{series}</a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** The claim's row of the link table: what each engine makes of it. */
function Engines({ assessment, question, id }: Props) {
  const { address } = usePick("address");
  const row = assessment.links.find((table) => table.question === question.id)?.rows.find((each) => each.claim === id);
  if (row === undefined) return null;
  const sized = (size: number, unit: string) =>
    unit === "dB" ? decibans(size) : unit === "points" ? points(size / 100) : `${number(size)} ${unit}`;
  return (
    <>
      <h4>{words.enginesSay}</h4>
      <Table
        caption={words.enginesSay}
        head={words.engineHead}
        rows={row.engines.map(({ engine, unit, effects, finding }) => {
          const own = effects.find(({ reading }) => reading === assessment.reading.id) ?? effects[0];
          const sizes = effects.map(({ size }) => size);
          const [low, high] = [sized(Math.min(...sizes), unit), sized(Math.max(...sizes), unit)];
          return {
            id: engine,
            cells: [
              capital(engine),
              own === undefined ? (
                "–"
              ) : (
                <a key="size" href={hrefOf(address, { because: own.node })}>
                  {sized(own.size, unit)}
                </a>
              ),
              effects.length < 2 ? "–" : low === high ? low : `${low} to ${high}`,
              common.findings[finding],
            ],
          };
        })}
      />
    </>
  );
}

function Change({ question, id }: Pick<Props, "question" | "id">) {
  const row = question.claims.find((each) => each.id === id);
  const [hypothesis] = question.hypotheses;
  const from = question.posterior?.[hypothesis?.id ?? ""]?.central;
  const to = row?.leaveOneOut?.[hypothesis?.id ?? ""];
  if (row === undefined || from === undefined || to === undefined) return null;
  const threshold = percent(question.threshold);
  const { ratio = null, factor = null } = row.flip ?? {};
  return (
    <p className="claim-change">
      <strong>{decibans(row.leanDb)}</strong> · {words.without(percent(from), percent(to))}{" "}
      {ratio !== null
        ? words.flips(threshold, words.ratio(number(ratio)))
        : factor !== null
          ? words.flips(threshold, words.factor(number(factor)))
          : words.noFlip(threshold)}
    </p>
  );
}

function Relations({ assessment: { argument }, question, id }: Props) {
  const claim = argument.claims.find((each) => each.id === id);
  if (claim === undefined) return null;
  const links = (ids: readonly string[]) =>
    ids.map((each, k) => (
      <span key={each}>
        {k === 0 ? "" : ", "}
        <ClaimLink
          question={question.id}
          id={each}
          name={argument.claims.find((one) => one.id === each)?.name ?? each}
        />
      </span>
    ));
  const by = (kind: "supports" | "attacks") =>
    argument.claims.filter((each) => each[kind].includes(id)).map((each) => each.id);
  const group = argument.groups.find((each) => each.id === claim.group);
  const lines = [
    [words.supports, claim.supports],
    [words.attacks, claim.attacks],
    [words.supportedBy, by("supports")],
    [words.attackedBy, by("attacks")],
  ] as const;
  if (group === undefined && lines.every(([, ids]) => ids.length === 0)) return null;
  return (
    <>
      <h4>{words.relations}</h4>
      <ul className="relations">
        {lines.map(([says, ids]) =>
          ids.length === 0 ? null : (
            <li key={says}>
              <span className="label">{says}</span> {links(ids)}
            </li>
          ),
        )}
        {group === undefined ? null : <li>{words.group(group.name, group.correlation)}</li>}
      </ul>
    </>
  );
}

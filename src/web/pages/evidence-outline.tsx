import { useMemo, useState } from "react";
import type { ArgumentClaim, ArgumentExhibit, QuestionAssessment } from "../../assess/index.ts";
import { decibans } from "../../assess/index.ts";
import { evidenceWords as words } from "../words/evidence.ts";

/** Claims of a side that are listed before more are asked for. */
const FIRST = 30;
const MARKS = { driver: "▲", obstacle: "▼", neither: "○" } as const;

interface Shared {
  readonly argument: ArgumentExhibit;
  readonly question: QuestionAssessment;
  readonly chosen: string | undefined;
  readonly onChoose: (claim: string) => void;
}

/** The argument as a nested list: for, against, and what supports and attacks each; folded below the second level. */
export function Outline(shared: Shared) {
  const { argument, question } = shared;
  const sides = useMemo(() => {
    const weighed = question.claims.toSorted((a, b) => Math.abs(b.leanDb) - Math.abs(a.leanDb));
    const claims = new Map(argument.claims.map((claim) => [claim.id, claim]));
    const bearing = new Set(weighed.map(({ id }) => id));
    const joined = new Set(argument.claims.flatMap(({ supports, attacks }) => [...supports, ...attacks]));
    // What bears on no question and hangs on nothing that does would else be nowhere.
    const others = argument.claims.filter(
      ({ id, supports, attacks }) => !bearing.has(id) && supports.length + attacks.length === 0 && joined.has(id),
    );
    return (["driver", "obstacle", "neither"] as const).map((side) => ({
      side,
      claims: [
        ...weighed.filter(({ leans }) => leans === side).flatMap(({ id }) => claims.get(id) ?? []),
        ...(side === "neither" ? others : []),
      ],
    }));
  }, [argument, question]);
  return (
    <>
      <p className="note">{words.outlineKeys}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the buttons and links inside, on their way up. */}
      <div className="outline" onKeyDown={move}>
        {sides.map(({ side, claims }) =>
          claims.length === 0 ? null : (
            <div key={side}>
              <h3>
                <span className={side} aria-hidden="true">
                  {MARKS[side]}
                </span>{" "}
                {sideName(question, side)}
              </h3>
              <Branch claims={claims} above={[]} {...shared} />
            </div>
          ),
        )}
      </div>
    </>
  );
}

export const sideName = ({ hypotheses }: QuestionAssessment, side: "driver" | "obstacle" | "neither"): string =>
  words.sideOf(words.sides[side], hypotheses[0]?.text ?? "");

function Branch({
  claims,
  above,
  ...shared
}: Shared & { readonly claims: readonly ArgumentClaim[]; readonly above: readonly string[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? claims : claims.slice(0, FIRST);
  return (
    <>
      <ul>
        {shown.map((claim) => (
          <Twig key={claim.id} claim={claim} above={above} {...shared} />
        ))}
      </ul>
      {shown.length === claims.length ? null : (
        <button type="button" className="quiet" onClick={() => setAll(true)}>
          {words.more(claims.length - shown.length)}
        </button>
      )}
    </>
  );
}

function Twig({
  claim,
  above,
  ...shared
}: Shared & { readonly claim: ArgumentClaim; readonly above: readonly string[] }) {
  const { argument, question, chosen, onChoose } = shared;
  const [open, setOpen] = useState(false);
  const by = (kind: "supports" | "attacks") =>
    argument.claims.filter((each) => each[kind].includes(claim.id) && !above.includes(each.id));
  const [supporters, attackers] = [by("supports"), by("attacks")];
  const inner = supporters.length + attackers.length;
  const weight = question.claims.find(({ id }) => id === claim.id);
  const path = [...above, claim.id];
  return (
    <li className={claim.counts ? "" : "uncounted"}>
      <div className="twig">
        {inner === 0 ? (
          <span className="leaf" aria-hidden="true">
            ·
          </span>
        ) : (
          <button
            type="button"
            className="quiet fold"
            aria-expanded={open}
            aria-label={words.unfold(claim.name)}
            onClick={() => setOpen(!open)}
          >
            <span aria-hidden="true">{open ? "−" : "+"}</span>
          </button>
        )}
        <button
          type="button"
          className="quiet claim-name"
          aria-pressed={chosen === claim.id}
          onClick={() => onChoose(claim.id)}
        >
          {claim.name}
        </button>
        {weight === undefined ? null : <span className={`weight ${weight.leans}`}>{decibans(weight.leanDb)}</span>}
        {claim.counts ? null : <span className="chip warn">{words.notCounted[claim.status] ?? claim.status}</span>}
      </div>
      {open ? (
        <>
          {supporters.length === 0 ? null : (
            <>
              <p className="label">{words.supportedBy}</p>
              <Branch claims={supporters} above={path} {...shared} />
            </>
          )}
          {attackers.length === 0 ? null : (
            <>
              <p className="label">{words.attackedBy}</p>
              <Branch claims={attackers} above={path} {...shared} />
            </>
          )}
        </>
      ) : null}
    </li>
  );
}

/** Arrow keys: up and down from claim to claim, right and left unfold and fold. */
function move(event: React.KeyboardEvent<HTMLElement>): void {
  const target = event.target as HTMLElement;
  const row = target.closest<HTMLElement>(".twig");
  if (row === null) return;
  const fold = row.querySelector<HTMLElement>(".fold");
  if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    if (fold === null || (fold.getAttribute("aria-expanded") === "true") === (event.key === "ArrowRight")) return;
    fold.click();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const names = [...event.currentTarget.querySelectorAll<HTMLElement>(".claim-name")];
    const at = names.indexOf(row.querySelector<HTMLElement>(".claim-name") as HTMLElement);
    names[at + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
  } else return;
  event.preventDefault();
}

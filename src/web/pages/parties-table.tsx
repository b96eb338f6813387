import { useEffect, useRef, useState } from "react";
import { go, hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { useForm } from "../ui/form/host.ts";
import { partiesWords as words } from "../words/parties.ts";
import { Stance, StanceEditor, stanceText } from "./parties-cell.tsx";
import { cellOf, type IssueRow, issuesOf, mapOf, partiesOf } from "./parties-model.ts";

/** Where a phone ends: below it one party is shown at a time. */
const NARROW = "(max-width: 40rem)";

function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const on = () => setNarrow(query.matches);
    query.addEventListener("change", on);
    return () => query.removeEventListener("change", on);
  }, []);
  return narrow;
}

interface Place {
  readonly row: number;
  readonly column: number;
}

const STEPS: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Issues by parties: the first thing that an analyst fills in. */
export function PositionsTable() {
  const { content, readOnly } = useForm();
  const { address, now, whole } = usePick("address", "now", "whole");
  const narrow = useNarrow();
  const grid = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  const [open, setOpen] = useState<string>();
  const issues = issuesOf(content);
  const all = partiesOf(content);
  const positions = mapOf(mapOf(content)["positions"]);
  const withPosition = all.filter(({ id }) => positions[id] !== undefined);
  const added = all.filter(({ id }) => id === address.selected && positions[id] === undefined);
  const columns = [...withPosition, ...added].toSorted((a, b) => a.name.localeCompare(b.name, "en"));
  const chosen = columns.find(({ id }) => id === address.selected) ?? columns[0];
  const shown = narrow ? (chosen === undefined ? [] : [chosen]) : columns;
  const nodes = (now ?? whole)?.assessment.nodes ?? {};

  const focus = (place: Place) => {
    const row = Math.min(Math.max(place.row, 0), issues.length - 1);
    const column = Math.min(Math.max(place.column, 0), shown.length - 1);
    setAt({ row, column });
    grid.current?.querySelector<HTMLElement>(`[data-cell="${row}/${column}"]`)?.focus();
  };
  const onKeyDown = (event: React.KeyboardEvent<HTMLElement>, place: Place, id: string) => {
    // Keys inside an open cell belong to its fields.
    if (event.target !== event.currentTarget) {
      if (event.key === "Escape") {
        event.nativeEvent.stopImmediatePropagation();
        setOpen(undefined);
        focus(place);
      }
      return;
    }
    const step = STEPS[event.key];
    if (step !== undefined) {
      const [down, across] = step;
      const mirrored = getComputedStyle(event.currentTarget).direction === "rtl" ? -across : across;
      focus({ row: place.row + down, column: place.column + mirrored });
    } else if (event.key === "Home") focus({ row: place.row, column: 0 });
    else if (event.key === "End") focus({ row: place.row, column: shown.length - 1 });
    else if (event.key === "Enter" || event.key === " " || event.key === "F2") {
      if (!address.room) openCell(id);
    } else return;
    event.preventDefault();
  };
  const openCell = (id: string) => {
    setOpen(id);
    requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(".stance-editor input")?.focus());
  };

  return (
    <section aria-label={words.table} className="positions">
      {narrow && columns.length > 0 ? (
        <label className="field">
          <span>{words.chooseParty}</span>
          <select value={chosen?.id} onChange={({ target }) => go({ selected: target.value }, "replace")}>
            {columns.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {narrow || issues.length === 0 ? null : (
        <p className="note">{address.room ? words.gridHelpInRoom : words.gridHelp}</p>
      )}
      <div className="scroll grid-scroll" hidden={issues.length === 0}>
        {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table that is gone through by keys. */}
        <table role="grid" aria-label={words.table} aria-readonly={readOnly} ref={grid}>
          <thead>
            <tr>
              <th scope="col">{words.issue}</th>
              {shown.map(({ id, name }) => (
                <th scope="col" key={id}>
                  {address.room ? name : <a href={hrefOf(address, { edit: `positions.${id}` })}>{name}</a>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {issues.map((issue, row) => (
              <tr key={issue.id}>
                <IssueHead issue={issue} />
                {shown.map((party, column) => {
                  const cell = cellOf(content, party.id, issue);
                  const id = `${party.id}/${issue.id}`;
                  const isOpen = open === id;
                  const node = `parameter:${cell.path.join(".")}`;
                  return (
                    <td
                      key={party.id}
                      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid's cells are gone through by keys.
                      role="gridcell"
                      data-cell={`${row}/${column}`}
                      className={isOpen ? "open" : ""}
                      tabIndex={at.row === row && at.column === column ? 0 : -1}
                      onFocus={() => setAt({ row, column })}
                      onClick={() => {
                        if (!isOpen && !address.room) openCell(id);
                      }}
                      onKeyDown={(event) => onKeyDown(event, { row, column }, id)}
                    >
                      {isOpen ? (
                        <StanceEditor
                          cell={cell}
                          party={party}
                          issue={issue}
                          because={nodes[node] === undefined ? undefined : hrefOf(address, { because: node })}
                          close={() => {
                            setOpen(undefined);
                            focus({ row, column });
                          }}
                        />
                      ) : (
                        <>
                          <Stance cell={cell} room={address.room} />
                          <span className="sr">{stanceText(party.name, issue.name, cell, address.room)}</span>
                        </>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {issues.length === 0 ? null : <p className="note key">{address.room ? words.keyInRoom : words.key}</p>}
      {address.room ? null : (
        <p className="actions">
          <a className="button" href={hrefOf(address, { edit: "issues" })}>
            + {words.addIssue}
          </a>
          <a className="button" href={hrefOf(address, { edit: "parties" })}>
            + {words.addParty}
          </a>
          {readOnly || all.length === columns.length ? null : (
            <select
              aria-label={words.addPosition}
              value=""
              onChange={({ target }) => go({ selected: target.value }, "replace")}
            >
              <option value="">+ {words.addPosition}</option>
              {all
                .filter(({ id }) => !columns.some((each) => each.id === id))
                .map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
            </select>
          )}
        </p>
      )}
    </section>
  );
}

function IssueHead({ issue }: { readonly issue: IssueRow }) {
  const { address } = usePick("address");
  return (
    <th scope="row">
      {address.room ? (
        <div>{issue.name}</div>
      ) : (
        <a href={hrefOf(address, { edit: `issues.${issue.id}` })}>{issue.name}</a>
      )}
      <ol>
        {issue.options.map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ol>
      {address.room ? null : (
        <a className="add-option" href={hrefOf(address, { edit: `issues.${issue.id}.options` })}>
          + {words.option}
        </a>
      )}
    </th>
  );
}

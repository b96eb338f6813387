import { useDeferredValue, useEffect, useState } from "react";
import type { Assessment } from "../../assess/index.ts";
import {
  BRIEF_SECTIONS,
  NOT_FOR_THE_ROOM,
  type ReportOptions,
  renderReport,
  SECTION_IDS,
  SECTIONS,
  type SectionId,
} from "../../report/index.ts";
import { fileNameOf, saveFile } from "../export/save.ts";
import { usePick } from "../state/store.ts";
import { Stale } from "../ui/stale.tsx";
import { useRecordText, useScore } from "../ui/use-score.ts";
import { reportWords as w } from "../words/report.ts";
import { words } from "../words.ts";
import { ReportPreview } from "./report-preview.tsx";
import "../styles/report.css";

/** What can be shown to others: sections to choose, what is redacted, a preview, and the file or the paper. */
export default function Report() {
  const { address, now, whole, open } = usePick("address", "now", "whole", "open");
  const [chosen, setChosen] = useState<readonly SectionId[]>(SECTION_IDS);
  const [redact, setRedact] = useState(false);
  const [said, setSaid] = useState("");
  const shown = whole ?? now;
  const room = redact || address.room;
  const { answer: scored } = useScore(useRecordText());
  const score = scored?.score ?? undefined;
  const offered = SECTION_IDS.filter(
    (id) => (score !== undefined || id !== "record") && (!room || !NOT_FOR_THE_ROOM.some((each) => each === id)),
  );
  const sections = offered.filter((id) => chosen.includes(id));
  const made = useReport(shown?.assessment, { sections, room, score });
  if (shown === undefined || open === undefined) return null;
  const toggle = (id: SectionId) =>
    setChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  const save = (html: string) => {
    const name = `${fileNameOf(open.id, "report", room ? "redacted" : "")}.html`;
    saveFile(name, html, "text/html;charset=utf-8");
    setSaid(w.saved(name));
  };
  const html = made !== undefined && "html" in made ? made.html : undefined;
  return (
    <article className="page report">
      <div className="report-options">
        <p className="kicker">{shown.assessment.case.title}</p>
        <h1>{w.title}</h1>
        <p>{w.lead}</p>
        <Stale on={now !== undefined && now.key !== shown.key} />
        <fieldset>
          <legend>{w.sections}</legend>
          <ul>
            {offered.map((id) => (
              <li key={id}>
                <label>
                  <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
                  <span>{SECTIONS[id]}</span>
                </label>
              </li>
            ))}
          </ul>
          <p className="buttons">
            <button type="button" className="quiet" onClick={() => setChosen(BRIEF_SECTIONS)}>
              {w.brief}
            </button>
            <button type="button" className="quiet" onClick={() => setChosen(SECTION_IDS)}>
              {w.full}
            </button>
          </p>
        </fieldset>
        <label className="redact">
          <input
            type="checkbox"
            checked={room}
            disabled={address.room}
            onChange={({ target }) => setRedact(target.checked)}
          />
          <span>{w.room}</span>
          <small>{address.room ? w.roomForced : w.roomHelp}</small>
        </label>
        <p className="buttons">
          <button type="button" disabled={html === undefined} onClick={() => html !== undefined && save(html)}>
            {w.save}
          </button>
          <button type="button" disabled={html === undefined} title={w.printHelp} onClick={() => print()}>
            {w.print}
          </button>
          <span className="note" role="status">
            {said}
          </span>
        </p>
      </div>
      {sections.length === 0 ? (
        <p className="waiting">{w.nothing}</p>
      ) : made === undefined ? (
        <p className="waiting">{w.making}</p>
      ) : "failed" in made ? (
        <p className="notice" role="alert">
          {w.failed(made.failed)}
        </p>
      ) : (
        <ReportPreview html={made.html} assessment={shown.assessment} />
      )}
      {whole === undefined ? <p className="waiting">{words.awaited}</p> : null}
    </article>
  );
}

type Made = { readonly html: string } | { readonly failed: string };

/** The report as a file, written anew when what goes in changes; the former stands until then. */
function useReport(
  assessment: Assessment | undefined,
  { sections = [], room = false, score }: ReportOptions,
): Made | undefined {
  const [made, setMade] = useState<Made>();
  const key = useDeferredValue(`${sections.join(",")}|${room}`);
  useEffect(() => {
    let left = false;
    if (assessment === undefined) return;
    const [list = "", redacted] = key.split("|");
    const asked = SECTION_IDS.filter((id) => list.split(",").includes(id));
    renderReport(assessment, { sections: asked, room: redacted === "true", score }).then(
      (html) => left || setMade({ html }),
      (error: unknown) => left || setMade({ failed: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      left = true;
    };
  }, [assessment, key, score]);
  return made;
}

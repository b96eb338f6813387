import { type RefObject, useState } from "react";
import { type About, aboutOf } from "../export/about.ts";
import { caseNameOf, commandOf } from "../export/command.ts";
import type { FigureData } from "../export/data.ts";
import type { LegendLine } from "../export/svg.ts";
import { usePick } from "../state/store.ts";
import { figureWords as w } from "../words/figure.ts";

type Kind = "svg" | "png" | "csv" | "json";
type Style = "text" | "bibtex" | "csl";

const KINDS = ["svg", "png", "csv", "json"] as const satisfies readonly Kind[];
const STYLES = ["text", "bibtex", "csl"] as const satisfies readonly Style[];

export interface TakeAwayProps {
  readonly title: string;
  readonly context: string;
  readonly because: string | undefined;
  readonly legend: readonly LegendLine[];
  /** Draws the picture anew, in the size of a page. */
  readonly picture: () => Promise<SVGSVGElement>;
  readonly data: FigureData | undefined;
  /** The figure whose table is taken where there are no raw numbers. */
  readonly figure: RefObject<HTMLElement | null>;
}

/** What can be taken out of a figure: picture, numbers, command, citation. How they are made is loaded when one is asked for. */
export function TakeAway(props: TakeAwayProps) {
  const { address, open, now, whole } = usePick("address", "open", "now", "whole");
  const [said, setSaid] = useState("");
  const [style, setStyle] = useState<Style>("text");
  const shown = (now ?? whole)?.assessment;
  if (shown === undefined || open === undefined) return null;
  const name = caseNameOf(open.id, open.packed.main);
  const about = (): About => aboutOf(props.title, props.context, shown, address, name, props.because);

  const save = async (kind: Kind) => {
    try {
      const { exportFigure } = await import("../export/figure.ts");
      setSaid(w.saved(await exportFigure(kind, open.id, props, about())));
    } catch (error) {
      setSaid(w.cannotSave(error instanceof Error ? error.message : String(error)));
    }
  };
  const copy = async (text: string, what: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(w.copied(what));
    } catch {
      setSaid(w.cannotCopy);
    }
  };
  return (
    <details className="take">
      <summary>{w.take}</summary>
      <p className="take-row">
        {KINDS.map((kind) => (
          <button key={kind} type="button" aria-label={w.save(w[kind], props.title)} onClick={() => void save(kind)}>
            {w[kind]}
          </button>
        ))}
      </p>
      <div className="take-row">
        <code className="command">{commandOf(address, name)}</code>
        <button
          type="button"
          title={w.commandHelp}
          onClick={() => void copy(commandOf(address, name), w.facts.command)}
        >
          {w.copyCommand}
        </button>
      </div>
      <p className="take-row">
        <label className="field">
          <span>{w.citationStyle}</span>
          <select
            value={style}
            onChange={({ target }) => setStyle(STYLES.find((each) => each === target.value) ?? "text")}
          >
            {STYLES.map((each) => (
              <option key={each} value={each}>
                {w.citationAs[each]}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          onClick={async () => {
            const { citationOf } = await import("../export/citation.ts");
            await copy(citationOf(about(), style, new Date()), w.citationStyle.toLowerCase());
          }}
        >
          {w.copyCitation}
        </button>
      </p>
      <p className="note" role="status">
        {said}
      </p>
    </details>
  );
}

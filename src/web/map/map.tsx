import { useEffect, useMemo, useState } from "react";
import type { Topology } from "topojson-specification";
import fine from "world-atlas/countries-50m.json?url";
import coarse from "world-atlas/countries-110m.json?url";
import type { Assessment, PlacesExhibit } from "../../assess/index.ts";
import { contextOf } from "../state/context.ts";
import { Figure } from "../ui/figure.tsx";
import { Table } from "../ui/table.tsx";
import { mapWords as words } from "../words/map.ts";
import { mapChart } from "./chart.ts";
import { type Countries, recognisedCountries } from "./countries.ts";

/** How fine the outlines are: the fine ones are seven times as much to load. */
const OUTLINES = {
  coarse,
  fine,
} as const;

/** The outlines of a file that came with the workbench; undefined where it cannot be had, and there is no map then. */
async function outlines(address: string): Promise<Topology | undefined> {
  try {
    const answer = await fetch(address);
    return answer.ok ? ((await answer.json()) as Topology) : undefined;
  } catch {
    return undefined;
  }
}

/** Where the parties are: countries by name in neutral patterns, with the boundaries that the case has chosen. */
export default function CaseMap({
  assessment,
  places,
  detail,
}: {
  readonly assessment: Assessment;
  readonly places: NonNullable<PlacesExhibit>;
  readonly detail: keyof typeof OUTLINES;
}) {
  const [countries, setCountries] = useState<Countries>();
  useEffect(() => {
    let left = false;
    void outlines(OUTLINES[detail]).then((topology) => {
      if (!left && topology !== undefined) setCountries(recognisedCountries(topology));
    });
    return () => {
      left = true;
    };
  }, [detail]);
  const chart = useMemo(
    () => (countries === undefined ? undefined : mapChart(places, countries, `map-${detail}`)),
    [places, countries, detail],
  );
  if (chart === undefined) return null;
  const names = places.countries.map(({ name }) => name);
  const ukraine = places.countries.some(({ iso }) => iso === "804");
  return (
    <div className="case-map">
      <Figure
        level={2}
        title={words.title}
        alt={words.alt(names.join(", "), ukraine)}
        chart={chart}
        context={`${words.boundaries(places.citation)} ${words.noControl} ${contextOf(assessment)}`}
      >
        <Table
          caption={words.title}
          head={words.head}
          rows={places.countries.map(({ party, name, iso, belligerent }) => ({
            id: party,
            cells: [name, iso, belligerent ? words.belligerent : words.other],
          }))}
        />
      </Figure>
    </div>
  );
}

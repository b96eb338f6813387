import { useMemo } from "react";
import type { Assessment } from "../../assess/index.ts";
import { list } from "../../assess/index.ts";
import { type MarkedPackage, parallelChart, planeChart, type TermsPicture } from "../../report/charts/terms.ts";
import type { Evaluation } from "../engine/terms-protocol.ts";
import type { FigureData } from "../export/data.ts";
import { contextOf } from "../state/context.ts";
import { go, hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { Figure } from "../ui/figure.tsx";
import { Table } from "../ui/table.tsx";
import { figureWords } from "../words/figure.ts";
import { termsWords } from "../words/terms.ts";
import { words } from "../words.ts";
import { alphabetical, type Exhibit, two } from "./terms-names.ts";

/** Every party of the domain, in the address. */
const ALL = "*";

/** Which parties are drawn: two on a plane, others on an axis each. Names that the case lacks are left aside. */
export function axesOf(
  terms: Exhibit,
  axes: string | undefined,
): { readonly places: readonly number[]; readonly unknown: readonly string[] } {
  const order = alphabetical(terms);
  if (axes === ALL) return { places: order, unknown: [] };
  const asked = [...new Set((axes ?? "").split(",").filter((id) => id !== ""))];
  const placeOf = (id: string) => terms.parties.findIndex(({ party }) => party === id);
  const places = asked.map(placeOf).filter((place) => place >= 0);
  const unknown = asked.filter((id) => placeOf(id) < 0);
  if (places.length >= 2) return { places, unknown };
  const must = order.filter((i) => terms.parties[i]?.accepts === "required");
  return { places: must.length >= 2 ? must : order.slice(0, 2), unknown };
}

/** What packages are worth to some parties, the one that is tried out among them. */
export function Packages({
  assessment,
  terms,
  evaluation,
}: {
  readonly assessment: Assessment;
  readonly terms: Exhibit;
  readonly evaluation: Evaluation | undefined;
}) {
  const { address } = usePick("address");
  const { places, unknown } = useMemo(() => axesOf(terms, address.axes), [terms, address.axes]);
  const picture = useMemo(() => pictureOf(terms, places, evaluation), [terms, places, evaluation]);
  const plane = places.length === 2;
  const chart = useMemo(() => (plane ? planeChart(picture) : parallelChart(picture)), [plane, picture]);
  if (picture.parties.length < 2) return null;
  const numbered = picture.marked.filter(({ kind }) => kind === "proposal");
  const { frontier } = terms;
  const told = [
    plane ? words.planeKey : termsWords.axesKey,
    ...(picture.marked.some(({ kind }) => kind === "picked") ? [termsWords.pickedKey] : []),
    contextOf(
      assessment,
      termsWords.pointsShown(frontier.points.length, frontier.size),
      ...(frontier.exact ? [] : [termsWords.approximate(frontier.size)]),
    ),
  ];
  return (
    <>
      <Figure
        title={words.plane(list(picture.parties))}
        alt={words.planeAlt(
          picture.marked.map(({ name, utilities }) => `${name} ${list(utilities.map(two))}`).join("; "),
        )}
        chart={chart}
        context={told.join(" ")}
        because={terms.node}
        legend={numbered.map(({ name }) => name)}
        data={dataOf(picture)}
      >
        <Table
          caption={words.plane(list(picture.parties))}
          head={[words.package, ...picture.parties]}
          rows={picture.marked.map(({ name, kind, utilities, node }, n) => ({
            id: `${kind}/${n}`,
            current: kind === "picked",
            cells: [
              node === undefined ? (
                name
              ) : (
                <a key="name" href={hrefOf(address, { because: node })}>
                  {name}
                </a>
              ),
              ...utilities.map(two),
            ],
          }))}
        />
      </Figure>
      {terms.parties.length > 2 ? <Axes terms={terms} places={places} /> : null}
      {unknown.map((name) => (
        <p className="notice" key={name}>
          {termsWords.noAxis(name)}
        </p>
      ))}
    </>
  );
}

/** Chooses what is drawn: two of the parties, or all. */
function Axes({ terms, places }: { readonly terms: Exhibit; readonly places: readonly number[] }) {
  const plane = places.length === 2;
  const order = alphabetical(terms);
  const must = order.filter((i) => terms.parties[i]?.accepts === "required");
  const [x = 0, y = 1] = plane ? places : must.length >= 2 ? must : order;
  const idOf = (i: number) => terms.parties[i]?.party ?? "";
  const show = (a: number, b: number) => go({ axes: `${idOf(a)},${idOf(b)}` }, "replace");
  const select = (name: string, chosen: number, other: number, change: (place: number) => void) => (
    <label className="field">
      <span>{name}</span>
      <select value={chosen} onChange={({ target }) => change(Number(target.value))}>
        {order.map((i) => (
          <option key={i} value={i} disabled={i === other}>
            {terms.parties[i]?.name}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <fieldset className="axes">
      <legend className="sr">{termsWords.shown}</legend>
      <label>
        <input type="radio" name="axes" checked={plane} onChange={() => show(x, y)} /> {termsWords.plane}
      </label>
      <label>
        <input type="radio" name="axes" checked={!plane} onChange={() => go({ axes: ALL }, "replace")} />{" "}
        {termsWords.axes}
      </label>
      {plane ? (
        <span className="pair">
          {select(termsWords.across, x, y, (i) => show(i, y))}
          {select(termsWords.upwards, y, x, (i) => show(x, i))}
        </span>
      ) : null}
    </fieldset>
  );
}

function pictureOf(terms: Exhibit, places: readonly number[], evaluation: Evaluation | undefined): TermsPicture {
  const only = (utilities: readonly number[]) => places.map((i) => utilities[i] ?? 0);
  const solutions = terms.solutions.map(
    ({ name, utilities, node }): MarkedPackage => ({ name, kind: "solution", utilities: only(utilities), node }),
  );
  const proposals = terms.proposals
    .filter(({ completion }) => completion !== null)
    .map(({ name, utilities, node }): MarkedPackage => ({ name, kind: "proposal", utilities: only(utilities), node }));
  // A package that leaves issues open is no point.
  const worths = evaluation?.open.length === 0 ? evaluation.parties.map(({ best }) => best) : undefined;
  const picked: MarkedPackage[] =
    worths === undefined ? [] : [{ name: termsWords.picked, kind: "picked", utilities: only(worths) }];
  return {
    parties: places.map((i) => terms.parties[i]?.name ?? ""),
    frontier: terms.frontier.points.map(only),
    frontierAll: terms.frontierAll.points.map(only),
    reservation: places.map((i) => terms.parties[i]?.reservation ?? null),
    marked: [...solutions, ...proposals, ...picked],
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

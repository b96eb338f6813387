import type { Assessment } from "../../assess/index.ts";
import type { Raw } from "../../case/index.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { useForm } from "../ui/form/host.ts";
import { partiesWords as words } from "../words/parties.ts";
import { cellOf, issuesOf, listOf, mapOf, type Named, partiesOf, textOf } from "./parties-model.ts";

/** A card for each party: who it is, who decides, what it says it wants and what others say, what it gets without agreement. */
export function PartyCards({ assessment }: { readonly assessment: Assessment | undefined }) {
  const { content } = useForm();
  return (
    <section>
      <h2>{words.cardsTitle}</h2>
      <div className="party-cards">
        {partiesOf(content).map((party) => (
          <Card key={party.id} party={party} content={content} assessment={assessment} />
        ))}
      </div>
    </section>
  );
}

interface Tie {
  readonly says: string;
}

function tiesOf(content: Raw | undefined, party: string, nameOf: (id: string) => string): readonly Tie[] {
  const all = mapOf(mapOf(content)["parties"]);
  return Object.entries(all).flatMap(([id, entry]) =>
    listOf(mapOf(entry)["roles"]).flatMap((each): Tie[] => {
      const role = textOf(mapOf(each)["role"]) ?? "";
      const of = textOf(mapOf(each)["of"]);
      if (of === undefined) return [];
      if (id === party) return [{ says: words.tie(role, nameOf(of)) }];
      return of === party ? [{ says: words.tieFrom(nameOf(id), role) }] : [];
    }),
  );
}

function Card({
  party,
  content,
  assessment,
}: {
  readonly party: Named;
  readonly content: Raw | undefined;
  readonly assessment: Assessment | undefined;
}) {
  const { address } = usePick("address");
  const entry = mapOf(mapOf(mapOf(content)["parties"])[party.id]);
  const position = mapOf(mapOf(mapOf(content)["positions"])[party.id]);
  const names = new Map(partiesOf(content).map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => names.get(id) ?? id;
  const aims = listOf(entry["aims"]).map(mapOf);
  const factions = Object.values(mapOf(entry["factions"])).map(mapOf);
  const roles = [...new Set(listOf(entry["roles"]).map((each) => textOf(mapOf(each)["role"]) ?? ""))];
  const ties = tiesOf(content, party.id, nameOf);
  const value = assessment?.terms?.parties.find((each) => each.party === party.id);
  const stances = issuesOf(content).flatMap((issue) => {
    const cell = cellOf(content, party.id, issue);
    const [best] = cell.options
      .filter(({ central }) => central !== undefined)
      .toSorted((a, b) => (b.central ?? 0) - (a.central ?? 0));
    return cell.written && best !== undefined ? [{ issue: issue.name, wants: best.name, basis: cell.basis }] : [];
  });
  const stated = stances.filter(({ basis }) => basis !== "inferred");
  const inferred = stances.filter(({ basis }) => basis === "inferred");
  const accepts = textOf(position["accepts"]);
  return (
    <article className="party-card" id={`party-${party.id}`}>
      <h3>{address.room ? party.name : <a href={hrefOf(address, { edit: `parties.${party.id}` })}>{party.name}</a>}</h3>
      <dl>
        <Fact term={words.role}>{roles.length === 0 ? words.none : roles.join(", ")}</Fact>
        <Fact term={words.decides}>
          {accepts === undefined ? words.acceptsOpen : (words.accepts[accepts] ?? accepts)}
        </Fact>
        {factions.length === 0 ? null : (
          <Fact term={words.ratifiers}>{factions.map((each) => textOf(each["name"]) ?? "").join("; ")}</Fact>
        )}
        <Wants
          term={`${words.interests}: ${words.saidItself.toLowerCase()}`}
          of={aims.filter(({ basis }) => basis === "stated")}
        />
        {address.room ? null : (
          <Wants
            term={`${words.interests}: ${words.ascribedTo.toLowerCase()}`}
            of={aims.filter(({ basis }) => basis !== "stated")}
          />
        )}
        {stated.length === 0 ? null : (
          <Fact term={words.positionsStated}>{stated.map(({ issue, wants }) => `${issue}: ${wants}`).join("; ")}</Fact>
        )}
        {inferred.length === 0 || address.room ? null : (
          <Fact term={words.positionsInferred}>
            {inferred.map(({ issue, wants }) => `${issue}: ${wants}`).join("; ")}
          </Fact>
        )}
        {value === undefined || (value.reservation === null && value.basis === "") ? null : (
          <Fact term={words.withoutAgreement}>
            <a href={hrefOf(address, { because: value.node })}>
              {value.reservation === null ? value.basis : words.reservation(value.reservation.toFixed(2), value.basis)}
            </a>
          </Fact>
        )}
        {ties.length === 0 ? null : <Fact term={words.ties}>{ties.map(({ says }) => says).join("; ")}</Fact>}
      </dl>
    </article>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: React.ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Wants({ term, of }: { readonly term: string; readonly of: readonly Readonly<Record<string, Raw>>[] }) {
  if (of.length === 0) return null;
  return (
    <Fact term={term}>
      <ul>
        {of.map((each) => (
          <li key={textOf(each["text"])}>{textOf(each["text"])}</li>
        ))}
      </ul>
    </Fact>
  );
}

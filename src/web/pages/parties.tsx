import { useEditing } from "../state/editing.ts";
import { usePick } from "../state/store.ts";
import "../styles/edit.css";
import "../styles/parties.css";
import { Absent } from "../ui/absent.tsx";
import { useCaseForm } from "../ui/form/case-host.ts";
import { FormContext } from "../ui/form/host.ts";
import { editWords } from "../words/edit.ts";
import { partiesWords as words } from "../words/parties.ts";
import { words as shellWords } from "../words.ts";
import { PartyCards } from "./parties-cards.tsx";
import { Ladders } from "./parties-ladders.tsx";
import { issuesOf, mapOf, partiesOf } from "./parties-model.ts";
import { PositionsTable } from "./parties-table.tsx";

/** Who wants what: positions as a table that is filled in, preferences as ladders, and a card of each party. */
export default function Parties() {
  const host = useCaseForm();
  const { address, now, whole } = usePick("address", "now", "whole");
  const unreadable = useEditing((state) => state.unreadable);
  const { content } = host;
  const assessment = whole?.assessment ?? now?.assessment;
  if (content === undefined)
    return <p className="waiting">{unreadable ? editWords.noContent : shellWords.readingCase}</p>;
  if (partiesOf(content).length === 0) return <Absent page="parties" />;
  const issues = issuesOf(content);
  const positions = Object.keys(mapOf(mapOf(content)["positions"])).length;
  const stability = assessment?.stability ?? null;
  return (
    <FormContext value={host}>
      <article className="page parties-page">
        <p className="kicker">{assessment?.case.title}</p>
        <h1>{words.title}</h1>
        {issues.length === 0 ? (
          <p>{words.noIssues}</p>
        ) : (
          <p>{(address.room ? words.leadInRoom : words.lead)(positions, issues.length)}</p>
        )}
        {assessment === undefined || assessment.reading.id === null ? null : (
          <p className="note">{words.readingNote(assessment.reading.name)}</p>
        )}
        <PositionsTable />
        {stability === null ? null : <Ladders stability={stability} reading={assessment?.reading.id ?? null} />}
        <PartyCards assessment={assessment} />
      </article>
    </FormContext>
  );
}

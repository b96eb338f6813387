import { useCallback, useEffect, useState } from "react";
import { sessionChanged } from "../state/session.ts";
import { teamWords as words } from "../words/team.ts";
import { Narrow } from "./sign-in.tsx";

/** A team's page whose server does not answer: what it holds is not there, and nothing else is shown in its place. */
export default function Away() {
  const [state, setState] = useState<"idle" | "asking" | "still">("idle");
  const again = useCallback(async () => {
    setState("asking");
    await sessionChanged();
    // Where it answers now, this page is gone.
    setState("still");
  }, []);
  useEffect(() => {
    const onOnline = () => void again();
    addEventListener("online", onOnline);
    return () => removeEventListener("online", onOnline);
  }, [again]);
  return (
    <Narrow title={words.away} lead={words.awayLead}>
      <p className="team-buttons">
        <button type="button" disabled={state === "asking"} onClick={() => void again()}>
          {words.again}
        </button>
        <span role="status">{state === "still" ? words.awayStill : state === "asking" ? words.loading : ""}</span>
      </p>
    </Narrow>
  );
}

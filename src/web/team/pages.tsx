import { type ComponentType, lazy, Suspense } from "react";
import type { TeamPage } from "../state/address.ts";
import { usePick } from "../state/store.ts";
import { useTeam } from "../state/team.ts";
import { teamWords as words } from "../words/team.ts";
import SignIn from "./sign-in.tsx";

const PAGES: Readonly<Partial<Record<TeamPage, ComponentType>>> = {
  "sign-in": SignIn,
  invitation: lazy(() => import("./invitation.tsx")),
  reset: lazy(() => import("./reset.tsx")),
  account: lazy(() => import("./account.tsx")),
  workspace: lazy(() => import("./workspace.tsx")),
  people: lazy(() => import("./people.tsx")),
  members: lazy(() => import("./members.tsx")),
  runs: lazy(() => import("./runs.tsx")),
  versions: lazy(() => import("./versions.tsx")),
};

/** Pages open to who has not signed in. */
const OPEN: readonly TeamPage[] = ["sign-in", "invitation", "reset"];

/** The page of a team server that the address names. */
export default function TeamPages() {
  const { address } = usePick("address");
  const person = useTeam((team) => team.person);
  const { team } = address;
  const Page = team === undefined ? undefined : PAGES[team];
  if (team === undefined || Page === undefined) return null;
  if (person === undefined && !OPEN.includes(team)) return <SignIn />;
  return (
    <Suspense fallback={<p className="waiting">{words.loading}</p>}>
      <Page key={`${address.case ?? ""}/${team}/${address.of ?? ""}`} />
    </Suspense>
  );
}

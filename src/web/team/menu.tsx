import { useRef } from "react";
import { GALLERY } from "../state/address.ts";
import { go, hrefOf, sessionChanged } from "../state/session.ts";
import { useTeam } from "../state/team.ts";
import { teamWords as words } from "../words/team.ts";
import { api, told } from "./client.ts";
import "../styles/team.css";

/** Who signed in, and what is theirs. */
export default function AccountMenu() {
  const person = useTeam((team) => team.person);
  const menu = useRef<HTMLDetailsElement>(null);
  if (person === undefined) return null;
  const close = () => {
    if (menu.current !== null) menu.current.open = false;
  };
  const signOut = async () => {
    close();
    await told(api.DELETE("/api/session"));
    go(GALLERY);
    await sessionChanged();
  };
  return (
    <details
      className="view-menu team-menu"
      name="bar-menu"
      ref={menu}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || menu.current?.open !== true) return;
        event.stopPropagation();
        close();
        menu.current.querySelector("summary")?.focus();
      }}
    >
      <summary>{person.name}</summary>
      <div className="popover">
        <p>{person.email}</p>
        <a href={hrefOf(GALLERY, { team: "account" })} onClick={close}>
          {words.account}
        </a>
        <a href={hrefOf(GALLERY, { team: "runs" })} onClick={close}>
          {words.runs}
        </a>
        {person.keeper ? (
          <a href={hrefOf(GALLERY, { team: "people" })} onClick={close}>
            {words.people}
          </a>
        ) : null}
        <button type="button" onClick={() => void signOut()}>
          {words.signOut}
        </button>
      </div>
    </details>
  );
}

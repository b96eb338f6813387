import { lazy, Suspense, useState } from "react";
import { GALLERY } from "../state/address.ts";
import { useOutside } from "../state/outside.ts";
import { go, hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { useTeam } from "../state/team.ts";
import { applyTheme, chosenTheme, THEMES } from "../state/theme.ts";
import { drawerWords } from "../words/drawer.ts";
import { serverWords } from "../words/server.ts";
import { shareWords } from "../words/share.ts";
import { words } from "../words.ts";
import { EditBar } from "./edit-bar.tsx";
import { ShareMenu } from "./share-menu.tsx";

const AccountMenu = lazy(() => import("../team/menu.tsx"));

/** The head of every page: what is looked at, and how. */
export function Topbar() {
  const { address, now, whole, open } = usePick("address", "now", "whole", "open");
  const shown = now?.assessment ?? whole?.assessment;
  const home = hrefOf(GALLERY, {});
  const isTeam = useTeam((team) => team.person !== undefined && team.open === undefined);
  if (address.case === undefined || shown === undefined) {
    return (
      <header className="topbar">
        <p className="brand">
          <a href={home}>{words.parley}</a>
        </p>
        {open === undefined ? null : <TextButton />}
        <ThemeField />
        {isTeam ? (
          <Suspense>
            <AccountMenu />
          </Suspense>
        ) : null}
      </header>
    );
  }
  return (
    <header className="topbar">
      <p className="brand">
        <a href={home} title={words.allCases}>
          {words.parley}
        </a>
      </p>
      <p className="case-name">
        <span>{shown.case.title}</span>
        {shown.case.asOf === null ? null : <small>{words.asOf(shown.case.asOf)}</small>}
      </p>
      {shown.readings.length > 0 ? <ReadingField /> : null}
      {address.room ? null : (
        <>
          <EditBar />
          <TextButton />
        </>
      )}
      <ShareMenu />
      <ViewMenu />
    </header>
  );
}

/** Opens the case's text, and shuts it. */
function TextButton() {
  const { address } = usePick("address");
  const isOpen = address.text !== undefined;
  return (
    <button
      type="button"
      className="quiet text-button"
      aria-expanded={isOpen}
      aria-keyshortcuts="Control+E Meta+E"
      title={drawerWords.buttonHelp}
      onClick={() => go({ text: isOpen ? undefined : "." })}
    >
      {drawerWords.button}
    </button>
  );
}

const ORDER = ["held", "counter", "stress"];

/** Which reading the case is looked at under. */
function ReadingField() {
  const { address, now, whole } = usePick("address", "now", "whole");
  const readings = (now ?? whole)?.assessment.readings ?? [];
  const kinds = [...new Set(readings.map(({ kind }) => kind))].toSorted((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
  return (
    <label className="field reading">
      <span>{words.reading}</span>
      <select
        value={address.reading ?? ""}
        onChange={({ target }) => go({ reading: target.value === "" ? undefined : target.value })}
      >
        <option value="">{words.asCoded}</option>
        {kinds.map((kind) => (
          <optgroup key={kind} label={words.readingKinds[kind] ?? words.otherReadings}>
            {readings
              .filter((each) => each.kind === kind)
              .map(({ id, name }) => (
                <option key={id} value={id ?? ""}>
                  {name}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

/** Day, seed, colours and the case's hash: what is seldom changed. */
function ViewMenu() {
  const { address, now, whole } = usePick("address", "now", "whole");
  const shown = (now ?? whole)?.assessment;
  const folder = useOutside((outside) => outside.folder);
  if (shown === undefined) return null;
  return (
    <details className="view-menu" name="bar-menu">
      <summary>{words.view}</summary>
      <div className="popover">
        <label className="field">
          <span>{words.asOfField}</span>
          <input
            type="date"
            value={address.asOf ?? ""}
            max={shown.case.asOf ?? undefined}
            onChange={({ target }) => go({ asOf: target.value === "" ? undefined : target.value })}
          />
          <small>{words.asOfHelp}</small>
        </label>
        <SeedField key={address.seed} seed={address.seed} />
        <ThemeField />
        <RoomField />
        <p className="hash">
          {words.hash} <code>{shown.case.hash.slice(0, 12)}</code>
          <br />
          {words.parley} {shown.parley}
          {folder === undefined ? null : (
            <>
              <br />
              <code className="path">{folder.path}</code>
              {folder.readOnly ? ` (${serverWords.readOnly})` : ""}
            </>
          )}
        </p>
      </div>
    </details>
  );
}

/** Whether the view is for the room; forms and texts of the case are closed there. */
function RoomField() {
  const { address } = usePick("address");
  return (
    <label className="field room">
      <input
        type="checkbox"
        checked={address.room}
        onChange={({ target }) => go({ room: target.checked, edit: undefined, text: undefined })}
      />
      <span>{shareWords.room}</span>
      <small>{shareWords.roomHelp}</small>
    </label>
  );
}

function SeedField({ seed }: { readonly seed: number }) {
  const [text, setText] = useState(String(seed));
  const commit = () => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value)) {
      if (value !== seed) go({ seed: value });
    } else setText(String(seed));
  };
  return (
    <label className="field">
      <span>{words.seed}</span>
      <input
        inputMode="numeric"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onBlur={commit}
        onKeyDown={({ key }) => key === "Enter" && commit()}
      />
      <small>{words.seedHelp}</small>
    </label>
  );
}

function ThemeField() {
  const [theme, setTheme] = useState(chosenTheme);
  return (
    <label className="field theme">
      <span>{words.theme}</span>
      <select
        value={theme}
        onChange={({ target }) => {
          const chosen = THEMES.find((each) => each === target.value) ?? "system";
          setTheme(chosen);
          applyTheme(chosen);
        }}
      >
        {THEMES.map((each) => (
          <option key={each} value={each}>
            {words.themes[each]}
          </option>
        ))}
      </select>
    </label>
  );
}

import { useState } from "react";
import { linkOf, MOST_CHARACTERS, needed } from "../cases/link.ts";
import { LINK_MARK } from "../cases/link-mark.ts";
import { fileNameOf, saveFile } from "../export/save.ts";
import { archiveOf } from "../share/archive.ts";
import { type Contents, contentsOf } from "../share/contents.ts";
import { usePick } from "../state/store.ts";
import { shareWords as w } from "../words/share.ts";
import { EncryptForm } from "./encrypt-form.tsx";

interface Made {
  readonly link: string;
  readonly contents: Contents;
  readonly leftBehind: readonly string[];
}

/** The case as a file; and as a link, once it was said what such a link holds. */
export default function SharePanel() {
  const { open, now, whole } = usePick("open", "now", "whole");
  const [made, setMade] = useState<Made>();
  const [said, setSaid] = useState("");
  const [text, setText] = useState("");
  const shown = (now ?? whole)?.assessment;
  if (open === undefined || shown === undefined) return null;
  const { id, packed } = open;
  const name = `${fileNameOf(id.replace(/^my-/, ""))}.parley.zip`;

  const archive = () => archiveOf(packed, shown.case.title, shown.parley);
  const save = () => {
    saveFile(name, archive(), "application/zip");
    setSaid(w.saved(name));
  };
  const make = () => {
    const kept = needed(packed.files);
    const link = new URL(`#/${LINK_MARK}${linkOf({ name: shown.case.title, packed })}`, location.href).href;
    const leftBehind = Object.keys(packed.files).filter((path) => !(path in kept));
    setMade({ link, contents: contentsOf({ ...packed, files: kept }), leftBehind });
  };
  const copy = async (link: string) => {
    try {
      await navigator.clipboard.writeText(link);
      setSaid(w.copied);
    } catch {
      setSaid(w.cannotCopy);
      setText(link);
    }
  };
  return (
    <>
      <h2>{w.file}</h2>
      <p>{w.fileHelp(name)}</p>
      <button type="button" onClick={save}>
        {w.saveFile}
      </button>
      <EncryptForm name={`${name}.age`} bytes={archive} />
      <h2>{w.link}</h2>
      <p>{w.linkHelp}</p>
      {made === undefined ? (
        <button type="button" onClick={make}>
          {w.makeLink}
        </button>
      ) : made.link.length > MOST_CHARACTERS ? (
        <p className="too-long">{w.tooLong(made.link.length, MOST_CHARACTERS)}</p>
      ) : (
        <>
          <p>{w.holds(made.link.length)}</p>
          <ContentsList contents={made.contents} leftBehind={made.leftBehind} />
          <p>{w.allOfIt}</p>
          <button type="button" onClick={() => void copy(made.link)}>
            {w.copyLink}
          </button>
        </>
      )}
      <p role="status">{said}</p>
      {text === "" ? null : <textarea className="link-text" readOnly value={text} aria-label={w.link} rows={4} />}
    </>
  );
}

/** What goes with a case that is handed on. */
export function ContentsList({
  contents: { sections, sources, files },
  leftBehind = [],
}: {
  readonly contents: Contents;
  readonly leftBehind?: readonly string[];
}) {
  return (
    <ul className="contents">
      <li>{w.sections(sections.join(", "))}</li>
      <li>{w.sources(sources)}</li>
      <li>{w.files(files.join(", "))}</li>
      {leftBehind.length === 0 ? null : <li>{w.leftBehind(leftBehind.join(", "))}</li>}
    </ul>
  );
}

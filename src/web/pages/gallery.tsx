import { lazy, Suspense, useRef, useState } from "react";
import { percentRange } from "../../assess/index.ts";
import type { Leading } from "../cases/card.ts";
import type { Dropped, Locked } from "../cases/case-files.ts";
import { readDrop, readPicked } from "../cases/dropped.ts";
import { forget, keepFiles } from "../cases/kept.ts";
import { GALLERY } from "../state/address.ts";
import { go, hrefOf, loadCatalogue } from "../state/session.ts";
import { type CatalogueEntry, usePick } from "../state/store.ts";
import { Elsewhere } from "../ui/elsewhere.tsx";
import { newWords } from "../words/new.ts";
import { serverWords } from "../words/server.ts";
import { refusalWords } from "../words/share.ts";
import { words } from "../words.ts";

const LockedFile = lazy(() => import("../ui/locked-file.tsx"));

/** What is here: cases, each with its leading answer as a range over readings. */
export function Gallery() {
  const { catalogue } = usePick("catalogue");
  const folders = (catalogue ?? []).filter(({ folder }) => folder !== undefined);
  const bundled = (catalogue ?? []).filter(({ own, folder }) => !own && folder === undefined);
  const own = (catalogue ?? []).filter((each) => each.own);
  return (
    <article className="page gallery">
      <h1>{words.galleryTitle}</h1>
      <p className="lead">{words.galleryLead}</p>
      <Elsewhere />
      {folders.length === 0 ? null : (
        <>
          <h2>{serverWords.folders}</h2>
          <ul className="case-cards">
            {folders.map((card) => (
              <CaseCard key={card.id} card={card} />
            ))}
          </ul>
        </>
      )}
      <h2 className={folders.length === 0 ? "sr" : ""}>{words.bundled}</h2>
      <ul className="case-cards">
        {bundled.map((card) => (
          <CaseCard key={card.id} card={card} />
        ))}
      </ul>
      <h2>{words.own}</h2>
      {own.length === 0 ? null : (
        <ul className="case-cards">
          {own.map((card) => (
            <CaseCard key={card.id} card={card} />
          ))}
        </ul>
      )}
      <p>
        <a href={hrefOf(GALLERY, { making: "template" })}>{newWords.link}</a>
      </p>
      <DropZone />
    </article>
  );
}

export function CaseCard({ card }: { readonly card: CatalogueEntry }) {
  const { id, title, about, asOf, leading, own, folder } = card;
  return (
    <li className="case-card">
      <h3>
        <a href={hrefOf(GALLERY, { case: id })}>{title}</a>
      </h3>
      {asOf === null ? null : <p className="facts">{words.asOf(asOf)}</p>}
      {folder === undefined ? null : (
        <p className="facts folder">
          <code>{folder.path}</code>
          {folder.readOnly ? <span className="mark">{serverWords.readOnly}</span> : null}
        </p>
      )}
      {about === null ? null : <p className="about">{about}</p>}
      <div className="leading">
        {leading === null ? <p className="facts">{words.noLeading}</p> : <LeadingAnswer leading={leading} />}
      </div>
      {own ? (
        <button
          type="button"
          className="quiet"
          aria-label={words.forget(title)}
          onClick={() => void forget(id).then(loadCatalogue)}
        >
          {words.remove}
        </button>
      ) : null}
    </li>
  );
}

function LeadingAnswer({ leading }: { readonly leading: Leading }) {
  if (leading.kind === "situations") {
    const stable = leading.items.filter((each) => each.stable).length;
    return (
      <>
        <p className="leading-text">{words.stableOf(stable, leading.items.length)}</p>
        <ul className="situation-marks">
          {leading.items.map(({ name, stable: holds }) => (
            <li key={name} className={holds ? "holds" : ""}>
              <span aria-hidden="true">{holds ? "●" : "○"}</span> {name}
              <span className="sr">: {words.holdsMark(holds)}</span>
            </li>
          ))}
        </ul>
      </>
    );
  }
  const { text, low, high, dots, median } = leading;
  const at = (x: number) => ({ left: `${(100 * x).toFixed(2)}%` });
  return (
    <>
      <p className="leading-text">
        {text}: <strong>{percentRange(low, high)}</strong>
      </p>
      <span className="strip plain" aria-hidden="true">
        <span className="middle" />
        <span className="range" style={{ ...at(low), width: `${(100 * (high - low)).toFixed(2)}%` }} />
        {dots.map((dot, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the readings keep their order.
          <span className="small dot" key={index} style={at(dot)} />
        ))}
        <span className="dot" style={at(median)} />
      </span>
      <p className="facts ends" aria-hidden="true">
        <span>0 %</span>
        <span>{words.overReadings(dots.length)}</span>
        <span>100 %</span>
      </p>
    </>
  );
}

/** Takes a folder or a file of one's own; nothing leaves the browser. */
export function DropZone() {
  const [over, setOver] = useState(false);
  const [said, setSaid] = useState("");
  const file = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [locked, setLocked] = useState<Locked>();
  const take = async (reading: Promise<Dropped>) => {
    setSaid(words.reading1);
    setLocked(undefined);
    const dropped = await reading;
    if ("locked" in dropped) {
      setSaid("");
      return setLocked(dropped);
    }
    if ("refused" in dropped) return setSaid(refusalWords(dropped.refused, dropped.entry));
    const id = await keepFiles(dropped.name, dropped.packed);
    setSaid("");
    await loadCatalogue();
    go({ ...GALLERY, case: id });
  };
  const picked = (input: HTMLInputElement) => {
    const files = [...(input.files ?? [])];
    input.value = "";
    if (files.length > 0) void take(readPicked(files));
  };
  return (
    <section
      className={`drop-zone${over ? " over" : ""}`}
      aria-label={words.drop}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void take(readDrop(event.dataTransfer));
      }}
    >
      <p className="drop-head">{words.drop}</p>
      <p className="note">{words.dropHelp}</p>
      <p className="buttons">
        <button type="button" onClick={() => file.current?.click()}>
          {words.pickFile}
        </button>
        <button type="button" onClick={() => folder.current?.click()}>
          {words.pickFolder}
        </button>
      </p>
      <input
        ref={file}
        type="file"
        hidden
        accept=".yaml,.yml,.zip,.age"
        data-pick="file"
        onChange={({ currentTarget }) => picked(currentTarget)}
      />
      <input
        ref={folder}
        type="file"
        hidden
        multiple
        data-pick="folder"
        {...{ webkitdirectory: "" }}
        onChange={({ currentTarget }) => picked(currentTarget)}
      />
      <p role="status">{said}</p>
      {locked === undefined ? null : (
        <Suspense>
          <LockedFile
            file={locked}
            opened={(dropped) => take(Promise.resolve(dropped))}
            leave={() => setLocked(undefined)}
          />
        </Suspense>
      )}
    </section>
  );
}

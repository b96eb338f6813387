import { useMemo } from "react";
import { holdFiles, keepFiles } from "../cases/kept.ts";
import { readLink } from "../cases/link.ts";
import { LINK_MARK } from "../cases/link-mark.ts";
import { contentsOf } from "../share/contents.ts";
import { GALLERY } from "../state/address.ts";
import { go, hrefOf, loadCatalogue } from "../state/session.ts";
import { ContentsList } from "../ui/share-panel.tsx";
import { shareWords as w } from "../words/share.ts";

/** A case that came in a link: what it is, before any of it is opened; it is kept only where that is asked for. */
export default function Linked({ text }: { readonly text: string }) {
  const linked = useMemo(() => readLink(text.slice(LINK_MARK.length)), [text]);
  const back = (
    <p>
      <a href={hrefOf(GALLERY, {})}>{w.back}</a>
    </p>
  );
  if (linked === undefined) {
    return (
      <article className="page">
        <h1>{w.brokenTitle}</h1>
        <p>{w.brokenLead}</p>
        {back}
      </article>
    );
  }
  const { name, packed } = linked;
  const contents = contentsOf(packed);
  const open = async (keeps: typeof holdFiles) => {
    const id = await keeps(name, packed);
    await loadCatalogue();
    go({ ...GALLERY, case: id });
  };
  return (
    <article className="page linked">
      <h1>{w.linkTitle}</h1>
      <p>{w.linkLead(contents.title ?? name)}</p>
      <ContentsList contents={contents} />
      <p className="note">{w.linkWarning}</p>
      <p className="buttons">
        <button type="button" onClick={() => void open(holdFiles)}>
          {w.openIt}
        </button>
        <button type="button" onClick={() => void open(keepFiles)}>
          {w.openAndKeep}
        </button>
      </p>
      {back}
    </article>
  );
}

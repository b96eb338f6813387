import { useState } from "react";
import { readPicked } from "../cases/dropped.ts";
import { holdFiles } from "../cases/kept.ts";
import { GALLERY } from "../state/address.ts";
import { go, loadCatalogue } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { refusalWords, shareWords } from "../words/share.ts";

/** A case that the page's address asks for by an address of its own, `?case=URL`: never fetched unasked, and never from elsewhere. */
export function Elsewhere() {
  const { address } = usePick("address");
  const [said, setSaid] = useState("");
  const asked = new URLSearchParams(location.search).get("case") ?? address.rest.find(([name]) => name === "case")?.[1];
  if (asked === undefined || asked === "") return null;
  const url = URL.parse(asked, document.baseURI);
  const here = url !== null && url.origin === location.origin;
  const fetchIt = async (from: URL) => {
    try {
      const response = await fetch(from);
      if (!response.ok) return setSaid(shareWords.notFetched);
      const name = from.pathname.split("/").findLast((part) => part !== "") ?? "case.yaml";
      const dropped = await readPicked([new File([await response.blob()], name)]);
      if ("locked" in dropped) return setSaid(shareWords.lockedElsewhere);
      if ("refused" in dropped) return setSaid(refusalWords(dropped.refused, dropped.entry));
      const id = await holdFiles(dropped.name, dropped.packed);
      await loadCatalogue();
      go({ ...GALLERY, case: id });
    } catch {
      setSaid(shareWords.notFetched);
    }
  };
  return (
    <div className="notice" role="note">
      <p>
        {shareWords.elsewhere(url?.host || asked)} {here ? shareWords.elsewhereAsk : shareWords.elsewhereRefused}
      </p>
      {here ? (
        <button type="button" onClick={() => void fetchIt(url)}>
          {shareWords.fetchIt}
        </button>
      ) : null}
      <p role="status">{said}</p>
    </div>
  );
}

import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { useTalk } from "../state/talk.ts";
import { talkWords as words } from "../words/talk.ts";

/** The way to what was said about a part of the case; nothing where the case is no team's. */
export function TalkMark({ path, label }: { readonly path: readonly string[]; readonly label: string }) {
  const { address } = usePick("address");
  const at = path.join(".");
  const isOpen = useTalk((talk) => talk.open);
  const count = useTalk((talk) => talk.counts.get(at) ?? 0);
  if (!isOpen) return null;
  return (
    <a
      className={`talk-mark${count > 0 ? " some" : ""}`}
      href={hrefOf(address, { talk: at })}
      aria-label={words.about(label, count)}
      title={words.about(label, count)}
    >
      {count > 0 ? `${count} ` : ""}
      <span aria-hidden="true">❝</span>
    </a>
  );
}

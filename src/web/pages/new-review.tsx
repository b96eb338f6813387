import { useRef, useState } from "react";
import { ARTICLE_KINDS } from "../../formats/article-kinds.ts";
import type { ArticleShown } from "../engine/article-protocol.ts";
import { newWords as words } from "../words/new.ts";

type Kind = ArticleShown["sentences"][number]["kind"];

/** A sentence as a person judged it. */
export interface Judged {
  readonly id: string;
  readonly text: string;
  readonly kind: Kind;
  readonly speaker: string | undefined;
}

type Verdict = "open" | "accepted" | "rejected";

interface ReviewGiven {
  readonly article: ArticleShown;
  readonly make: (judged: readonly Judged[], title: string, published: string | undefined) => Promise<void>;
}

/** Sentence by sentence: what of an article enters the case. By keys: j, k, a, r, e. */
export function NewReview({ article, make }: ReviewGiven) {
  const [judged, setJudged] = useState<readonly Judged[]>(() =>
    article.sentences.map(({ id, sentence, kind, speaker }) => ({ id, text: sentence, kind, speaker })),
  );
  const [verdicts, setVerdicts] = useState<readonly Verdict[]>(() => article.sentences.map(() => "open"));
  const [title, setTitle] = useState(article.title);
  const [published, setPublished] = useState(article.published ?? "");
  const [said, setSaid] = useState("");
  const list = useRef<HTMLOListElement>(null);
  const item = (index: number) => list.current?.children.item(index) as HTMLElement | null;

  const judge = (index: number, verdict: Verdict) => {
    setVerdicts(verdicts.map((each, i) => (i === index ? verdict : each)));
    item(Math.min(index + 1, judged.length - 1))?.focus();
  };
  const change = (index: number, part: Partial<Judged>) =>
    setJudged(judged.map((each, i) => (i === index ? { ...each, ...part } : each)));
  const onKey = (event: React.KeyboardEvent, index: number) => {
    // Keys that are typed into a field are the field's.
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      j: () => item(index + 1)?.focus(),
      k: () => item(index - 1)?.focus(),
      a: () => judge(index, "accepted"),
      r: () => judge(index, "rejected"),
      e: () => item(index)?.querySelector("textarea")?.focus(),
    }[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  const count = (of: Verdict) => verdicts.filter((each) => each === of).length;
  return (
    <form
      className="review"
      onSubmit={(event) => {
        event.preventDefault();
        if (title.trim() === "") return setSaid(words.nameNeeded);
        setSaid(words.making);
        const accepted = judged.filter(({ text }, i) => verdicts[i] === "accepted" && text.trim() !== "");
        void make(accepted, title.trim(), published === "" ? undefined : published).then(() => setSaid(""));
      }}
    >
      <label className="field">
        <span>{words.name}</span>
        <input value={title} maxLength={500} onChange={({ target }) => setTitle(target.value)} />
      </label>
      <label className="field">
        <span>{words.published}</span>
        <input value={published} placeholder="2024-11-28" onChange={({ target }) => setPublished(target.value)} />
      </label>
      {article.english ? null : <p className="note">{words.notEnglish}</p>}
      <h2>{words.found(judged.length)}</h2>
      <p className="note">{judged.length === 0 ? words.noneFound : words.foundHelp}</p>
      <ol ref={list}>
        {article.sentences.map(({ id, paragraph, sentence, parties, quantities, dates }, index) => {
          const { text = "", kind = "fact", speaker = "" } = judged[index] ?? {};
          const verdict = verdicts[index] ?? "open";
          return (
            <li key={id} tabIndex={0} className={verdict} onKeyDown={(event) => onKey(event, index)}>
              <p className="facts">
                {words.paragraph(paragraph)}
                {[...parties, ...quantities, ...dates].map((each) => ` · ${each}`)}
                <span className="verdict"> · {words.state[verdict]}</span>
              </p>
              <blockquote>{sentence}</blockquote>
              <label className="field tall">
                <span>{words.claim}</span>
                <textarea rows={2} value={text} onChange={({ target }) => change(index, { text: target.value })} />
              </label>
              <div className="judge">
                <label className="field">
                  <span>{words.kind}</span>
                  <select
                    value={kind}
                    onChange={({ target }) =>
                      change(index, { kind: ARTICLE_KINDS.find((each) => each === target.value) ?? kind })
                    }
                  >
                    {ARTICLE_KINDS.map((each) => (
                      <option key={each} value={each}>
                        {words.kinds[each]}
                      </option>
                    ))}
                  </select>
                </label>
                <label className="field">
                  <span>{words.speaker}</span>
                  <input value={speaker} onChange={({ target }) => change(index, { speaker: target.value })} />
                </label>
                <p className="buttons">
                  <button type="button" aria-pressed={verdict === "accepted"} onClick={() => judge(index, "accepted")}>
                    {words.accept} <kbd>a</kbd>
                  </button>
                  <button type="button" aria-pressed={verdict === "rejected"} onClick={() => judge(index, "rejected")}>
                    {words.reject} <kbd>r</kbd>
                  </button>
                </p>
              </div>
            </li>
          );
        })}
      </ol>
      <p className="buttons end">
        <button type="submit">{words.make}</button>
        <span role="status">{said || words.counts(count("accepted"), count("rejected"), count("open"))}</span>
      </p>
    </form>
  );
}

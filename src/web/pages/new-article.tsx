import { useEffect, useRef, useState } from "react";
import { type Problem, problem } from "../../core/problems/index.ts";
import { type ArticleReader, openArticleReader } from "../engine/article-client.ts";
import type { ArticleShown } from "../engine/article-protocol.ts";
import { makeAndOpen } from "../state/make.ts";
import { newWords as words } from "../words/new.ts";
import { Refusal } from "./new-files.tsx";
import { type Judged, NewReview } from "./new-review.tsx";

/** A case of an article: it is read, and a person judges sentence by sentence what of it enters. */
export function FromArticle() {
  const input = useRef<HTMLInputElement>(null);
  const reader = useRef<ArticleReader>(undefined);
  const [text, setText] = useState("");
  const [reading, setReading] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [article, setArticle] = useState<ArticleShown | undefined>(undefined);
  useEffect(() => () => reader.current?.close(), []);

  const ask = async <T,>(
    act: (reader: ArticleReader) => Promise<T>,
  ): Promise<T | { readonly problems: readonly Problem[] }> => {
    reader.current ??= openArticleReader();
    try {
      return await act(reader.current);
    } catch (error) {
      reader.current?.close();
      reader.current = undefined;
      return {
        problems: [problem("text-unreadable", { why: error instanceof Error ? error.message : String(error) })],
      };
    }
  };
  const read = async (bytes: Uint8Array, name: string) => {
    setReading(true);
    setProblems([]);
    const answer = await ask((each) => each.read(bytes, name, titleOf(name)));
    setReading(false);
    if ("article" in answer) return setArticle(answer.article);
    if ("problems" in answer) setProblems(answer.problems.map((each) => ({ ...each, file: each.file || name })));
  };
  const make = async (judged: readonly Judged[], title: string, published: string | undefined) => {
    const answer = await ask((each) => each.make(judged, title, published));
    if ("problems" in answer) return setProblems(answer.problems);
    if (!("text" in answer)) return;
    await makeAndOpen(title, { main: "case.yaml", files: { "case.yaml": answer.text } }, "claims");
  };

  if (article !== undefined) {
    return (
      <>
        <Refusal problems={problems} />
        <NewReview article={article} make={make} />
      </>
    );
  }
  return (
    <section aria-label={words.way.article}>
      <label className="field tall">
        <span>{words.article}</span>
        <textarea
          rows={12}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onDrop={(event) => {
            const [file] = event.dataTransfer.files;
            if (file === undefined) return;
            event.preventDefault();
            void file.arrayBuffer().then((bytes) => read(new Uint8Array(bytes), file.name));
          }}
        />
        <small>{words.articleHelp}</small>
      </label>
      <p className="buttons">
        <button
          type="button"
          disabled={reading || text.trim() === ""}
          onClick={() => void read(new TextEncoder().encode(text), "")}
        >
          {words.read}
        </button>
        <button type="button" disabled={reading} onClick={() => input.current?.click()}>
          {words.pick}
        </button>
      </p>
      <input
        ref={input}
        type="file"
        hidden
        accept=".txt,.md,.html,.htm,.pdf"
        data-pick="article"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          currentTarget.value = "";
          if (file !== undefined) void file.arrayBuffer().then((bytes) => read(new Uint8Array(bytes), file.name));
        }}
      />
      <p role="status">{reading ? words.reading : ""}</p>
      <Refusal problems={problems} />
    </section>
  );
}

/** A title from the name of a file. */
function titleOf(name: string): string {
  const title = name
    .replace(/\.[^.]*$/, "")
    .replaceAll(/[-_.\s]+/g, " ")
    .trim();
  return title === "" ? words.way.article : title;
}

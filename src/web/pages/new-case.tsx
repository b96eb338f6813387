import { type FormEvent, lazy, Suspense, useState } from "react";
import { FIRST_PART, TEMPLATES, type Template, templateText } from "../../case/templates.ts";
import { GALLERY } from "../state/address.ts";
import { makeAndOpen } from "../state/make.ts";
import { textsOf } from "../state/places.ts";
import { hrefOf } from "../state/session.ts";
import { usePick, useStore } from "../state/store.ts";
import { useTeam } from "../state/team.ts";
import { newWords as words } from "../words/new.ts";
import "../styles/new.css";
import { FromArticle } from "./new-article.tsx";
import { FromFiles } from "./new-files.tsx";

const Into = lazy(() => import("../team/into.tsx"));

const WAYS = ["template", "copy", "article", "files"] as const;

/** A new case: from a template, a copy, an article, or another program's file. */
export default function NewCase() {
  const { making } = useStore((state) => state.address);
  const isTeam = useTeam((team) => team.person !== undefined);
  const way = WAYS.find((each) => each === making) ?? "template";
  const Way = { template: FromTemplate, copy: FromCopy, article: FromArticle, files: FromFiles }[way];
  return (
    <article className="page new-case">
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <nav aria-label={words.ways}>
        <ul>
          {WAYS.map((each) => (
            <li key={each}>
              <a href={hrefOf(GALLERY, { making: each })} aria-current={each === way ? "page" : undefined}>
                {words.way[each]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {isTeam ? (
        <Suspense>
          <Into />
        </Suspense>
      ) : null}
      <Way />
    </article>
  );
}

function FromTemplate() {
  const [template, setTemplate] = useState<Template>("war");
  const [title, setTitle] = useState("");
  const [asOf, setAsOf] = useState("");
  const [said, setSaid] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const name = title.trim();
    if (name === "") return setSaid(words.nameNeeded);
    setSaid(words.making);
    const text = templateText(template, name, asOf === "" ? undefined : asOf);
    void makeAndOpen(name, { main: "case.yaml", files: { "case.yaml": text } }, FIRST_PART[template]);
  };
  const order: readonly Template[] = ["war", "negotiation", "graph", "talks", "blank"];
  return (
    <form onSubmit={submit}>
      <fieldset>
        <legend>{words.which}</legend>
        {order
          .filter((each) => TEMPLATES.includes(each))
          .map((each) => {
            const [name, about] = words.templates[each];
            return (
              <label key={each} className="choice">
                <input type="radio" name="template" checked={each === template} onChange={() => setTemplate(each)} />
                <span>
                  <strong>{name}</strong>
                  <small>{about}</small>
                </span>
              </label>
            );
          })}
      </fieldset>
      <label className="field">
        <span>{words.name}</span>
        <input
          value={title}
          maxLength={500}
          placeholder={words.namePlaceholder}
          onChange={({ target }) => setTitle(target.value)}
        />
      </label>
      <label className="field">
        <span>{words.asOf}</span>
        <input type="date" value={asOf} onChange={({ target }) => setAsOf(target.value)} />
        <small>{words.asOfHelp}</small>
      </label>
      <p className="buttons">
        <button type="submit">{words.make}</button>
      </p>
      <p role="status">{said}</p>
    </form>
  );
}

function FromCopy() {
  const { catalogue = [] } = usePick("catalogue");
  const [id, setId] = useState("");
  const [said, setSaid] = useState("");
  const chosen = catalogue.find((each) => each.id === id) ?? catalogue[0];
  if (chosen === undefined) return <p>{words.noCopy}</p>;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSaid(words.making);
    const packed = await textsOf(chosen.id);
    if (packed === undefined) return setSaid(words.noCopy);
    await makeAndOpen(chosen.id.replace(/^my-/, ""), packed, "title");
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <label className="field">
        <span>{words.copyOf}</span>
        <select value={chosen.id} onChange={({ target }) => setId(target.value)}>
          {catalogue.map((each) => (
            <option key={each.id} value={each.id}>
              {each.title}
            </option>
          ))}
        </select>
      </label>
      <p className="buttons">
        <button type="submit">{words.make}</button>
      </p>
      <p role="status">{said}</p>
    </form>
  );
}

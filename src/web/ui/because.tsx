import { useEffect, useRef, useState } from "react";
import type { AssessmentNode } from "../../assess/index.ts";
import { partAt, useEditing } from "../state/editing.ts";
import { go, hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { editWords } from "../words/edit.ts";
import { words } from "../words.ts";
import { CaseLines } from "./case-lines.tsx";
import { SourceCard } from "./source-card.tsx";
import { TalkMark } from "./talk-mark.tsx";

/** The reasons of a figure beside the page: from the figure down to claims, sources and the line of the case. */
export function Because({ id }: { readonly id: string }) {
  const { address, now, whole } = usePick("address", "now", "whole");
  const head = useRef<HTMLHeadingElement>(null);
  const opener = useRef<Element | null>(null);
  const node = now?.assessment.nodes[id] ?? whole?.assessment.nodes[id];
  const nodes = { ...whole?.assessment.nodes, ...now?.assessment.nodes };

  useEffect(() => {
    opener.current = document.activeElement;
    return () => {
      if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus();
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another reason is read from its head.
  useEffect(() => head.current?.focus(), [id]);

  return (
    <aside className="because-panel" aria-label={words.reasons}>
      <div className="because-bar">
        <p className="label">{words.because}</p>
        <button type="button" className="quiet" onClick={() => go({ because: undefined })}>
          {words.close}
        </button>
      </div>
      {node === undefined ? (
        <h2 tabIndex={-1} ref={head}>
          {words.unknownReason}
        </h2>
      ) : (
        <>
          <p className="kicker">{words.kinds[node.kind]}</p>
          <h2 tabIndex={-1} ref={head}>
            {node.label}
          </h2>
          <Facts node={node} />
          {node.kind === "source" ? <Card id={id} /> : null}
          {node.line === undefined ? null : <CaseLines at={node.line} />}
          {node.line === undefined ? null : <ChangeIt key={node.line} at={node.line} />}
          <h3>{words.restsOn}</h3>
          {node.because.length === 0 ? (
            <p className="note">{words.restsOnNothing}</p>
          ) : (
            <ul className="reasons">
              {node.because.map((each) => (
                <li key={each}>
                  <a href={hrefOf(address, { because: each })}>
                    <Reason node={nodes[each]} id={each} />
                  </a>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </aside>
  );
}

/** The card of the source that a node cites, whatever the place in it. */
function Card({ id }: { readonly id: string }) {
  const { now, whole } = usePick("now", "whole");
  const assessment = (now ?? whole)?.assessment;
  const name = id.replace(/^source:/, "").split("#")[0];
  const source = assessment?.sources.find((each) => each.id === name);
  return assessment === undefined || source === undefined ? null : (
    <SourceCard assessment={assessment} source={source} />
  );
}

/** The way from a reason to its field in the case, and back. */
function ChangeIt({ at }: { readonly at: string }) {
  const { address } = usePick("address");
  const content = useEditing((state) => state.content);
  const [path, setPath] = useState<string>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: an edit moves lines.
  useEffect(() => {
    let here = true;
    void partAt(at).then((found) => here && setPath(found));
    return () => {
      here = false;
    };
  }, [at, content]);
  if (path === undefined || address.room) return null;
  return (
    <p className="change-it">
      <a href={hrefOf(address, { edit: path })}>
        {editWords.changeIt} <code>{path}</code>
      </a>{" "}
      <TalkMark path={path.split(".")} label={path} />
    </p>
  );
}

function Facts({ node }: { readonly node: AssessmentNode }) {
  return (
    <>
      {node.value === undefined ? null : (
        <p className="node-value">
          {inShort(node.value)} {node.unit === undefined || node.unit === "probability" ? "" : node.unit}
        </p>
      )}
      {node.citation === undefined ? null : <p className="citation">{node.citation}</p>}
      {node.note === undefined ? null : <p className="note">{node.note}</p>}
    </>
  );
}

/** A number to three figures; what is behind them is in the exported numbers. */
const inShort = (value: number | string): string =>
  typeof value === "string" ? value : String(Number(value.toPrecision(3)));

function Reason({ node, id }: { readonly node: AssessmentNode | undefined; readonly id: string }) {
  if (node === undefined) return id;
  return (
    <>
      <span className={`kind-mark ${node.kind}`}>{words.kinds[node.kind]}</span>
      <span className="reason-label">
        {node.label}
        {node.value === undefined ? "" : `: ${inShort(node.value)}`}
      </span>
    </>
  );
}

import type { FileText, Texts } from "../../state/texts.ts";
import { drawerWords as words } from "../../words/drawer.ts";

/** What stands between a text and its being saved, and what can be done about it. */
interface BarGiven {
  readonly file: string;
  readonly text: FileText;
  readonly texts: Texts;
}

export function DraftBar({ file, text: { draft }, texts }: BarGiven) {
  if (draft === undefined) return null;
  return (
    <div className="bar" role="alert">
      <p>{words.draft(file, draft.at)}</p>
      <p className="buttons">
        <button type="button" onClick={() => texts.takeUp(file)}>
          {words.takeUp}
        </button>
        <button type="button" className="quiet" onClick={() => texts.throwAway(file)}>
          {words.throwAway}
        </button>
      </p>
    </div>
  );
}

export function HeldBar({ file, text: { state, fresh }, texts }: BarGiven) {
  if (state !== "held") return null;
  return (
    <div className="bar warn">
      <p>
        <strong>{words.held(fresh.length)}.</strong> {words.heldHelp}
      </p>
      <p className="buttons">
        <button type="button" onClick={() => void texts.saveAnyway(file)}>
          {words.saveAnyway}
        </button>
      </p>
    </div>
  );
}

/** Where both changed the same lines: both, one beside the other, and the choice. */
export function ClashBar({ file, text: { clash }, texts }: BarGiven) {
  if (clash === undefined) return null;
  const places = clash.stretches.flatMap((each) => ("mine" in each ? [each] : []));
  return (
    <div className="bar warn clash" role="alert">
      <p>{words.clash(clash.clashes)}</p>
      <div className="clashes" tabIndex={0} role="region" aria-label={words.clash(clash.clashes)}>
        {places.map(({ mine, theirs }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the places keep their order.
          <dl key={index}>
            <div>
              <dt>{words.mine}</dt>
              <dd>
                <pre>{mine.join("\n") || words.nothing}</pre>
              </dd>
            </div>
            <div>
              <dt>{words.theirs}</dt>
              <dd>
                <pre>{theirs.join("\n") || words.nothing}</pre>
              </dd>
            </div>
          </dl>
        ))}
      </div>
      <p className="buttons">
        <button type="button" onClick={() => texts.settle(file, "mine")}>
          {words.keepMine}
        </button>
        <button type="button" onClick={() => texts.settle(file, "theirs")}>
          {words.keepTheirs}
        </button>
      </p>
    </div>
  );
}

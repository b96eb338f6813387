import { useState } from "react";
import type { Assessment, WarControls } from "../../assess/index.ts";
import { go, hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { addressOf, formatVariant, MOST_VARIANTS, parseVariant, variantOf, withSet } from "../state/variants.ts";
import { compareWords as say } from "../words/compare.ts";
import type { Compared } from "./compare.tsx";

/** The views that are compared: each can be taken away or made the baseline, and others added. */
export function Views({
  sides,
  assessment,
  controls,
}: {
  readonly sides: readonly Compared[];
  readonly assessment: Assessment;
  readonly controls: WarControls | undefined;
}) {
  const { address } = usePick("address");
  const remove = (index: number) => go({ versus: address.versus.filter((_, i) => i !== index - 1) });
  /** The view on screen and a variant change places. */
  const swap = (index: number) => {
    const written = address.versus[index - 1];
    if (written === undefined) return;
    const here = formatVariant(variantOf(address));
    go({
      ...addressOf(parseVariant(written)),
      versus: address.versus.map((each, i) => (i === index - 1 ? here : each)),
    });
  };
  return (
    <section aria-labelledby="views-h" className="views">
      <h2 id="views-h" className="sr">
        {say.views}
      </h2>
      <ol>
        {sides.map(({ letter, name, ...variant }, index) => (
          <li key={letter}>
            <span className="letter" aria-hidden="true">
              {letter}
            </span>
            <div>
              <a href={hrefOf(address, { ...addressOf(variant), page: "brief", versus: [] })}>
                <span className="sr">{letter}: </span>
                {name}
              </a>
              {index === 0 ? <span className="chip">{say.baseline}</span> : null}
            </div>
            {index === 0 ? null : (
              <span className="view-do">
                <button type="button" className="quiet" aria-label={say.swapOf(letter)} onClick={() => swap(index)}>
                  {say.swap}
                </button>
                <button type="button" className="quiet" aria-label={say.removeOf(letter)} onClick={() => remove(index)}>
                  {say.remove}
                </button>
              </span>
            )}
          </li>
        ))}
      </ol>
      {sides.length >= MOST_VARIANTS ? (
        <p className="note">{say.full}</p>
      ) : (
        <Adding assessment={assessment} controls={controls} />
      )}
    </section>
  );
}

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly group?: string;
}

function Adding({
  assessment,
  controls,
}: {
  readonly assessment: Assessment;
  readonly controls: WarControls | undefined;
}) {
  const { address } = usePick("address");
  const here = variantOf(address);
  const taken = new Set([formatVariant(here), ...address.versus]);
  const free = (choice: Choice) => !taken.has(choice.value);
  const readings = [
    { value: formatVariant({ reading: undefined, sets: [] }), label: say.asCoded },
    ...assessment.readings
      .filter(({ id }) => id !== null)
      .map(({ id, name }) => ({ value: formatVariant({ reading: id ?? undefined, sets: [] }), label: name })),
  ].filter(free);
  const levers = (assessment.sensitivity?.levers ?? [])
    .flatMap(({ id, name, kind }): Choice[] => {
      const lever = controls?.levers.find((each) => each.id === id);
      if (lever === undefined || lever.sets.length === 0) return [];
      const sets = lever.sets.reduce<readonly string[]>(
        (before, { path, value }) => withSet(before, path, value),
        here.sets,
      );
      return [{ value: formatVariant({ reading: here.reading, sets }), label: name, group: say.levers[kind] }];
    })
    .filter(free);
  return (
    <div className="adding">
      {readings.length === 0 ? null : <AddField label={say.addReading} choices={readings} />}
      {levers.length === 0 ? null : <AddField label={say.addLever} choices={levers} />}
    </div>
  );
}

/** A choice that is made with a button, so that going through it with keys adds nothing. */
function AddField({ label, choices }: { readonly label: string; readonly choices: readonly Choice[] }) {
  const { address } = usePick("address");
  const [chosen, setChosen] = useState("");
  const groups = [...new Set(choices.map(({ group }) => group))];
  const options = (of: string | undefined) =>
    choices
      .filter(({ group }) => group === of)
      .map(({ value, label: text }) => (
        <option key={value} value={value}>
          {text}
        </option>
      ));
  const known = choices.some(({ value }) => value === chosen);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (known) go({ versus: [...address.versus, chosen] });
        setChosen("");
      }}
    >
      <label className="field">
        <span>{label}</span>
        <select value={known ? chosen : ""} onChange={({ target }) => setChosen(target.value)}>
          <option value="">{say.choose}</option>
          {groups.map((group) =>
            group === undefined ? (
              options(group)
            ) : (
              <optgroup key={group} label={group}>
                {options(group)}
              </optgroup>
            ),
          )}
        </select>
      </label>
      <button type="submit" disabled={!known} aria-label={`${say.add}: ${label}`}>
        {say.add}
      </button>
    </form>
  );
}

import { type ReactNode, useState } from "react";
import { words } from "../words.ts";

/** A long list that is shown in part, and says so; the rest is one step away. */
export function Cut<T>({
  all,
  most,
  children,
}: {
  readonly all: readonly T[];
  readonly most: number;
  readonly children: (shown: readonly T[]) => ReactNode;
}) {
  const [whole, setWhole] = useState(false);
  if (whole || all.length <= most) return children(all);
  return (
    <>
      {children(all.slice(0, most))}
      <p className="context">
        {words.shownOf(most, all.length)}{" "}
        <button type="button" className="quiet" onClick={() => setWhole(true)}>
          {words.showAll(all.length)}
        </button>
      </p>
    </>
  );
}

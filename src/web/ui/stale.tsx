import { words } from "../words.ts";

/** Says that what is shown is of the view before. */
export function Stale({ on }: { readonly on: boolean }) {
  return on ? <p className="stale-note">{words.stale}</p> : null;
}

import { type ReactNode, useDeferredValue } from "react";
import { CalmAddress, usePick } from "../state/store.ts";

/**
 * What takes the address only for its links: it is drawn anew when the page has time for it, so that an answer need not wait
 * for hundreds of links that nobody follows meanwhile.
 */
export function Calm({ children }: { readonly children: ReactNode }) {
  const { address } = usePick("address");
  return <CalmAddress value={useDeferredValue(address)}>{children}</CalmAddress>;
}

import { type RefObject, useEffect } from "react";

/** Where the drawer covers the whole page, as its style sheet has it. */
const COVERS = "(max-width: 40rem)";

/** While an element covers the page, nothing of what lies behind it can be reached: neither by Tab nor by a screen reader. */
export function useInertBehind(cover: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const own = cover.current;
    const shell = own?.parentElement;
    if (own === null || shell === null || shell === undefined) return;
    const covers = matchMedia(COVERS);
    const set = (inert: boolean) => {
      for (const child of shell.children) if (child instanceof HTMLElement && child !== own) child.inert = inert;
    };
    const apply = () => set(covers.matches);
    apply();
    covers.addEventListener("change", apply);
    // What comes to stand there later lies behind it too.
    const seen = new MutationObserver(apply);
    seen.observe(shell, { childList: true });
    return () => {
      seen.disconnect();
      covers.removeEventListener("change", apply);
      set(false);
    };
  }, [cover]);
}

import { useEffect } from "react";
import { go } from "../../state/session.ts";
import { useStore } from "../../state/store.ts";

/** Ctrl or ⌘ and E opens the text of the case at the page's own section, and shuts it. */
export function useTextKey(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { address, open } = useStore.getState();
      const asked =
        (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "e";
      if (!asked || open === undefined || address.room) return;
      event.preventDefault();
      go({ text: address.text === undefined ? "." : undefined });
      if (address.text !== undefined) document.getElementById("page")?.focus({ preventScroll: true });
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

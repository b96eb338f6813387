import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { usePick } from "../state/store.ts";
import { shareWords } from "../words/share.ts";
import "../styles/share.css";

const SharePanel = lazy(() => import("./share-panel.tsx"));

/** How the case is handed on: as a file, or as a link where it is small. */
export function ShareMenu() {
  const { address } = usePick("address");
  const [open, setOpen] = useState(false);
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || menu.current?.open !== true) return;
      menu.current.open = false;
      menu.current.querySelector("summary")?.focus();
    };
    const element = menu.current;
    element?.addEventListener("keydown", close);
    return () => element?.removeEventListener("keydown", close);
  }, []);
  return (
    <details
      className="view-menu share-menu"
      name="bar-menu"
      ref={menu}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{shareWords.share}</summary>
      <div className="popover">
        {address.room ? (
          <p>{shareWords.notInRoom}</p>
        ) : open ? (
          <Suspense fallback={<p>{shareWords.working}</p>}>
            <SharePanel />
          </Suspense>
        ) : null}
      </div>
    </details>
  );
}

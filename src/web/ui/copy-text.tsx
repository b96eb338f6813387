import { useState } from "react";
import { evidenceWords as words } from "../words/evidence.ts";

/** A text with a button that copies it; links of sources are shown so, and never followed by themselves. */
export function CopyText({ text }: { readonly text: string }) {
  const [done, setDone] = useState(false);
  return (
    <span className="copy-text">
      <code>{text}</code>{" "}
      <button
        type="button"
        className="quiet"
        aria-label={`${words.copy}: ${text}`}
        onClick={() => {
          void navigator.clipboard?.writeText(text).then(
            () => setDone(true),
            () => setDone(false),
          );
        }}
      >
        <span aria-live="polite">{done ? words.copied : words.copy}</span>
      </button>
    </span>
  );
}

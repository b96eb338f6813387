import { z } from "zod";
import { makeEditor } from "./editor.ts";
import type { EditorReply, EditorRequest } from "./editor-protocol.ts";

// The library would else try to compile checks, which a strict policy forbids.
z.config({ jitless: true });

const scope = globalThis as unknown as {
  onmessage: ((event: { readonly data: EditorRequest }) => void) | null;
  postMessage(reply: EditorReply): void;
};

const editor = makeEditor();

scope.onmessage = ({ data: { id, call, given } }) => {
  try {
    const answer = editor[call] as (given: unknown) => unknown;
    scope.postMessage({ id, back: answer(given) });
  } catch (error) {
    scope.postMessage({ id, broke: error instanceof Error ? error.message : String(error) });
  }
};

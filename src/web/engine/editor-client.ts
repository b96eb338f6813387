import type { EditorCall, EditorCalls, EditorReply, EditorRequest } from "./editor-protocol.ts";

/** The editor of the case that is open, in its worker; calls are answered in their order. */
export interface EditorClient {
  call<C extends EditorCall>(call: C, given: EditorCalls[C]["given"]): Promise<EditorCalls[C]["back"]>;
  close(): void;
}

export function openEditor(): EditorClient {
  const worker = new Worker(new URL("./editor-worker.ts", import.meta.url), { type: "module" });
  const waiting = new Map<number, { readonly done: (back: unknown) => void; readonly fail: (error: Error) => void }>();
  let last = 0;
  worker.onmessage = ({ data }: MessageEvent<EditorReply>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if ("broke" in data) asked?.fail(new Error(data.broke));
    else asked?.done(data.back);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    for (const { fail } of waiting.values()) fail(new Error(event.message));
    waiting.clear();
  };
  return {
    call: (call, given) =>
      new Promise((done, fail) => {
        last += 1;
        waiting.set(last, { done: done as (back: unknown) => void, fail });
        worker.postMessage({ id: last, call, given } satisfies EditorRequest);
      }),
    close: () => worker.terminate(),
  };
}

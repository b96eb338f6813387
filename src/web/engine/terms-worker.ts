import { z } from "zod";
import { openDesk, type TermsDesk } from "./terms-desk.ts";
import type { TermsReply, TermsRequest } from "./terms-protocol.ts";

// The library would else try to compile checks, which a strict policy forbids.
z.config({ jitless: true });

const scope = globalThis as unknown as {
  onmessage: ((event: { readonly data: TermsRequest }) => void) | null;
  postMessage(reply: TermsReply): void;
};

let desk: TermsDesk | undefined;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

scope.onmessage = ({ data }) => {
  if ("open" in data) {
    try {
      const opened = openDesk(data.open, data.look);
      desk = opened.desk;
      scope.postMessage(opened.desk === undefined ? { opened: false, why: opened.why } : { opened: true });
    } catch (error) {
      scope.postMessage({ opened: false, why: messageOf(error) });
    }
    return;
  }
  const { ask, call, given } = data;
  try {
    if (desk === undefined) throw new Error("no case is open");
    const answer = desk[call] as (given: unknown) => unknown;
    scope.postMessage({ ask, back: answer(given) });
  } catch (error) {
    scope.postMessage({ ask, broke: messageOf(error) });
  }
};

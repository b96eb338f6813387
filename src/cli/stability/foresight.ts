import type { Terminal } from "../terminal.ts";
import type { StabilitySubject } from "./target.ts";
export function foresight(_subject: StabilitySubject, _c: boolean): { contract: object; text(t: Terminal): string } {
  throw new Error("wip");
}

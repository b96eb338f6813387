import type { Snapshot } from "../../api/index.ts";
import { ParleyError, type Problem } from "../../core/problems/index.ts";

/** A refusal that brings the case as it is now. */
export class Refused extends ParleyError {
  readonly now: Snapshot | undefined;

  constructor(problems: readonly Problem[], now?: Snapshot) {
    super(problems);
    this.now = now;
  }
}

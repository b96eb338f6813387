import { ParleyError } from "../core/problems/index.ts";

/** Refuses an option that does nothing beside what else was given. @throws ParleyError always */
export function refuse(option: string, why: string): never {
  throw ParleyError.of("usage", { detail: `invalid usage: ${option} cannot be given here: ${why}`, hint: undefined });
}

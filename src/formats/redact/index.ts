export type { Left } from "./left.ts";
export type { Redacted } from "./redact.ts";
export { redact } from "./redact.ts";
export type { Rule } from "./rules.ts";
export { DEFAULT_RULES, RULES, WITHHELD } from "./rules.ts";

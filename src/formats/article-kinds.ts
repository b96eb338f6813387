import type { Kind } from "../reader/index.ts";

/** The kinds that a sentence may be read as, in the order in which a person is asked. */
export const ARTICLE_KINDS: readonly Kind[] = ["fact", "cause", "position", "forecast", "proposal"];

import type { Reading } from "../reader/index.ts";
import type { Drafts } from "./drafts.ts";
import { yamlOf } from "./drafts.ts";

/** Parties that a new case lists at most, the most named first. */
const MOST_PARTIES = 12;

/** The actors of a text that become parties of a new case: those that more than one sentence names, or all of few. */
export function partiesOf({ actors }: Reading): ReadonlySet<string> {
  const often = actors.filter(({ mentions }) => mentions > 1);
  return new Set((often.length > 1 ? often : actors).slice(0, MOST_PARTIES).map(({ id }) => id));
}

/**
 * A whole case from one text: its source, the parties found, a hint of a question, and the drafts. It passes
 * `parley check` as it stands.
 */
export function newCase(reading: Reading, drafts: Drafts, title: string): string {
  const listed = partiesOf(reading);
  const parties = Object.fromEntries(
    reading.actors
      .filter(({ id }) => listed.has(id))
      .map(({ id, name, kind, aliases }) => [
        id,
        {
          name: name.slice(0, 500),
          ...(aliases.length > 0 ? { aliases: aliases.slice(0, 20) } : {}),
          ...(kind === undefined ? {} : { kind }),
        },
      ]),
  );
  const [one = "one side", other = "the other"] = Object.values(parties).map(({ name }) => name);
  const year = Number(reading.published?.text.slice(0, 4) ?? "2025") + 1;
  const head = yamlOf(
    {
      case: {
        parley: 1,
        title: (reading.title ?? title).slice(0, 500),
        ...(reading.published === undefined ? {} : { asOf: reading.published.text }),
      },
    },
    0,
    2,
  );
  const lines = [
    "# Drafted by parley read. Every claim below is a draft: it weighs nothing until you change its status.",
    "# For each: put it in your own words, check kind and parties, give credibility (1 to 6), say which question it",
    "# bears on and why, and write status: accepted. Remove what is no claim.",
    // The entries of a mapping one step in, taken out of it.
    ...head
      .split("\n")
      .slice(1)
      .map((line) => line.slice(2)),
    "sources:",
    yamlOf({ [drafts.source]: drafts.sourceEntry }, 2, 2),
    ...(Object.keys(parties).length > 0 ? ["parties:", yamlOf(parties, 2, 2)] : []),
    "# What do you want to know? For example:",
    "# questions:",
    "#   talks:",
    `#     text: ${oneLine(`Will ${one} and ${other} hold direct talks by the end of ${year}?`)}`,
    "#     event: talks",
    `#     by: ${year}-12-31`,
    "#     prior: 0.2 to 0.4",
    "#     because: of ten wars of its kind, two to four saw talks within a year",
    "# and then in a claim: how many times likelier it is where talks come, by whose judgement and why",
    "#     bears: {talks: 1.5 to 3}",
    "#     encoded: {by: your name, because: costs that both sides feel make a bargain worth more}",
    "",
    ...(Object.keys(drafts.claims).length > 0 ? ["claims:", yamlOf(drafts.claims, 2, 2)] : []),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").slice(0, 200);
}

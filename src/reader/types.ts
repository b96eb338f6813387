import type { CalendarDate } from "../core/dates/index.ts";

/** What a sentence does in an argument. A case's claims have one kind more, ascribed motives, which a person must see. */
export type Kind = "fact" | "cause" | "position" | "forecast" | "proposal";

/** Which way a sentence leans: towards talks, away from them, or neither. A suggestion, made from words alone. */
export type Direction = "driver" | "obstacle" | "neither";

/** A part of a text that a person sees as a unit. Headings and captions have no number; the others count from 1. */
export interface Block {
  readonly kind: "paragraph" | "heading" | "item" | "quote" | "caption";
  readonly text: string;
}

/** A text as its format gives it: what it says of itself, and its parts in order. */
export interface SourceText {
  readonly title?: string | undefined;
  readonly by?: string | undefined;
  readonly publisher?: string | undefined;
  /** Date of publication as the file itself gives it. */
  readonly published?: CalendarDate | undefined;
  readonly url?: string | undefined;
  readonly blocks: readonly Block[];
}

/** A party that texts may name, by its name and its other names. */
export interface KnownParty {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
}

/** Someone or something that acts in a text. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly kind: "state" | "coalition" | "organisation" | "movement" | "person" | undefined;
  /** Other names by which this text calls it. */
  readonly aliases: readonly string[];
  /** Sentences that name it. */
  readonly mentions: number;
}

export interface FoundDate {
  /** As the text has it: `since September`. */
  readonly text: string;
  /** ISO 8601, as precise as the text is; null where it hangs on a date of publication that is not known. */
  readonly date: string | null;
  /** The end of a span such as a week, a season or a half of a year. */
  readonly until?: string | undefined;
  /** The word before it that says how it is meant: since, by, until, before, after, from. */
  readonly relation?: string | undefined;
  /** Whether the text itself gives the year; else it was worked out from the date of publication. */
  readonly stated: boolean;
}

export interface FoundQuantity {
  readonly text: string;
  /** In whole units: 235 billion dollars are 235000000000 USD. */
  readonly value: number;
  /** ISO 4217 for money, %, km, days, ... or the thing that is counted. */
  readonly unit: string;
  /** As the text has it: `over`, `at least`, `about`. */
  readonly comparator?: string | undefined;
  /** The time that a rate refers to: `day`, `week`, `month`, `year`. */
  readonly per?: string | undefined;
  /** As a case would write it: `235 billion USD`. */
  readonly notation: string;
}

/** The words that spoke for a kind and for each direction. */
export interface Cues {
  readonly kind: readonly string[];
  readonly driver: readonly string[];
  readonly obstacle: readonly string[];
}

/** A sentence that may become a claim, for a person to judge. */
export interface Candidate {
  readonly paragraph: number;
  readonly sentence: number;
  readonly sentenceText: string;
  readonly kind: Kind;
  /** Other kinds that the sentence has words for, strongest first. */
  readonly otherKinds: readonly Kind[];
  readonly actors: readonly string[];
  /** The parties that the actors are: identifiers of the case's parties where they were given. */
  readonly parties: readonly string[];
  /** Who speaks, where the sentence is a quotation or reports one. */
  readonly speaker?: string | undefined;
  readonly quoted: boolean;
  readonly dates: readonly FoundDate[];
  readonly quantities: readonly FoundQuantity[];
  readonly direction: Direction;
  readonly cues: Cues;
}

/** What reading a text came to. */
export interface Reading {
  readonly title: string | undefined;
  readonly by: string | undefined;
  readonly publisher: string | undefined;
  readonly url: string | undefined;
  readonly published: CalendarDate | undefined;
  readonly paragraphs: number;
  readonly sentences: number;
  /** False where the text does not look English: then only dates and quantities are found. */
  readonly english: boolean;
  readonly actors: readonly Actor[];
  readonly candidates: readonly Candidate[];
}

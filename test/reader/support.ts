import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDate } from "../../src/core/dates/index.ts";
import { readSource } from "../../src/formats/texts/text.ts";
import type { Candidate, Reading } from "../../src/reader/index.ts";
import { readText } from "../../src/reader/index.ts";
import { pdfOf } from "../support/pdf.ts";

/** What a person found in a text before the reader read it. */
export interface Expected {
  readonly published: string;
  readonly found: readonly { readonly at: string; readonly kind: string | readonly string[] }[];
  readonly optional: readonly string[];
  readonly noise: readonly string[];
  readonly absent?: readonly string[];
  readonly dates: readonly { readonly at: string; readonly date: string }[];
  readonly quantities: readonly {
    readonly at: string;
    readonly value: number;
    readonly unit: string;
    readonly comparator?: string;
  }[];
}

export const TEXTS = "test/reader/texts";

/** Reads one of the texts of the tests; the one on Ethiopia goes through a PDF of several pages. */
export async function readFixture(name: string): Promise<{ reading: Reading; expected: Expected }> {
  const bytes = readFileSync(join(TEXTS, name));
  const pdf = name.startsWith("ethiopia");
  const source = pdf
    ? await readSource(await pdfOf(bytes.toString("utf8"), { header: "Horn Papers No. 7" }), "ethiopia.pdf")
    : await readSource(bytes, name);
  const expected = JSON.parse(readFileSync(join(TEXTS, name.replace(/\.\w+$/, ".json")), "utf8")) as Expected;
  return { reading: readText(source), expected };
}

export const placeOf = ({ paragraph, sentence }: Candidate): string => `${paragraph}.${sentence}`;

/** Reads text of one or more paragraphs as published on a day. */
export function reading(text: string, date = "2025-02-12"): Reading {
  const blocks = text.split("\n").map((line) => ({ kind: "paragraph" as const, text: line }));
  return readText({ blocks }, { date: parseDate(date) });
}

/** The one candidate of a sentence. */
export function candidate(text: string, date?: string): Candidate {
  const { candidates } = reading(text, date);
  if (candidates.length !== 1 || candidates[0] === undefined)
    throw new Error(`${candidates.length} candidates: ${text}`);
  return candidates[0];
}

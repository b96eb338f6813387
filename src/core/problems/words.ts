import { assistantWords } from "./assistant-words.ts";
import { bundleWords } from "./bundle-words.ts";
import { clusterWords } from "./cluster-words.ts";
import { dataWords } from "./data-words.ts";
import { graphWords } from "./graph-words.ts";
import type { Severity } from "./problem.ts";
import { recordWords } from "./record-words.ts";
import { serverWords } from "./server-words.ts";
import { settingWords } from "./setting-words.ts";
import { survivalWords } from "./survival-words.ts";
import { workbenchWords } from "./workbench-words.ts";

/**
 * The words of every problem, in one place.
 *
 * Grammar of a message: `missing|invalid|unknown <thing>: <value>`, what was expected in brackets. The hint says how
 * to mend it. Values are cut to a readable length here, so that no caller has to.
 */
interface Worded {
  readonly message: string;
  readonly hint?: string | undefined;
  readonly severity?: Severity;
}

const didYouMean = (near: string | undefined): string | undefined =>
  near === undefined ? undefined : `did you mean ${cut(near)}?`;

/** A value as it may stand in a message: at most 60 characters. */
function cut(value: string | number): string {
  const text = String(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

function say(message: string, hint?: string, severity: Severity = "error"): Worded {
  return { message, hint, severity };
}

export const words = {
  // Files
  "file-not-found": ({ path, near }: { path: string; near?: string | undefined }) =>
    say(
      `missing file: ${cut(path)}`,
      didYouMean(near) ?? "give a case folder, a case.yaml, or the name of a bundled case",
    ),
  "case-file-missing": ({ path }: { path: string }) =>
    say(`missing case.yaml in folder: ${cut(path)}`, "a case is a folder with a case.yaml, or a single .yaml file"),
  "file-unreadable": ({ path, reason }: { path: string; reason: string }) =>
    say(`invalid file: ${cut(path)} cannot be read (${reason})`),
  "file-too-large": ({ size, limit }: { size: number; limit: number }) =>
    say(
      `invalid file: ${(size / 1e6).toFixed(1)} MB is too large (expected at most ${limit / 1e6} MB)`,
      "move long series into data files of their own",
    ),
  "file-not-text": ({ why }: { why: string }) => say(`invalid file: not text (${why})`, "a case is YAML text in UTF-8"),
  "file-empty": () =>
    say("missing content: the file is empty", "a case begins with the lines parley: 1 and title: ..."),
  "path-outside-folder": ({ path }: { path: string }) =>
    say(`invalid path: ${cut(path)} leads out of the case folder`, "keep the file inside the folder of the case"),
  "include-missing": ({ path }: { path: string }) => say(`missing included file: ${cut(path)}`),
  "include-nested": ({ path }: { path: string }) =>
    say(`invalid include: ${cut(path)} is itself included (expected includes in case.yaml only)`),
  "include-twice": ({ path }: { path: string }) => say(`invalid include: ${cut(path)} is included twice here`),

  // Texts to read
  "text-not-found": ({ path, near }: { path: string; near?: string | undefined }) =>
    say(
      `missing file: ${cut(path)}`,
      didYouMean(near) ?? "give a text, Markdown, HTML or PDF file, or - for standard input",
    ),
  "text-unreadable": ({ why }: { why: string }) =>
    say(`invalid text: ${why}`, "give plain text, Markdown, HTML or a PDF with text in it, of at most 20 MB"),
  "text-empty": () => say("missing text: there are no words in it", "give a text of at least a sentence"),
  "text-not-english": () =>
    say(
      "unknown language: the text does not look English; only its dates and quantities are read",
      "read an English translation to have kinds, actors and directions too",
      "warning",
    ),
  "text-undated": () =>
    say(
      "missing date of publication: dates such as last week are left open",
      "give it with --date, for example --date 2024-11",
      "warning",
    ),
  "text-without-date": () =>
    say(
      "missing date of publication: the case has no asOf",
      "give it with --date, for example --date 2024-11",
      "warning",
    ),
  "no-candidates": () =>
    say("missing candidates: no sentence states a fact, cause, position, forecast or proposal", undefined, "warning"),
  "source-there": ({ source }: { source: string }) =>
    say(
      `invalid source: ${cut(source)} is this text already`,
      "--again drafts its claims once more (of an assistant's tool: again)",
    ),
  "section-closed": ({ section }: { section: string }) =>
    say(
      `invalid layout: ${cut(section)} is written in braces, an alias or a value, to which no lines can be added`,
      "write its entries on lines of their own, indented below its name",
    ),
  "append-failed": () =>
    say("invalid layout: the drafts cannot be added without changing what the case holds", "nothing was written"),
  "bundled-case": ({ name }: { name: string }) =>
    say(`invalid target: ${cut(name)} is a case that ships with Parley`, "copy its folder and give the copy"),

  // YAML
  "yaml-syntax": ({ detail, hint }: { detail: string; hint?: string | undefined }) =>
    say(`invalid YAML: ${detail}`, hint),
  "yaml-unclosed": ({ mark }: { mark: string }) =>
    say(`invalid YAML: ${mark} is never closed`, `add the closing ${mark === "[" ? "]" : mark === "{" ? "}" : mark}`),
  "yaml-tab": () => say("invalid YAML: a tab in the indentation (expected spaces)", "replace tabs by two spaces each"),
  "duplicate-key": ({ key, line, file }: { key: string; line: number; file?: string | undefined }) =>
    say(
      `invalid key: ${cut(key)} stands twice (first in ${file === undefined ? "" : `${cut(file)} `}line ${line})`,
      "remove or rename one of them",
    ),
  "reserved-key": ({ key }: { key: string }) => say(`invalid key: ${cut(key)} is reserved`, "choose another name"),
  "key-not-text": () => say("invalid key: a list or mapping as a key (expected a word)"),
  "too-deep": ({ limit }: { limit: number }) => say(`invalid YAML: nested more than ${limit} levels deep`),
  "too-many-values": () =>
    say("invalid file: too many values (expected at most about 300 000)", "move series into data files of their own"),
  "too-many-aliases": () =>
    say("invalid YAML: aliases repeat too much content (expected at most 100 000 values)", "write the values out"),
  "unknown-alias": ({ name }: { name: string }) =>
    say(`unknown alias: *${cut(name)}`, `give the value the anchor &${cut(name)} above`),
  "alias-cycle": ({ name }: { name: string }) => say(`invalid alias: *${cut(name)} contains itself`),
  "several-documents": () => say("invalid YAML: more than one document (expected one)", "remove the line ---"),
  "unknown-tag": ({ tag }: { tag: string }) => say(`invalid tag: ${cut(tag)}`, "remove the tag; plain values suffice"),

  // Shape
  "not-a-mapping": ({ thing, got }: { thing: string; got: string }) =>
    say(`invalid ${thing}: ${got} (expected entries of the form name: ...)`),
  "unknown-key": ({ key, where, near }: { key: string; where: string; near?: string | undefined }) =>
    say(`unknown key: ${cut(key)} in ${where}`, didYouMean(near)),
  "unknown-section": ({ key, near }: { key: string; near?: string | undefined }) =>
    near === undefined
      ? say(`unknown section: ${cut(key)}`, "parley schema lists the sections")
      : say(`unknown section: ${cut(key)}`, didYouMean(near)),
  "section-not-known-yet": ({ key }: { key: string }) =>
    say(
      `unknown section: ${cut(key)} is not known to this version of Parley`,
      "it is left out of every answer",
      "warning",
    ),
  "missing-key": ({ key, where, expected }: { key: string; where: string; expected?: string | undefined }) =>
    say(`missing ${key} in ${where}${expected === undefined ? "" : ` (expected ${expected})`}`),
  "wrong-type": ({ thing, got, expected }: { thing: string; got: string; expected: string }) =>
    say(`invalid ${thing}: ${cut(got)} (expected ${expected})`),
  "invalid-value": (f: { thing: string; value: string | number; expected: string; near?: string | undefined }) =>
    say(`invalid ${f.thing}: ${cut(f.value)} (expected ${f.expected})`, didYouMean(f.near)),
  "invalid-identifier": ({ value }: { value: string }) =>
    say(
      `invalid identifier: ${cut(value)} (expected lower-case letters, digits and hyphens, a letter or digit first)`,
      didYouMean(asIdentifier(value)),
    ),
  "invalid-version": ({ value }: { value: string }) =>
    say(`invalid parley: ${cut(value)} (expected 1)`, "this version of Parley reads case files of format 1"),

  // Values
  "invalid-notation": (f: { thing: string; value: string; detail: string; hint?: string | undefined }) =>
    say(`invalid ${f.thing}: ${cut(f.value)} (${f.detail})`, f.hint),
  "unquoted-distribution": ({ name }: { name: string }) =>
    say(
      `invalid value: ${cut(name)}( is split at its commas inside { } or [ ]`,
      `quote the distribution: "${cut(name)}(...)"`,
    ),
  "distribution-cut": (f: { thing: string; value: string; range: string; outside: string }) =>
    say(
      `invalid tail: ${cut(f.value)} reaches out of ${f.range}, the range of ${f.thing}; the ${f.outside} outside are cut off`,
      "choose a distribution that stays inside, or accept the cut",
      "warning",
    ),
  "missing-unit": ({ thing, value, expected }: { thing: string; value: string; expected: string }) =>
    say(`missing unit: ${thing} ${cut(value)} (expected a value in ${expected})`),
  "unit-mismatch": ({ thing, unit, expected }: { thing: string; unit: string; expected: string }) =>
    say(`invalid unit: ${cut(unit)} in ${thing} (expected ${cut(expected)})`),
  "unit-unknown": ({ unit, near }: { unit: string; near: string }) =>
    say(`unknown unit: ${cut(unit)} is taken as a count of its own`, `did you mean ${near}?`, "warning"),
  "invalid-parameter": ({ name, value, expected }: { name: string; value: number | string; expected: string }) =>
    say(`invalid ${name}: ${cut(value)} (expected ${expected})`),

  // References
  "unknown-reference": (f: { kind: string; value: string; near?: string | undefined; known?: string | undefined }) =>
    say(`unknown ${f.kind}: ${cut(f.value)}`, didYouMean(f.near) ?? f.known),
  "unknown-option": (f: { value: string; issue: string; near?: string | undefined; known: string }) =>
    say(`unknown option: ${cut(f.value)} of issue ${cut(f.issue)}`, didYouMean(f.near) ?? `its options: ${f.known}`),
  "undeclared-group": ({ value }: { value: string }) =>
    say(
      `missing group: ${cut(value)} is not declared`,
      "declare it under groups:; until then its correlation is 0.5",
      "warning",
    ),
  "unknown-path": ({ path, near }: { path: string; near?: string | undefined }) =>
    say(`unknown path: ${cut(path)}`, didYouMean(near) ?? "a path names keys of the case, joined by dots"),
  "unset-path": ({ path, near }: { path: string; near?: string | undefined }) =>
    say(`unknown entry: ${cut(path)} is not in the case`, didYouMean(near) ?? "a reading changes what is there"),
  "path-not-yet": ({ path }: { path: string }) =>
    say(`unknown section: ${cut(path)} belongs to a section not known to this version`, "it is left out", "warning"),
  "paragraph-beyond": ({ source, paragraph, count }: { source: string; paragraph: number; count: number }) =>
    say(`invalid locator: ${cut(source)}#${paragraph} (the source has ${count} paragraphs)`),
  "self-reference": ({ kind, value }: { kind: string; value: string }) =>
    say(`invalid ${kind}: ${cut(value)} refers to itself`),

  // Time
  "published-after-as-of": ({ thing, date, asOf }: { thing: string; date: string; asOf: string }) =>
    say(
      `invalid ${thing}: published ${cut(date)}, after the case's asOf ${asOf}`,
      "leave it out, or mark it with hindsight: and the reason",
    ),
  "observed-after-as-of": ({ thing, date, asOf }: { thing: string; date: string; asOf: string }) =>
    say(
      `invalid ${thing}: dated ${cut(date)}, after the case's asOf ${asOf}`,
      "leave it out, or mark the series with hindsight: and the reason",
    ),
  "date-order": ({ thing, value, other }: { thing: string; value: string; other: string }) =>
    say(`invalid ${thing}: ${cut(value)} (expected a date after ${other})`),

  // Sense
  "weights-sum": ({ party, sum }: { party: string; sum: number }) =>
    say(
      `invalid weights: those of ${cut(party)} add up to ${round(sum)} (expected 1)`,
      "scale them so that they add up to 1",
    ),
  "unvalued-option": ({ option, issue, party }: { option: string; issue: string; party: string }) =>
    say(
      `missing value: ${cut(party)} gives none to option ${cut(option)} of issue ${cut(issue)}`,
      undefined,
      "warning",
    ),
  "unused-option": ({ option, issue }: { option: string; issue: string }) =>
    say(`missing value: no party values option ${cut(option)} of issue ${cut(issue)}`, undefined, "warning"),
  "cyclic-support": ({ cycle }: { cycle: string }) =>
    say(
      `invalid supports: a circle of claims that support one another: ${cycle}`,
      "break the circle at its weakest link",
    ),
  "prior-sum": ({ sum }: { sum: number }) => say(`invalid prior: its parts add up to ${round(sum)} (expected 1)`),
  "prior-incomplete": ({ question, hypothesis }: { question: string; hypothesis: string }) =>
    say(`missing prior: none for hypothesis ${cut(hypothesis)} of question ${cut(question)}`),
  "prior-for-many": ({ question, count }: { question: string; count: number }) =>
    say(
      `invalid prior: a single probability for ${cut(question)}, which has ${count} hypotheses`,
      "give a prior for each hypothesis: {h1: 0.5, h2: 0.3, ...}",
    ),
  "test-incomplete": () => say("missing comparison: the test has none of above, atLeast, below, atMost, between"),
  "test-order": ({ low, high }: { low: string; high: string }) =>
    say(`invalid between: ${cut(low)} and ${cut(high)} (expected the lower value first)`),
  "event-ahead": ({ date, asOf }: { date: string; asOf: string }) =>
    say(
      `invalid date: ${cut(date)} lies after the case's asOf ${asOf}`,
      "mark what is to come with kind: scheduled, or what was learned later with hindsight: and the reason",
    ),
  "weight-missing": ({ party, issue }: { party: string; issue: string }) =>
    say(`missing weight: ${cut(party)} weighs other issues, but not ${cut(issue)}`),
  "hypothesis-missing": ({ question, hypothesis }: { question: string; hypothesis: string }) =>
    say(`missing likelihood: none for hypothesis ${cut(hypothesis)} of question ${cut(question)}`),
  "ratio-for-many": ({ question, count }: { question: string; count: number }) =>
    say(
      `invalid weight: a single ratio for ${cut(question)}, which has ${count} hypotheses`,
      "give a likelihood for each hypothesis: {h1: 0.8, h2: 0.2, ...}",
    ),
  "observation-twice": ({ date }: { date: string }) => say(`invalid series: two observations for ${cut(date)}`),
  "series-both": () => say("invalid series: both file: and points: (expected one of them)"),
  "series-neither": () => say("missing series data: neither file: nor points:"),
  "reading-empty": ({ reading }: { reading: string }) =>
    say(`missing set: the reading ${cut(reading)} changes nothing`, undefined, "warning"),
  "claim-weightless": ({ claim }: { claim: string }) =>
    say(`missing bears: the claim ${cut(claim)} bears on no question`, "it is shown and weighs nothing", "note"),
  "motive-weighed": ({ claim }: { claim: string }) =>
    say(
      `invalid weight: ${cut(claim)} ascribes a motive and bears on a question with nobody's encoding`,
      "add encoded: {by: ..., because: ...}, or remove bears:",
    ),
  "prior-missing": ({ question }: { question: string }) =>
    say(`missing prior: the question ${cut(question)} has none, so it gets no posterior`, undefined, "warning"),
  "interested-source": ({ source, claim }: { source: string; claim: string }) =>
    say(
      `invalid grade: ${cut(source)} is an interested party in ${cut(claim)}; its grade counts as C3 at most`,
      "a second source without an interest lifts the limit",
      "note",
    ),
  "no-provenance": ({ thing }: { thing: string }) =>
    say(`missing provenance: ${thing} has neither source: nor because:`, undefined, "note"),
  "unknown-hypothesis": ({ value, question, near }: { value: string; question: string; near?: string | undefined }) =>
    say(`unknown hypothesis: ${cut(value)} of question ${cut(question)}`, didYouMean(near)),

  // Data files
  "csv-syntax": ({ detail }: { detail: string }) => say(`invalid CSV: ${detail}`),
  "csv-column": ({ column, found }: { column: string; found: string }) =>
    say(`missing column: ${column}`, `the file's columns: ${found}`),
  "csv-date": ({ value }: { value: string }) =>
    say(`invalid date: ${cut(value)} (expected ISO 8601, such as 2024-11-28)`),
  "csv-number": ({ value }: { value: string }) => say(`invalid number: ${cut(value)} (expected digits with a point)`),

  // What is negotiated
  "missing-value": ({ option, issue, party }: { option: string; issue: string; party: string }) =>
    say(`missing value: ${cut(party)} gives none to option ${cut(option)} of issue ${cut(issue)}`),
  "weights-zero": ({ party }: { party: string }) =>
    say(
      `invalid weights: all weights of ${cut(party)} are 0, so that every package is worth the same to it`,
      "give the issues that matter to it a weight above 0",
    ),
  "too-few-parties": ({ count }: { count: number }) =>
    say(`invalid number of parties: ${count} (expected at least 2)`, "a negotiation needs at least two parties"),
  "nobody-accepts": () =>
    say("missing acceptance: nobody is required to accept", "mark those who must agree with accepts: required"),
  "nothing-feasible": () =>
    say("invalid exclusions: they leave no package at all", "remove an exclusion, or narrow its options"),

  "needs-solver": () =>
    say(
      "invalid domain: its issues are too entangled to be taken apart, and its packages too many to enumerate",
      "give a solver of mixed-integer programs",
    ),

  ...graphWords(say, cut, didYouMean),
  ...survivalWords(say, cut),
  ...recordWords(say, cut, didYouMean),
  ...dataWords(say, cut, didYouMean),
  ...clusterWords(say, cut),
  ...workbenchWords(say, cut, didYouMean),
  ...assistantWords(say, cut),
  ...bundleWords(say, cut),
  ...serverWords(say, cut),
  ...settingWords(say, cut, didYouMean),

  // Command line
  usage: ({ detail, hint }: { detail: string; hint?: string | undefined }) => say(detail, hint),
  "invalid-option": ({ option, value, expected }: { option: string; value: string; expected: string }) =>
    say(`invalid ${option}: ${cut(value)} (expected ${expected})`),
  "write-failed": ({ path, reason }: { path: string; reason: string }) =>
    say(`invalid target: ${cut(path)} cannot be written (${reason})`),
  "too-many-problems": ({ count }: { count: number }) =>
    say(`and ${count} more problems, not listed`, "mend these first", "note"),
  internal: ({ detail }: { detail: string }) =>
    say(`an error of Parley's own: ${detail}`, "please report it with the case, or a case that shows it"),
} as const satisfies Record<string, (facts: never) => Worded>;

export type ProblemCode = keyof typeof words;
export type ProblemArguments<C extends ProblemCode> = Parameters<(typeof words)[C]> extends [infer A] ? A : undefined;

/** An identifier made of any text, or undefined where nothing is left: `Black Sea` gives `black-sea`. */
function asIdentifier(text: string): string | undefined {
  const folded = text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return folded === "" || folded === text ? undefined : folded;
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

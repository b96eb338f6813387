import type { Severity } from "./problem.ts";

/** A problem's sentence and hint, made by words.ts. */
type Say<W> = (message: string, hint?: string, severity?: Severity) => W;

/** The words of problems with forecasts, their resolutions and their scores, and with the file that keeps them. */
export function recordWords<W>(
  say: Say<W>,
  cut: (value: string | number) => string,
  didYouMean: (near?: string) => string | undefined,
) {
  return {
    // Forecasts
    "forecast-sum": ({ question, by, sum }: { question: string; by: string; sum: number }) =>
      say(
        `invalid probabilities: those of ${cut(by)} for ${cut(question)} add up to ${Math.round(sum * 1e6) / 1e6} (expected 1)`,
        "the hypotheses of a question exclude one another, and one of them comes true",
      ),
    "forecast-gap": ({ question, by, hypothesis }: { question: string; by: string; hypothesis: string }) =>
      say(
        `missing probability: ${cut(by)} gives none to ${cut(hypothesis)} of question ${cut(question)}`,
        "give each hypothesis one, 0 included",
      ),
    "forecast-probability": ({ question, by, value }: { question: string; by: string; value: number }) =>
      say(`invalid probability: ${value}, of ${cut(by)} for ${cut(question)} (expected 0..1)`),
    "forecast-quantiles": ({ question, by, detail }: { question: string; by: string; detail: string }) =>
      say(
        `invalid quantiles: those of ${cut(by)} for ${cut(question)} ${detail}`,
        "levels rise strictly from above 0 to below 1, and values never fall",
      ),
    "forecast-ensemble": ({ question, by, detail }: { question: string; by: string; detail: string }) =>
      say(`invalid ensemble: that of ${cut(by)} for ${cut(question)} ${detail}`),
    "forecast-kind": ({ question, by, expected }: { question: string; by: string; expected: string }) =>
      say(`invalid forecast: that of ${cut(by)} for ${cut(question)} is of another kind (expected ${expected})`),
    "forecast-question": ({ question, value, near }: { question: string; value: string; near?: string | undefined }) =>
      say(`invalid forecast: it answers ${cut(value)} (expected ${cut(question)})`, didYouMean(near)),
    "forecast-late": ({ question, by, on, end, what }: LateFacts) =>
      say(
        `invalid date: ${on} of a forecast by ${cut(by)} lies after the ${what} of ${cut(question)} on ${end}`,
        "a forecast that is made when the answer may be known is none",
      ),
    "forecast-none": ({ question }: { question: string }) =>
      say(`missing forecasts: nobody has forecast ${cut(question)} in time`),
    "question-shape": ({ question, detail }: { question: string; detail: string }) =>
      say(`invalid question: ${cut(question)} ${detail}`),
    "resolution-kind": ({ question, expected }: { question: string; expected: string }) =>
      say(`invalid resolution: that of ${cut(question)} is of another kind (expected ${expected})`),
    "resolution-early": ({ question, on, opened }: { question: string; on: string; opened: string }) =>
      say(`invalid date: ${on} of the resolution of ${cut(question)} lies before its opening on ${opened}`),
    "nothing-resolved": () =>
      say(
        "missing resolutions: no question that was forecast is resolved yet",
        "parley resolve CASE QUESTION OUTCOME says how one came out",
      ),

    // The file that keeps them
    "record-line": ({ detail }: { detail: string }) =>
      say(`invalid entry: ${detail}`, "each line of a record is one JSON object; restore it from a copy or from git"),
    "record-version": ({ value }: { value: string }) =>
      say(
        `unknown format: ${cut(value)} (expected parley-record-1)`,
        "the entry may have been written by a later version",
      ),
    "record-changed": ({ hash }: { hash: string }) =>
      say(
        `invalid history: the entry follows one with hash ${hash.slice(0, 12)}, and no line above has it`,
        "a line above was changed, removed or moved after it was written; restore it from a copy or from git",
      ),
    "record-forked": ({ count }: { count: number }) =>
      say(
        `two histories: ${count} lines of the record are followed by none, as after a merge of branches`,
        "the next entry joins them",
        "note",
      ),
    "record-backdated": ({ on, written }: { on: string; written: string }) =>
      say(
        `dated back: forecasts of ${on} were written down on ${written}`,
        "such forecasts show how a model would have fared; they cannot show skill",
        "warning",
      ),
    "record-no-place": ({ target }: { target: string }) =>
      say(`invalid target: ${cut(target)} has no folder that a record could stand in`, "give a case folder or a file"),
    "record-bundled": ({ name }: { name: string }) =>
      say(
        `invalid target: ${cut(name)} ships with Parley, whose folder keeps no record`,
        "copy the case and give the copy, or name a file with --record FILE",
      ),
    "question-closed": ({ question, end, what }: { question: string; end: string; what: string }) =>
      say(`closed question: ${cut(question)} ${what} on ${end}`, undefined, "note"),
    "nothing-to-forecast": ({ detail }: { detail: string }) => say(`missing questions: ${detail}`),
    "question-reworded": ({ question, what }: { question: string; what: string }) =>
      say(
        `invalid question: ${cut(question)} had another ${what} when this was written`,
        what === "text"
          ? "see whether it still asks the same; what was said of it counts"
          : "such lines are left out of the scores",
        "warning",
      ),
    "question-gone": ({ question, near }: { question: string; near?: string | undefined }) =>
      say(
        `unknown question: ${cut(question)} is in the record and not in the case`,
        didYouMean(near) ?? "such lines are left out of the scores",
        "warning",
      ),
    "resolution-two": ({ question, one, other }: { question: string; one: string; other: string }) =>
      say(
        `invalid resolution: ${cut(question)} is ${cut(one)} in the record and ${cut(other)} in the case`,
        "mend resolutions: in the case, or resolve the question anew",
      ),
    "resolution-torn": ({ question, one, other }: { question: string; one: string; other: string }) =>
      say(
        `invalid resolution: ${cut(question)} is ${cut(one)} on one branch of the record and ${cut(other)} on another`,
        "parley resolve --again decides between them",
      ),
    "resolution-there": ({ question, outcome }: { question: string; outcome: string }) =>
      say(
        `invalid target: ${cut(question)} is resolved as ${cut(outcome)} already`,
        "--again resolves it anew; the former resolution stays in the record",
      ),
  };
}

export interface LateFacts {
  readonly question: string;
  readonly by: string;
  readonly on: string;
  readonly end: string;
  readonly what: string;
}

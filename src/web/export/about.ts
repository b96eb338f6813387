import type { Assessment } from "../../assess/index.ts";
import { AS_CODED } from "../../assess/index.ts";
import { type Address, formatAddress } from "../state/address.ts";
import { figureWords } from "../words/figure.ts";
import { commandOf } from "./command.ts";

/** What goes with a figure wherever it is taken, so that it can be read, checked and made again. */
export interface About {
  readonly title: string;
  readonly caseTitle: string;
  readonly asOf: string | undefined;
  readonly reading: string;
  readonly seed: number;
  readonly version: string;
  readonly hash: string;
  /** Definitions, runs and errors, the range over readings: what the figure itself says of its numbers. */
  readonly context: string;
  /** Where its reasons are found. */
  readonly because: string;
  readonly command: string;
  readonly room: boolean;
}

/** Gathers it from the assessment that the figure shows and the view that it was asked for. */
export function aboutOf(
  title: string,
  context: string,
  assessment: Assessment,
  address: Address,
  caseName: string,
  because?: string,
): About {
  const { title: caseTitle, asOf, hash } = assessment.case;
  return {
    title,
    caseTitle,
    asOf: asOf ?? undefined,
    reading: assessment.reading.id === null ? AS_CODED : assessment.reading.name,
    seed: assessment.seed,
    version: assessment.parley,
    hash,
    context,
    because: formatAddress({ ...address, edit: undefined, text: undefined, because, faults: [] }),
    command: commandOf(address, caseName),
    room: address.room,
  };
}

/** It all as names and values, in the order in which a reader asks. */
export function factsOf(about: About): readonly (readonly [name: string, value: string])[] {
  const names = figureWords.facts;
  return [
    [names.title, about.title],
    [names.case, about.caseTitle],
    ...(about.asOf === undefined ? [] : [[names.asOf, about.asOf] as const]),
    [names.reading, about.reading],
    [names.seed, String(about.seed)],
    [names.version, about.version],
    [names.hash, about.hash],
    [names.context, about.context],
    [names.because, about.because],
    [names.command, about.command],
    ...(about.room ? [[names.room, figureWords.redacted] as const] : []),
    [names.status, figureWords.notPrediction],
  ];
}

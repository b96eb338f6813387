import { rmSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { parseDate } from "../../core/dates/index.ts";
import { nearest, oneLine, ParleyError } from "../../core/problems/index.ts";
import {
  type AddOptions,
  addData,
  addressOf,
  type DateForm,
  Draft,
  dataFolder,
  download,
  ENCODINGS,
  LAYOUT_IDS,
  type Manifest,
  MOST_BYTES,
} from "../../ingest/data/index.ts";
import { onInterrupt } from "../interrupt.ts";
import { EXIT, Exit, type Output } from "../output.ts";
import { renderAdded } from "../render/data.ts";

export interface AddVerbOptions {
  readonly as?: string;
  readonly name?: string;
  readonly release?: string;
  readonly published?: string;
  readonly producer?: string;
  readonly terms?: string;
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly dates?: string;
  readonly dropMalformed?: boolean;
  readonly again?: boolean;
  readonly reader?: string;
  readonly download?: boolean;
  readonly maxSize?: string;
}

const DELIMITERS: Readonly<Record<string, string>> = { ",": ",", ";": ";", "|": "|", tab: "\t", "\\t": "\t" };

/** `parley data add FILE`. */
export async function addFile(file: string, options: AddVerbOptions, output: Output): Promise<void> {
  const { maxSize } = options;
  const wanted: AddOptions = {
    ...options,
    as: oneOf("--as", options.as, LAYOUT_IDS),
    published: dateOf("--published", options.published),
    delimiter: DELIMITERS[oneOf("--delimiter", options.delimiter, Object.keys(DELIMITERS)) ?? ","],
    encoding: oneOf("--encoding", options.encoding?.toLowerCase(), ENCODINGS),
    dates: oneOf<DateForm>("--dates", options.dates, ["iso", "dmy", "mdy", "named"]),
    reader: oneOf("--reader", options.reader, ["plain", "duckdb"] as const),
  };
  const mostBytes = maxSize === undefined ? MOST_BYTES : Number(maxSize) * 1e6;
  if (!(mostBytes > 0)) {
    throw ParleyError.of("invalid-option", { option: "--max-size", value: maxSize ?? "", expected: "megabytes" });
  }
  const stop = new AbortController();
  const silence = onInterrupt(() => stop.abort(), ["SIGINT", "SIGTERM"]);
  const progress = new Progress(output);
  try {
    const content = isAddress(file)
      ? await addFrom(file, { ...wanted, signal: stop.signal }, options.download === true, mostBytes, progress, output)
      : await addData(dataFolder(), file, {
          ...wanted,
          signal: stop.signal,
          progress: (rows) => progress.say(`${rows} rows`),
        });
    progress.clear();
    output.printJson({ ok: true, folder: dataFolder(), ...content });
    output.print(renderAdded(content, output.terminal));
  } catch (error) {
    progress.clear();
    if (stop.signal.aborted && !(error instanceof ParleyError)) {
      output.note("stopped; nothing was registered");
      throw new Exit(EXIT.interrupted);
    }
    throw error;
  } finally {
    silence();
  }
}

function isAddress(file: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(file);
}

/** Downloads a file after consent, registers it, and keeps nothing of the download itself. */
async function addFrom(
  from: string,
  wanted: AddOptions,
  agreed: boolean,
  mostBytes: number,
  progress: Progress,
  output: Output,
): Promise<Manifest> {
  const { host } = addressOf(from);
  if (!agreed && !(await consents(host, mostBytes, output))) {
    throw ParleyError.of("download-refused", {
      why: `nobody agreed to download from ${host}`,
      hint: "--download says that you do; nothing was registered",
    });
  }
  const folder = dataFolder();
  const draft = new Draft(folder);
  try {
    const { signal } = wanted;
    const got = await download(from, draft.scratch, {
      mostBytes,
      ...(signal === undefined ? {} : { signal }),
      progress: (bytes, of) => progress.say(`${megabytes(bytes)}${of === undefined ? "" : ` of ${megabytes(of)}`}`),
    });
    progress.clear();
    return await addData(folder, got.path, { ...wanted, called: got.name, url: got.url });
  } finally {
    rmSync(draft.path, { recursive: true, force: true });
  }
}

async function consents(host: string, mostBytes: number, output: Output): Promise<boolean> {
  if (process.stdin.isTTY !== true || output.json) return false;
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await ask.question(`Download from ${oneLine(host)}, at most ${megabytes(mostBytes)}? [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    ask.close();
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

/** How far something is, on one line of a terminal, a few times a second. */
class Progress {
  readonly #shown: boolean;
  #last = 0;
  #length = 0;

  constructor(output: Output) {
    this.#shown = process.stderr.isTTY === true && !output.json;
  }

  say(text: string): void {
    const now = performance.now();
    if (!this.#shown || now - this.#last < 200) return;
    this.#last = now;
    process.stderr.write(`\r${text.padEnd(this.#length)}`);
    this.#length = text.length;
  }

  clear(): void {
    if (this.#length > 0) process.stderr.write(`\r${" ".repeat(this.#length)}\r`);
    this.#length = 0;
  }
}

/** One of the words that an option takes. @throws ParleyError invalid-option with a near miss */
export function oneOf<T extends string>(option: string, value: string | undefined, words: readonly T[]): T | undefined {
  if (value === undefined) return undefined;
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  const near = nearest(value, words);
  throw ParleyError.of("usage", {
    detail: `invalid ${option}: ${oneLine(value)} (expected ${words.join(", ")})`,
    hint: near === undefined ? "nothing was written" : `did you mean ${near}?`,
  });
}

/** A date as it is written. @throws ParleyError invalid-option */
export function dateOf(option: string, value: string | undefined): string | undefined {
  if (value === undefined || parseDate(value) !== undefined) return value;
  throw ParleyError.of("invalid-option", { option, value, expected: "an ISO 8601 date such as 2024-11-28 or 2024-11" });
}

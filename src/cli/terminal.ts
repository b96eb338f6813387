import pc from "picocolors";

/** What a terminal, a pipe or a file can show. */
export interface Terminal {
  /** Columns to write in. */
  readonly width: number;
  /** Whether more than ASCII can be shown. */
  readonly unicode: boolean;
  readonly style: Readonly<Record<"bold" | "dim" | "good" | "bad" | "warn" | "accent", (text: string) => string>>;
}

const MAX_WIDTH = 100;

/** Reads what standard output can show; colours and Unicode only on a terminal that has them, NO_COLOR honoured. */
export function detectTerminal(
  stream: { readonly isTTY?: boolean; readonly columns?: number } = process.stdout,
  env: NodeJS.ProcessEnv = process.env,
): Terminal {
  const tty = stream.isTTY === true;
  const colours = tty && !env["NO_COLOR"] && env["TERM"] !== "dumb";
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  const utf8 = /utf-?8/i.test(locale) || env["WT_SESSION"] !== undefined || env["TERM_PROGRAM"] !== undefined;
  const unicode = tty && env["TERM"] !== "dumb" && env["TERM"] !== "linux" && utf8;
  const { bold, dim, green, red, yellow, cyan } = pc.createColors(colours);
  return {
    width: Math.max(40, Math.min(stream.columns ?? 80, MAX_WIDTH)),
    unicode,
    style: { bold, dim, good: green, bad: red, warn: yellow, accent: cyan },
  };
}

const ASCII: Readonly<Record<string, string>> = {
  "“": '"',
  "”": '"',
  "‘": "'",
  "’": "'",
  "–": "-",
  "—": "-",
  "−": "-",
  "…": ".",
  "·": "-",
  "→": "->",
  "≥": ">=",
  "≤": "<=",
  "×": "x",
  "±": "+/-",
  "¶": "par. ",
  "⏎": " ",
  "²": "2",
  "\u00a0": " ",
  "\u2009": " ",
  "\u202f": " ",
};

/** Text as a terminal can show it: marks that are not ASCII are written with ASCII where Unicode is not to be had. */
export function plain(text: string, { unicode }: Terminal): string {
  if (unicode) return text;
  return text.replaceAll(/[^\n\x20-\x7e]/g, (character) => ASCII[character] ?? character);
}

/** The number of columns that a text takes, styles aside. */
export function columns(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the styles of a terminal begin with ESC.
  return [...text.replaceAll(/\u001b\[[0-9;]*m/g, "")].length;
}

/** Breaks text into lines of at most `width` columns at its spaces; words longer than a line stand alone. */
export function wrap(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ").filter((part) => part !== "")) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (columns(longer) > width - indent.length && line !== "") {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    lines.push(line);
  }
  return lines.map((line) => (line === "" ? "" : indent + line)).join("\n");
}

/** A text in exactly `width` columns, cut or filled up. */
export function pad(text: string, width: number, align: "left" | "right" = "left"): string {
  const size = columns(text);
  if (size > width) return `${[...text].slice(0, Math.max(0, width - 1)).join("")}…`;
  const fill = " ".repeat(width - size);
  return align === "left" ? text + fill : fill + text;
}

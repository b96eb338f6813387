import { readFileSync } from "node:fs";
import { reasonOf } from "../../case/folder.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { EXIT, Exit } from "../output.ts";

/** What a passphrase is asked of: a terminal's keys, and where it shows the question. */
export interface Asked {
  readonly input: Pick<NodeJS.ReadStream, "isTTY" | "on" | "off" | "pause" | "resume"> & {
    readonly setRawMode?: (raw: boolean) => unknown;
  };
  readonly output: { write(text: string): unknown };
}

const TERMINAL: Asked = { input: process.stdin, output: process.stderr };

/** Longest passphrase, in characters. */
const LONGEST = 1000;

/**
 * The passphrase in a file, or in standard input where the name is -: its one line.
 *
 * @throws ParleyError lock-passphrase, file-unreadable
 */
export function passphraseIn(file: string): string {
  let text: string;
  try {
    text = readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw ParleyError.of("file-unreadable", { path: file === "-" ? "standard input" : file, reason: reasonOf(error) });
  }
  return checked(text.replace(/^\ufeff/, "").replace(/\r?\n$/, ""));
}

function checked(passphrase: string): string {
  const refused = (why: string) => ParleyError.of("lock-passphrase", { why });
  if (passphrase === "") throw refused("it is empty");
  if (/[\r\n]/.test(passphrase)) throw refused("it has more than one line");
  if (passphrase.length > LONGEST) throw refused(`it has more than ${LONGEST} characters`);
  return passphrase;
}

/**
 * Asks for a passphrase on the terminal, which shows nothing of it; twice where it is a new one.
 *
 * @throws ParleyError lock-passphrase where there is no terminal, it is empty or the two differ; Exit at Ctrl-C
 */
export async function askPassphrase(isNew: boolean, terminal: Asked = TERMINAL): Promise<string> {
  if (terminal.input.isTTY !== true || terminal.input.setRawMode === undefined) {
    throw ParleyError.of("lock-passphrase", { why: "there is no terminal to ask for it on" });
  }
  // Before the question is there, so that nobody is faster; and over both, so that nothing shows between them.
  terminal.input.setRawMode(true);
  try {
    const first = checked(await line("Passphrase: ", terminal));
    if (isNew && (await line("The same again: ", terminal)) !== first) {
      throw ParleyError.of("lock-passphrase", { why: "the two are not the same" });
    }
    return first;
  } finally {
    terminal.input.setRawMode(false);
    terminal.input.pause();
  }
}

const [INTERRUPT, END, BACKSPACE, DELETE, CLEAR] = ["\u0003", "\u0004", "\b", "\u007f", "\u0015"];

/** One line of keys that are not shown. */
function line(question: string, { input, output }: Asked): Promise<string> {
  output.write(question);
  input.resume();
  return new Promise((done, fail) => {
    let typed: string[] = [];
    const decoder = new TextDecoder();
    const stop = () => {
      input.off("data", listen);
      output.write("\n");
    };
    const listen = (data: Uint8Array | string) => {
      for (const key of typeof data === "string" ? data : decoder.decode(data, { stream: true })) {
        if (key === INTERRUPT) {
          stop();
          fail(new Exit(EXIT.interrupted));
          return;
        }
        if (key === "\r" || key === "\n" || key === END) {
          stop();
          done(typed.join(""));
          return;
        }
        if (key === BACKSPACE || key === DELETE) typed.pop();
        else if (key === CLEAR) typed = [];
        else if (key >= " ") typed.push(key);
      }
    };
    input.on("data", listen);
  });
}

import type { Severity } from "./problem.ts";

/** A problem's sentence and hint, made by words.ts. */
type Say<W> = (message: string, hint?: string, severity?: Severity) => W;

const of = (entry: string | undefined): string => (entry === undefined ? "" : `: ${entry}`);

/** Why a bundle is not opened. */
const WHY = {
  "zip-broken": (entry: string | undefined) => `it is broken, or no zip archive${of(entry)}`,
  "zip-path": (entry: string | undefined) => `a path in it leads out of its folder${of(entry)}`,
  "zip-name": (entry: string | undefined) => `it holds a name that not every system can have${of(entry)}`,
  "zip-double": (entry: string | undefined) =>
    `it holds two files of one name, or of names that differ in capitals only${of(entry)}`,
  "zip-link": (entry: string | undefined) => `it holds a link${of(entry)}`,
  "zip-huge": () => "it unpacks to more than 60 MB",
  "zip-entry": (entry: string | undefined) =>
    `it holds a file that unpacks to more than a case's would, or than it declares${of(entry)}`,
  "zip-many": () => "it holds more than 2000 files",
  "zip-kind": (entry: string | undefined) =>
    `it is locked by zip's own means, in parts, of 64 bits, or packed in a way that is not read${of(entry)}`,
  "zip-changed": (entry: string | undefined) => `a file is not as its manifest says${of(entry)}`,
  "no-manifest": () => "it has no parley-manifest.json",
  "bad-manifest": (entry: string | undefined) => `its manifest cannot be used${of(entry)}`,
  "later-manifest": () => "a later version of Parley made it",
  "case-changed": () => "the case in it has another hash than its manifest says",
} as const;

const NEXT: Partial<Readonly<Record<keyof typeof WHY, string>>> = {
  "no-manifest": "parley pack makes bundles; unpack other archives with your own means, and look at what they hold",
  "later-manifest": "read it with that version",
};

/** The words of problems with cases that are packed, locked and unpacked. */
export function bundleWords<W>(say: Say<W>, cut: (value: string | number) => string) {
  return {
    "bundle-file": ({ path, why }: { path: string; why: string }) =>
      say(
        `invalid file: ${cut(path)} cannot be packed (${why})`,
        "give it another name or make it smaller; nothing was written",
      ),
    "bundle-refused": ({ file, why, entry }: { file: string; why: keyof typeof WHY; entry?: string | undefined }) =>
      say(
        `invalid bundle: ${cut(file)} is refused (${WHY[why](entry === undefined ? undefined : cut(entry))})`,
        NEXT[why] ?? "ask for it again; nothing of it was written",
      ),
    "bundle-there": ({ path, what }: { path: string; what: string }) =>
      say(
        `invalid target: ${cut(path)} ${what}`,
        "name a folder that is not there yet, or an empty one; nothing was written",
      ),
    "redact-failed": () =>
      say(
        "invalid case: what these rules leave of it would not be read as the same case",
        "leave a rule out, and please report it with a case that shows it; nothing was written",
      ),
    "lock-recipient": ({ value }: { value: string }) =>
      say(
        `invalid recipient: ${cut(value)} (expected a public key such as age1...)`,
        "age-keygen -y shows that of an identity file",
      ),
    "lock-mixed": () =>
      say(
        "invalid recipients: age1pq... beside age1... (expected one kind)",
        "a file that one of them opens is no safer from quantum computers than that one",
      ),
    "lock-identity": ({ file, why }: { file: string; why: string }) =>
      say(
        `invalid identity file: ${cut(file)} (${why})`,
        "it has lines such as AGE-SECRET-KEY-1..., as age-keygen writes them",
      ),
    "lock-passphrase": ({ why }: { why: string }) =>
      say(
        `invalid passphrase: ${why}`,
        "give it in a file of one line with --passphrase-file, or - for standard input",
      ),
    "lock-shut": ({ file, detail }: { file: string; detail: string }) =>
      say(`invalid key: ${cut(file)} does not open (${detail})`, "nothing of it was written"),
    "lock-unpack-first": ({ file }: { file: string }) =>
      say(`invalid target: ${cut(file)} is encrypted`, "parley unpack decrypts it into a folder"),
    "lock-needs-key": ({ file }: { file: string }) =>
      say(
        `missing key: ${cut(file)} is encrypted`,
        "give your identity file with --identity, or a passphrase with --passphrase-file or on a terminal",
      ),
  };
}

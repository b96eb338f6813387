import type { Refused } from "../cases/case-files.ts";

const plural = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;
const of = (entry: string | undefined): string => (entry === undefined ? "" : ` (${entry})`);

/** The words of sharing a case, of opening what was shared, and of the view for the room. */
export const shareWords = {
  share: "Share",
  file: "As a file",
  fileHelp: (name: string) =>
    `${name}: all files of the case with a manifest of their SHA-256. Whoever has it has all of the case. Drop it on the first page to open it.`,
  saveFile: "Save the file",
  saved: (name: string) => `Saved as ${name}.`,
  // Encrypted, in the age format
  encrypt: "As an encrypted file",
  encryptHelp:
    "In the age format: the first page of a workbench opens it, and so do parley unpack and age. What is in it cannot be read or changed without the secret; its name and size show.",
  encryptHow: "What opens it",
  withPassphrase: "A passphrase",
  forKeys: "The keys of its readers",
  passphrase: "Passphrase",
  onceMore: "The passphrase once more",
  notTheSame: "The two are not the same.",
  passphraseHelp:
    "Five random words or more. Nobody can open the file without it. Pass it on by another way than the file.",
  publicKeys: "Public keys, one a line",
  publicKeysHelp:
    "Those that begin with age1, as age-keygen shows them. Add your own, or you cannot open the file either.",
  saveEncrypted: "Save the encrypted file",
  encrypting: "Encrypting …",
  lockedHead: (name: string) => `${name} is encrypted`,
  lockedPassphrase: "Whoever sent it knows the passphrase.",
  lockedKeys: "It was encrypted for the keys of its readers. Give your secret key, or the file that it is in.",
  lockedKept:
    "It is opened in this browser, and the case is then kept in it, no longer encrypted, until you remove it.",
  lockedElsewhere: "It is encrypted: download it there, and drop it below.",
  secretKey: "Secret key",
  secretKeyLike: "AGE-SECRET-KEY-1…",
  publicKeyLike: "age1…",
  keyFile: "Choose a key file",
  unlock: "Open it",
  unlocking: "Opening it …",
  leaveShut: "Leave it shut",
  link: "As a link",
  linkHelp: "For small cases: the whole case stands in the address itself, and no server keeps it.",
  makeLink: "See what a link would hold",
  copyLink: "Copy the link",
  copied: "The link is copied.",
  cannotCopy: "The browser did not let it be copied; here it is:",
  tooLong: (length: number, most: number) =>
    `This case is too large for a link: it would take ${length.toLocaleString("en")} characters, and at most ${most.toLocaleString("en")} pass everywhere. Share it as a file.`,
  holds: (characters: number) => `The link has ${characters.toLocaleString("en")} characters and holds:`,
  sections: (titles: string) => `Sections: ${titles}.`,
  sources: (n: number) => (n === 0 ? "No sources." : `${plural(n, "source")} with what the case says of them.`),
  files: (names: string) => `Files: ${names}.`,
  leftBehind: (names: string) => `Not in it: ${names}.`,
  allOfIt: "Whoever has the link has all of this, and whoever passes it on cannot take it back.",
  notInRoom:
    "Nothing of the case is shared from the view for the room: a file or a link holds its sources and names. Leave that view first.",
  working: "Looking at what the case holds …",
  failed: (why: string) => `It could not be made: ${why}`,
  // The room
  room: "View for the room",
  roomHelp: "Hides sources, names and what is only inferred.",
  roomBar: "Redacted view:",
  roomHides:
    "sources and citations, names of authors and analysts, their reasons in prose, lines of the case, inferred positions, and what a party gets without agreement are left out here and in what is exported.",
  leaveRoom: "Leave it",
  // What a link holds
  linkTitle: "A case in a link",
  linkLead: (name: string) =>
    `This address holds a case that calls itself “${name}”. Nothing of it was fetched; nothing of it is kept yet.`,
  linkWarning: "Anyone can make such a link. What it says is its author's; Parley has not seen it.",
  openIt: "Open it",
  openAndKeep: "Open it and keep it in this browser",
  back: "All cases",
  brokenTitle: "This link holds no case",
  brokenLead: "It may have been cut when it was copied or sent. Ask for it again, or for the case as a file.",
  // Cases from other addresses
  elsewhere: (address: string) => `This address asks for a case from ${address}.`,
  elsewhereRefused:
    "The workbench fetches nothing from other hosts: its policy forbids it, and a page that loads what a link names would tell that host of you. Download the case there and drop it here.",
  elsewhereAsk: "It lies on the same server as this page. It is fetched only if you say so.",
  fetchIt: "Fetch it",
  notFetched: "There is nothing at that address, or it could not be read.",
};

const REFUSALS: Readonly<Record<Refused, (entry: string | undefined) => string>> = {
  "no-case": () => "There is no YAML file in what was dropped.",
  "too-large": () => "What was dropped is too large for a case.",
  unreadable: () => "What was dropped could not be read.",
  "zip-broken": (entry) => `The archive is broken or not a zip file${of(entry)}. Nothing of it was opened.`,
  "zip-path": (entry) => `The archive has a path that leads out of its folder${of(entry)}. Nothing of it was opened.`,
  "zip-double": (entry) =>
    `The archive holds two files of one name, or of names that differ in capitals only${of(entry)}. Nothing of it was opened.`,
  "zip-link": (entry) => `The archive holds a link to another file${of(entry)}. Nothing of it was opened.`,
  "zip-huge": () => "The archive unpacks to more than 60 MB, too much for a case. Nothing of it was opened.",
  "zip-entry": (entry) =>
    `The archive holds a file that unpacks to more than a text of a case would, or than it declares${of(entry)}. Nothing of it was opened.`,
  "zip-many": () => "The archive holds more than 2000 files. Nothing of it was opened.",
  "zip-kind": (entry) => `The archive is encrypted, in parts, or packed in a way that is not read here${of(entry)}.`,
  "zip-changed": (entry) =>
    `A file is not as the archive's manifest says${of(entry)}: it was changed after it was shared.`,
};

/** Why what was dropped is not opened. */
export const refusalWords = (refused: Refused, entry?: string): string => REFUSALS[refused](entry);

import type { TeamRole } from "../state/team.ts";

/** Words of the workbench on a team server: signing in, workspaces, accounts. */

const plural = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;

export const ROLE_WORDS: Readonly<Record<TeamRole, { readonly name: string; readonly may: string }>> = {
  reader: { name: "reader", may: "may read" },
  commenter: { name: "commenter", may: "may read and comment" },
  editor: { name: "editor", may: "may read, comment and change cases" },
  owner: { name: "owner", may: "may do all of this and decides who is here" },
};

export const teamWords = {
  lost: "The server does not answer. Nothing was changed; try again.",
  loading: "Asking the server …",
  again: "Try again",
  close: "Close",
  cancel: "Cancel",
  save: "Save",
  saved: "Saved.",
  copy: "Copy",
  copied: "Copied",
  never: "never",
  deleteSure: "I mean it",
  you: "you",
  // Signing in
  signIn: "Sign in",
  signInLead: "This is a workbench of a team. Sign in to see its cases.",
  signInForCase: "There is no such case here for who has not signed in.",
  email: "E-mail address",
  password: "Password",
  name: "Your name",
  withPasskey: "Sign in with a passkey",
  withOidc: (name: string) => `Sign in with ${name}`,
  or: "or",
  signingIn: "Signing in …",
  signOut: "Sign out",
  bundledHere: "Cases that come with Parley",
  bundledHelp: "These can be read without an account.",
  passkeyStopped: "The passkey was not used. Try again, or sign in with your password.",
  // Set-up
  setUp: "Set up this server",
  setUpLead:
    "Nobody has an account here yet. Whoever makes the first one looks after the server. The server printed a code when it was started; it shows that you are who started it.",
  setUpCode: "Code that the server printed",
  setUpWorkspace: "Name of the first workspace",
  setUpWorkspaceHelp: "A workspace holds the cases of one team. Others can be made later.",
  passwordHelp: "Twelve characters or more; four or more words that do not belong together make a good one.",
  setUpDo: "Make the account",
  // Invitation
  invitation: "An invitation",
  invitationTo: (workspace: string, role: string) => `You are invited to the workspace “${workspace}” as ${role}.`,
  invitationFor: (email: string) => `It is for ${email}.`,
  invitationNone: "This invitation cannot be used",
  invitationNoneHelp: "It may have been used, withdrawn or have expired. Ask whoever sent it for another one.",
  accept: "Accept",
  acceptAs: (name: string) => `Accept as ${name}`,
  acceptNew: "Make an account and accept",
  acceptOther: "Have you an account already? Sign in first, then open the invitation once more.",
  // The gallery
  workspaces: "Workspaces",
  galleryLead: "Cases of your team. Every save is a version; who may read and change them is up to each workspace.",
  noWorkspace: "You are not a member of a workspace yet. Ask somebody who owns one for an invitation.",
  noCases: "No cases here yet.",
  newCase: "New case",
  newWorkspace: "New workspace",
  workspaceName: "Name of the workspace",
  make: "Make it",
  settings: "Members and settings",
  restricted: "restricted",
  restrictedHelp: "Only its own members and the owners of the workspace see it.",
  versionAt: (version: number, when: string) => `version ${version}, ${when}`,
  ofParley: "Cases that come with Parley",
  sharedWithYou: "Shared with you",
  inBrowser: "Kept in this browser alone",
  into: "Workspace",
  intoHelp: "Its members will see the case.",
  intoNone: "You may not make cases in any workspace; this one is kept in your browser alone.",
  // Account menu
  account: "Account",
  accountOf: (name: string) => `Account of ${name}`,
  runs: "Long runs",
  people: "Accounts",
  // Time
  cases: (n: number) => plural(n, "case"),
} as const;

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** How long ago a moment was, or how long it is until then, in words. */
export function ago(at: string, now = Date.now()): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) return format.format(Math.round(seconds / length), unit);
  }
  return "just now";
}

/** A moment as it is written out. */
export const moment = (at: string): string =>
  new Date(at).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" });

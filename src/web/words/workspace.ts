import type { components } from "../team/api.d.ts";

/** Words of a workspace: its members, invitations and log. */
export const workspaceWords = {
  workspace: "Workspace",
  none: "There is no such workspace here for you",
  yourRole: (name: string, may: string) => `Your role here is ${name}, who ${may}.`,
  members: "Members",
  since: "since",
  suspended: "suspended",
  roleOf: (name: string) => `Role of ${name}`,
  remove: "Remove",
  removeOf: (name: string) => `Remove ${name}`,
  removeAsk: (name: string) => `Remove ${name}?`,
  leave: "Leave",
  leaveAsk: "Leave this workspace?",
  invite: "Invite somebody",
  inviteHelp: "You get a link, once. Send it to whom it is for; it can be used once, within seven days.",
  inviteEmail: "E-mail address (empty: whoever has the link)",
  inviteRole: "Role of who is invited",
  as: "as",
  makeLink: "Make the link",
  invitationLink: "Link of the invitation",
  linkOnce: "The link is shown this once. Whoever has it can use it.",
  open: "Open invitations",
  anybody: "whoever has the link",
  by: (name: string) => `by ${name},`,
  until: "good until",
  revoke: "Take back",
  revokeOf: (who: string) => `Take back the invitation of ${who}`,
  log: "Log",
  logHelp: "Who did what, newest first. It holds no texts and no titles, and nobody can change it.",
  server: "the server",
  gone: "somebody whose account is gone",
  older: "Show older ones",
  change: "Name and deletion",
  deleteIt: "Delete this workspace",
  deleteHelp: "All its cases go with it, with their versions and comments, for good.",
  deleteName: (name: string) => `To delete it, write its name: ${name}`,
} as const;

/** Every deed that the log tells of. */
const DEEDS: Readonly<Record<components["schemas"]["Action"], string>> = {
  "account.deleted": "deleted their account",
  "account.email": "changed their e-mail address",
  "account.keeper": "changed who looks after the server",
  "account.made": "made an account",
  "account.name": "changed their name",
  "account.password": "changed their password",
  "account.tied": "tied their account to an identity provider",
  "account.suspended": "suspended an account, or let it in again",
  "assessment.made": "assessed a case",
  "case.deleted": "deleted a case",
  "case.made": "made a case",
  "case.member": "changed somebody's role on a case",
  "case.member.left": "gave up their role on a case",
  "case.member.removed": "took somebody's role on a case away",
  "case.restricted": "changed who sees a case",
  "case.saved": "saved a case",
  "comment.made": "commented",
  "comment.edited": "changed a comment",
  "comment.deleted": "deleted a comment",
  "comment.opened": "opened a comment again",
  "comment.resolved": "resolved a comment",
  "invitation.accepted": "accepted an invitation",
  "invitation.made": "invited somebody",
  "invitation.revoked": "took an invitation back",
  "member.role": "changed a member's role",
  "member.appointed": "made a member the owner of a workspace whose owners are suspended",
  "member.left": "left",
  "member.removed": "removed a member",
  "passkey.added": "added a passkey",
  "passkey.removed": "removed a passkey",
  "run.cancelled": "stopped a run",
  "run.removed": "removed a run",
  "run.started": "started a run",
  "reset.made": "made a link for a new password",
  "reset.used": "set a new password by a link",
  "session.ended": "signed out",
  "session.started": "signed in",
  "share.made": "made a link to a case",
  "share.revoked": "revoked a link to a case",
  "store.restored": "restored the store from a backup",
  "token.made": "made an API token",
  "token.revoked": "revoked an API token",
  "workspace.deleted": "deleted a workspace",
  "workspace.made": "made the workspace",
  "workspace.renamed": "gave the workspace another name",
};

const OWN_NAMES = /^(person|user|run|kind|invitation|share|token|passkey|comment|named)$/;

/** What somebody did, with what was noted of it. */
export function deedInWords(action: string, detail: Readonly<Record<string, unknown>>): string {
  const facts = Object.entries(detail)
    // The log's own names of people and things say nothing to a reader.
    .filter(([name, value]) => value !== null && value !== "" && !OWN_NAMES.test(name))
    .map(([name, value]) => `${name} ${String(value)}`);
  return `${DEEDS[action as keyof typeof DEEDS] ?? action}${facts.length === 0 ? "" : ` (${facts.join(", ")})`}`;
}

import type { Severity } from "./problem.ts";

/** A problem's sentence and hint, made by words.ts. */
type Say<W> = (message: string, hint?: string, severity?: Severity) => W;

/** The words of problems with the team server: its store, who may do what, and what people ask of it. */
export function serverWords<W>(say: Say<W>, cut: (value: string | number) => string) {
  return {
    // The store
    "store-missing": ({ packages }: { packages: string }) =>
      say(
        `missing libraries: ${packages}, which keep the server's data, are not installed`,
        `npm install ${packages.replace(" and ", " ")} brings them`,
      ),
    "store-unreachable": ({ where, detail }: { where: string; detail: string }) =>
      say(
        `invalid store: ${cut(where)} cannot be opened (${cut(detail)})`,
        "check that the PostgreSQL server runs and that DATABASE_URL names it, its user and its database",
      ),
    "store-away": () =>
      say(
        "not possible now: the server's database does not answer",
        "try again in a moment; look first whether what you last saved is there",
      ),
    "store-in-use": ({ folder, pid }: { folder: string; pid: string }) =>
      say(
        `invalid store: ${cut(folder)} is in use by another server (process ${cut(pid)})`,
        "stop that server, or give this one a folder of its own with PARLEY_STORE; where no such server runs on this machine, delete the file `lock` there",
      ),
    "store-migration": ({ detail }: { detail: string }) =>
      say(
        `invalid store: its tables cannot be brought up to this version of Parley (${cut(detail)}); nothing was changed`,
        "a store that a newer Parley has used needs that version, or a backup from before",
      ),

    "server-listen": ({ where, detail }: { where: string; detail: string }) =>
      say(
        `invalid address: the server cannot listen on ${cut(where)} (${cut(detail)})`,
        "give another PARLEY_HOST or PARLEY_PORT, or stop what uses it",
      ),

    // Backups of it
    "backup-damaged": ({ file, why }: { file: string; why: string }) =>
      say(`invalid backup: ${cut(file)} cannot be used (${cut(why)}); nothing was changed`, "take another backup"),
    "backup-newer": ({ file, parley }: { file: string; parley: string }) =>
      say(
        `invalid backup: ${cut(file)} was made by another Parley (${cut(parley)}) whose tables this one does not know; nothing was changed`,
        "restore it with that version, or a later one",
      ),
    "backup-nothing": () =>
      say("missing store: no team server has kept anything there", "check PARLEY_STORE or DATABASE_URL"),
    "backup-server": ({ detail }: { detail: string }) =>
      say(
        `not possible: the server that uses the store gives no backup (${cut(detail)})`,
        "stop it for as long as the backup takes, or ask as the user that it runs as",
      ),
    "reset-server": ({ detail }: { detail: string }) =>
      say(
        `not possible: the server that uses the store makes no reset link (${cut(detail)})`,
        "stop it and try again, or ask as the user that it runs as",
      ),
    "restore-not-empty": ({ table }: { table: string }) =>
      say(
        `invalid store: it is not empty (there are rows in ${cut(table)}); nothing was changed`,
        "restore into a new folder (PARLEY_STORE) or a new database (DATABASE_URL)",
      ),
    "restore-tables": ({ parley }: { parley: string }) =>
      say(
        `invalid store: its tables are not those of the backup (Parley ${cut(parley)}); nothing was changed`,
        "restore into a new folder or a database that no Parley has used; tables are brought up to date afterwards",
      ),

    // Who may do what
    "sign-in-needed": () => say("missing sign-in: this needs an account", "sign in, or send an API token"),
    "token-unknown": () =>
      say("invalid token: it is not known, has expired or was revoked", "make a new one in the account's settings"),
    "token-scope": ({ scope }: { scope: string }) =>
      say(`invalid token: it was not made for this (needs ${scope})`, "make a token with that scope"),
    "token-refused": () =>
      say("invalid request: no token may do this", "do it in the workbench, signed in as a person"),
    "role-needed": ({ role, what }: { role: string; what: string }) =>
      say(`not allowed: this needs the role ${role} (or more) on the ${what}`, "ask one of its owners"),
    "keeper-needed": () => say("not allowed: only who looks after the server may do this"),
    "person-suspended": () => say("not allowed: this account is suspended", "ask who looks after the server"),
    "request-origin": () =>
      say(
        "invalid request: it comes from another site's page",
        "open the workbench at the address that the server was given as PARLEY_ORIGIN",
      ),
    "request-often": ({ seconds }: { seconds: number }) =>
      say(`too many requests: try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}`),
    "request-long": ({ limit }: { limit: number }) =>
      say(`invalid request: its address is longer than ${limit} characters`),
    "request-deep": ({ limit }: { limit: number }) =>
      say(`invalid request: its body nests deeper than ${limit} levels`),

    // Accounts
    "sign-in-failed": () =>
      say("not signed in: no account has this e-mail address and password", "check both, or ask who invited you"),
    "setup-code": () =>
      say("invalid code: it is not the one that the server printed", "look for it where the server was started"),
    "setup-done": () => say("not possible: this server is set up", "sign in, or ask for an invitation"),
    "password-weak": ({ reason }: { reason: string }) =>
      say(`invalid password: ${reason}`, "four or more words that do not belong together make a good one"),
    "email-taken": () => say("invalid e-mail address: it has an account already", "sign in with that account"),
    "confirm-needed": () =>
      say("not confirmed: this needs your password", "send it along; without one, sign out and in again"),
    "password-wrong": () => say("not confirmed: this is not your password"),
    "invitation-unknown": () =>
      say("unknown invitation: it was used or revoked, has expired, or never was", "ask for another"),
    "invitation-other": () =>
      say("not allowed: the invitation is for another e-mail address", "sign in with that address, or ask for another"),
    "reset-unknown": () =>
      say("unknown reset link: it was used or replaced, has expired, or never was", "ask for another"),
    "reset-suspended": () =>
      say("not possible: this person is suspended", "let them in again first, then make the link"),
    "person-unknown": ({ id }: { id: string }) => say(`unknown person: ${cut(id)}`),
    "session-unknown": ({ id }: { id: string }) => say(`unknown session: ${cut(id)}`),
    "passkey-unknown": ({ id }: { id: string }) => say(`unknown passkey: ${cut(id)}`),
    "passkey-failed": () =>
      say("invalid passkey: it is not known here, or its answer does not fit", "try again, or sign in otherwise"),
    "passkey-off": () =>
      say("not possible: passkeys need https, or the address localhost", "open the workbench at such an address"),
    "oidc-config": ({ detail }: { detail: string }) =>
      say(`invalid configuration of the identity provider: ${cut(detail)}`, "the PARLEY_OIDC_ settings name it"),
    "oidc-off": () => say("not possible: no identity provider is configured", "sign in with a password or a passkey"),
    "oidc-failed": () =>
      say("not signed in: the identity provider did not answer, or its answer does not fit", "try again"),
    "oidc-email": () =>
      say("not signed in: the identity provider has not verified your e-mail address", "have it verified there"),
    "oidc-uninvited": () =>
      say("not signed in: no account and no open invitation is for your e-mail address", "ask for an invitation"),
    "oidc-unvouched": () =>
      say(
        "not signed in: the account with your e-mail address gave it to itself",
        "sign in with its password, or ask who looks after the server",
      ),
    "keeper-last": () => say("not possible: nobody else looks after the server", "make somebody else a keeper first"),
    "workspace-left": ({ names }: { names: string }) =>
      say(
        `not possible: you are the last owner of ${cut(names)}, where others are members`,
        "make another member owner",
      ),

    // What people ask of it
    "workspace-unknown": ({ id }: { id: string }) =>
      say(`unknown workspace: ${cut(id)}`, "the list of workspaces says where you are a member"),
    "version-unknown": ({ version }: { version: string | number }) =>
      say(`unknown version: ${cut(version)}`, "the case's list of versions says which there are"),
    "name-taken": ({ name }: { name: string }) =>
      say(`invalid name: there is a case ${cut(name)} in this workspace already`, "choose another name"),
    "compute-waiting": ({ most }: { most: number }) =>
      say(
        `too many questions: ${most} of yours wait already, and no more may`,
        "wait until one of them is answered, or stop one",
      ),
    "compute-full": ({ most }: { most: number }) =>
      say(`too many questions: ${most} wait on this server already`, "try again in a minute"),
    "compute-closed": () => say("nothing is computed: the server is being stopped", "ask again when it is back"),
    "compute-time": ({ seconds }: { seconds: number }) =>
      say(
        `invalid case: it takes more than ${seconds} seconds to answer, and was stopped`,
        "ask for fewer draws (settings.draws) or a smaller case, or use parley on your own computer",
      ),
    "compute-memory": ({ megabytes }: { megabytes: number }) =>
      say(
        `invalid case: it takes more than ${megabytes} MB of memory to answer, and was stopped`,
        "make the case smaller, or use parley on your own computer",
      ),
    "compute-failed": ({ detail }: { detail: string }) =>
      say(`failed: the case could not be answered (${cut(detail)})`, "this is a fault of Parley, not of the case"),
    "not-simulable": ({ why }: { why: string }) =>
      say(
        `invalid case: the simulation does not apply (${cut(why)})`,
        "parley schema describes the section war; ukraine-2024 shows it",
      ),
    "run-unknown": ({ id }: { id: string }) =>
      say(`unknown run: ${cut(id)}`, "the case's list of runs says which there are"),
    "run-too-long": ({ most }: { most: number }) =>
      say(`invalid run: too many trajectories (this server takes at most ${most})`, "ask for fewer"),
    "document-unknown": ({ key }: { key: string }) =>
      say(`unknown assessment: ${cut(key)}`, "the case's list of assessments says which there are"),
    "document-damaged": ({ key }: { key: string }) =>
      say(
        `damaged assessment: what is stored as ${cut(key)} does not have the hash that it was stored with; it is not shown`,
        "who looks after the server should look at its storage, and bring the row back from a backup or delete it",
      ),
    "cause-left": ({ most }: { most: number }) =>
      say(`not computed: only ${most} changes are taken back, one at a time`, undefined, "note"),
    "cause-tied": () =>
      say("not computed: without this change alone there is no whole case, for others rest on it", undefined, "note"),
    "base-unknown": () =>
      say(
        "invalid edit: the state that it was made on is no version of this case",
        "open the case anew, then change it again",
      ),

    // People who work together
    "member-unknown": ({ id }: { id: string }) =>
      say(`unknown member: ${cut(id)}`, "the list of members says who there is; others are invited"),
    "account-unknown": ({ email }: { email: string }) =>
      say(`unknown account: nobody here has the e-mail address ${cut(email)}`, "invite them into the workspace"),
    "last-owner": () =>
      say("not possible: the workspace would be without an owner", "make somebody else an owner first"),
    "workspace-owned": () =>
      say("not possible: the workspace has an owner who can sign in", "roles in it are the owner's to give"),
    "api-token-unknown": ({ id }: { id: string }) => say(`unknown token: ${cut(id)}`),
    "comment-unknown": ({ id }: { id: string }) => say(`unknown comment: ${cut(id)}`, "it may have been deleted"),
    "comment-path": ({ path, near }: { path: string; near?: string | undefined }) =>
      say(
        `invalid comment: ${cut(path)} is nothing that the case has or could have`,
        near === undefined ? "a path names keys of the case, joined by dots" : `did you mean ${cut(near)}?`,
      ),
    "comment-thread": () =>
      say(
        "invalid comment: it answers an answer, or speaks of another path than what it answers",
        "answer the first comment of the thread",
      ),
    "comment-answered": () =>
      say("not possible: others have answered this comment", "resolve it, or ask an owner of the case to delete it"),
    "comment-of-another": () => say("not allowed: only who wrote a comment may change its words"),
    "share-unknown": () =>
      say("unknown share: the link has expired, was revoked or never was", "ask whoever gave it to you for another"),
    "share-closed": () =>
      say(
        "not possible: the case cannot be shown redacted, for it cannot be read without error as it is",
        "mend what the checks say, or share a version that has no errors",
      ),
    "limit-reached": ({ thing, limit }: { thing: string; limit: number }) =>
      say(`not possible: there are ${limit} ${thing} already`, "remove some that are not needed any more"),
  };
}

/** Words of what comes from outside the page: folders behind the server, and those who change them meanwhile. */
export const serverWords = {
  folders: "In folders here",
  readOnly: "read-only",
  changed: "The case was changed outside this page; the figures follow.",
  broken:
    "The case as it is written now has problems. What is shown is from before; it follows by itself once they are mended.",
  gone: "The files of this case are gone: moved, deleted or unreadable. What is shown is from before; it follows by itself once they are back.",
  lost: "Parley does not answer; it may have been ended. What is shown stays, and what you change in this page meanwhile is saved when Parley is back.",
  locked:
    "Parley was started anew, with another key. Open the address that it printed in this tab; nothing on this page is lost.",
  mendInFolder: "Mend these in the file: this page follows by itself.",
  missingLocked:
    "Cases in folders on this machine need the key: open the address that Parley printed, with its key, in this tab.",
  close: "Close",
  // On a team server
  teamChanged: "Somebody saved this case; the figures follow.",
  teamGone: "This case is gone, or you may no longer read it. What is shown is from before.",
  teamLost:
    "The server does not answer. What is shown stays, and what you change in this page meanwhile is saved when it is back.",
  teamLocked: "You are signed out. Sign in again in another tab; what you changed here meanwhile is saved then.",
  signIn: "Sign in",
} as const;

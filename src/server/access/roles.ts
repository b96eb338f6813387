/** What somebody may do in a workspace or with a case, the least first; each may do what those before it may. */
export const ROLES = ["reader", "commenter", "editor", "owner"] as const;

export type Role = (typeof ROLES)[number];

/** Whether a role (none: undefined) reaches another. */
export function reaches(role: Role | undefined, needed: Role): boolean {
  return role !== undefined && ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** The greater of two roles. */
export function greater(a: Role | undefined, b: Role | undefined): Role | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return reaches(a, b) ? a : b;
}

/**
 * What somebody may do with a case: the greater of their roles on it and in its workspace.
 *
 * On a restricted case a role in the workspace counts for its owners only.
 */
export function roleOnCase(
  own: Role | undefined,
  inWorkspace: Role | undefined,
  isRestricted: boolean,
): Role | undefined {
  return greater(own, isRestricted && inWorkspace !== "owner" ? undefined : inWorkspace);
}

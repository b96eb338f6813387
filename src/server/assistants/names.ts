/** What cases are listed under on which somebody has a role of their own, and none in their workspace. */
export const SHARED = "shared";

/**
 * What the tools call workspaces: their names in plain letters, with the beginning of the id where two would be called the
 * same.
 */
export function workspaceNames(
  workspaces: readonly { readonly id: string; readonly name: string }[],
): ReadonlyMap<string, string> {
  const plain = workspaces.map(({ id, name }) => ({ id, name: plainName(name) }));
  const counts = new Map<string, number>([
    [SHARED, 1],
    ["", 1],
  ]);
  for (const { name } of plain) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map(
    plain.map(({ id, name }) => [id, counts.get(name) === 1 ? name : withId(name === "" ? "workspace" : name, id)]),
  );
}

/** A name with the beginning of an id, which tells it from others. */
export function withId(name: string, id: string): string {
  return `${name}-${id.slice(0, 8)}`;
}

function plainName(name: string): string {
  return name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, "");
}

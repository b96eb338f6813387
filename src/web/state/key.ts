/** The key to the server that handed out this page, where there is one; it is kept for this tab alone. */

const KEPT = "parley-key";

/** Where the browser keeps nothing, the key lasts as long as the page. */
let inPage: string | undefined;

/**
 * Takes the key out of an address such as `#key=K&case=my-case&reading=source`, and gives the address of the case and view
 * that it names, `#/my-case?reading=source`; undefined where it holds no key.
 */
export function withoutKey(hash: string): { readonly key: string; readonly hash: string } | undefined {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const key = parameters.get("key");
  if (!/^#?key=/.test(hash) || key === null || key === "") return undefined;
  const id = parameters.get("case") ?? "";
  parameters.delete("key");
  parameters.delete("case");
  const query = parameters.toString();
  return { key, hash: `#/${encodeURIComponent(id)}${query === "" ? "" : `?${query}`}` };
}

/** Moves the key from the address to this tab's own store, before anything else sees it; gives whether there was one. */
export function takeKey(): boolean {
  const found = withoutKey(location.hash);
  if (found === undefined) return false;
  history.replaceState(null, "", found.hash);
  inPage = found.key;
  try {
    sessionStorage.setItem(KEPT, found.key);
  } catch {
    // It lasts as long as the page.
  }
  return true;
}

export function keyOfTab(): string | undefined {
  if (inPage !== undefined) return inPage;
  try {
    return sessionStorage.getItem(KEPT) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Secrets that come in an address: moved to this tab's own store before anything else sees them, as the key is. */

const KINDS = ["shared", "invitation", "reset"] as const;
type Kind = (typeof KINDS)[number];

/** No page has a name as long. */
const LEAST = 20;

/** Where the browser keeps nothing, they last as long as the page. */
const inPage = new Map<Kind, string>();

/** The secret in an address such as `#/shared/SECRET?reading=source`, and the address without it. */
export function withoutSecret(
  hash: string,
): { readonly kind: Kind; readonly secret: string; readonly hash: string } | undefined {
  const [, name, secret = "", rest = ""] = /^#\/(shared|invitation|reset)\/([^/?]+)(.*)$/s.exec(hash) ?? [];
  const kind = KINDS.find((each) => each === name);
  return kind === undefined || secret.length < LEAST ? undefined : { kind, secret, hash: `#/${kind}${rest}` };
}

/** Takes a secret out of the address; gives whether there was one. */
export function takeSecret(): boolean {
  const found = withoutSecret(location.hash);
  if (found === undefined) return false;
  history.replaceState(null, "", found.hash);
  inPage.set(found.kind, found.secret);
  try {
    sessionStorage.setItem(`parley-${found.kind}`, found.secret);
  } catch {
    // It lasts as long as the page.
  }
  return true;
}

export function secretOf(kind: Kind): string | undefined {
  const own = inPage.get(kind);
  if (own !== undefined) return own;
  try {
    return sessionStorage.getItem(`parley-${kind}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Forgets a secret that did its work. */
export function dropSecret(kind: Kind): void {
  inPage.delete(kind);
  try {
    sessionStorage.removeItem(`parley-${kind}`);
  } catch {
    // Nothing was kept.
  }
}

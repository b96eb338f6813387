import type { components } from "./api.d.ts";

/** Passkeys by the browser's own interface (WebAuthn level 3), with the options that the server gives as JSON. */

type PasskeyAnswer = components["schemas"]["PasskeyAnswer"];

interface FromJson {
  parseRequestOptionsFromJSON?(options: unknown): PublicKeyCredentialRequestOptions;
  parseCreationOptionsFromJSON?(options: unknown): PublicKeyCredentialCreationOptions;
}

const known = (): (FromJson & typeof PublicKeyCredential) | undefined => globalThis.PublicKeyCredential;

/** Whether this browser can make and use passkeys. */
export const hasPasskeys = (): boolean => known()?.parseRequestOptionsFromJSON !== undefined;

/** Shows a passkey to the server; undefined where the person or the browser did not. */
export async function answerOptions(options: unknown): Promise<PasskeyAnswer | undefined> {
  const publicKey = known()?.parseRequestOptionsFromJSON?.(options);
  return publicKey === undefined ? undefined : jsonOf(() => navigator.credentials.get({ publicKey }));
}

/** Makes a passkey; undefined where the person or the browser did not. */
export async function makePasskey(options: unknown): Promise<PasskeyAnswer | undefined> {
  const publicKey = known()?.parseCreationOptionsFromJSON?.(options);
  return publicKey === undefined ? undefined : jsonOf(() => navigator.credentials.create({ publicKey }));
}

async function jsonOf(ask: () => Promise<Credential | null>): Promise<PasskeyAnswer | undefined> {
  try {
    const credential = (await ask()) as (Credential & { toJSON?(): PasskeyAnswer }) | null;
    return credential?.toJSON?.();
  } catch {
    // Put off, timed out, or not allowed here.
    return undefined;
  }
}

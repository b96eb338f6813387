import { type Lock, lock } from "../../formats/bundle/lock.ts";

/** The page is drawn: what follows may keep it busy for a second or two. */
export const drawn = (): Promise<void> =>
  new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
  });

/**
 * A file encrypted in the age format, as `parley pack --encrypt` does it.
 *
 * @param keys public keys (age1...), with anything but letters and digits between them; none for a passphrase
 * @throws ParleyError lock-recipient, lock-mixed, lock-passphrase
 */
export async function encrypted(bytes: Uint8Array, passphrase: string, keys: string): Promise<Uint8Array<ArrayBuffer>> {
  const recipients = keys.split(/[^\w-]+/).filter((each) => each !== "");
  const how: Lock = recipients.length > 0 ? { recipients } : { passphrase };
  await drawn();
  return new Uint8Array(await lock(bytes, how));
}

import { createHash } from "node:crypto";
import { inflateSync } from "node:zlib";
import { armor, generateHybridIdentity, generateX25519Identity, identityToRecipient } from "age-encryption";
import * as cctv from "cctv-age";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ParleyError } from "../../src/core/problems/index.ts";
import { identitiesIn, type Keys, lock, lockOf, unlock } from "../../src/formats/bundle/index.ts";

const TEXT = new TextEncoder().encode("parley: 1\ntitle: a secret\n".repeat(30));
/** A passphrase in tests is tried at the least work that the format has. */
const LITTLE = 1;
const vectors = cctv as unknown as Readonly<Record<string, Uint8Array>>;

async function keyPair(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** The words with which a file stays shut; undefined where it opens. */
async function shut(bytes: Uint8Array, keys: Keys): Promise<string | undefined> {
  try {
    await unlock(bytes, keys, "x.age");
    return undefined;
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    return error.message;
  }
}

/** A vector of the Community Cryptography Test Vectors for age: lines of facts, an empty line, the file. */
function vectorOf(bytes: Uint8Array): { facts: Record<string, string>; keys: Keys; file: Uint8Array } {
  const end = Buffer.from(bytes).indexOf("\n\n");
  const identities: string[] = [];
  const facts: Record<string, string> = {};
  let passphrase: string | undefined;
  for (const line of Buffer.from(bytes.subarray(0, end)).toString().split("\n")) {
    const at = line.indexOf(": ");
    const [name, value] = [line.slice(0, at), line.slice(at + 2)];
    if (name === "identity") identities.push(value);
    else if (name === "passphrase") passphrase ??= value;
    else facts[name] = value;
  }
  const rest = bytes.subarray(end + 2);
  const file = facts["compressed"] === "zlib" ? new Uint8Array(inflateSync(rest)) : rest;
  return { facts, keys: { identities, passphrase }, file };
}

describe("the test vectors of the age format (C2SP/CCTV, 2026)", () => {
  const names = Object.keys(vectors);
  it("are there", () => {
    expect(names.length).toBeGreaterThan(100);
    expect(names).toContain("x25519");
    expect(names).toContain("stream_trailing_garbage_long");
  });
  it.each(names)("%s", async (name) => {
    const { facts, keys, file } = vectorOf(vectors[name] as Uint8Array);
    if (facts["expect"] === "success") {
      const opened = await unlock(file, keys, name);
      expect(createHash("sha256").update(opened).digest("hex")).toBe(facts["payload"]);
      expect(lockOf(file)).toBe(keys.passphrase === undefined ? "keys" : "passphrase");
    } else {
      expect(await shut(file, keys)).toBeDefined();
    }
  });
});

describe("a file that is locked", () => {
  it("opens for each of its recipients and for nobody else", async () => {
    const [ada, bo, eve] = [await keyPair(), await keyPair(), await keyPair()];
    const locked = await lock(TEXT, { recipients: [ada.recipient, bo.recipient] });
    expect(lockOf(locked)).toBe("keys");
    for (const { identity } of [ada, bo]) {
      expect(await unlock(locked, { identities: [eve.identity, identity] }, "x")).toEqual(TEXT);
    }
    expect(await shut(locked, { identities: [eve.identity] })).toContain("encrypted for other keys");
    expect(await shut(locked, { identities: [] })).toContain("encrypted for other keys");
    expect(await shut(locked, { identities: [], passphrase: "correct horse" })).toContain("passphrase is not right");
  });

  it("opens with its passphrase and with no other", async () => {
    const locked = await lock(TEXT, { passphrase: "correct horse" }, LITTLE);
    expect(lockOf(locked)).toBe("passphrase");
    expect(await unlock(locked, { identities: [], passphrase: "correct horse" }, "x")).toEqual(TEXT);
    expect(await shut(locked, { identities: [], passphrase: "Correct horse" })).toContain("passphrase is not right");
  });

  it("opens in armour too, for keys after quantum computers too", async () => {
    const identity = await generateHybridIdentity();
    const locked = await lock(TEXT, { recipients: [await identityToRecipient(identity)] });
    const text = new TextEncoder().encode(`\n${armor.encode(locked)}`);
    expect(lockOf(text)).toBe("keys");
    expect(await unlock(text, { identities: [identity] }, "x")).toEqual(TEXT);
    const worded = new TextEncoder().encode(armor.encode(await lock(TEXT, { passphrase: "a" }, LITTLE)));
    expect(lockOf(worded)).toBe("passphrase");
  });

  it("is never the same twice, and does not hold its text", async () => {
    const { recipient } = await keyPair();
    const [one, other] = [await lock(TEXT, { recipients: [recipient] }), await lock(TEXT, { recipients: [recipient] })];
    expect(one).not.toEqual(other);
    expect(Buffer.from(one).includes("secret")).toBe(false);
  });

  it("gives nothing where any byte of it was turned, anywhere, or it was cut or added to", async () => {
    const { identity, recipient } = await keyPair();
    // Over a chunk of 64 KiB, so that there are two.
    const long = new Uint8Array(70_000).fill(65);
    const locked = await lock(long, { recipients: [recipient] });
    const keys = { identities: [identity] };
    // Version, stanza, its body, MAC, nonce, first chunk, its tag, last chunk, its tag: all of the header, some of the rest.
    const header = Buffer.from(locked).indexOf("\n---") + 50;
    for (let at = 0; at < header + 20; at += 3) {
      const copy = locked.slice();
      copy[at] = (copy[at] ?? 0) ^ 1;
      expect(await shut(copy, keys), `byte ${at}`).toBeDefined();
    }
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: header, max: locked.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, turn) => {
          const copy = locked.slice();
          copy[at] = (copy[at] ?? 0) ^ turn;
          expect(await shut(copy, keys)).toContain("changed or cut short");
        },
      ),
      { numRuns: 40 },
    );
    const chunk = 64 * 1024 + 16;
    const lengths = [
      0,
      5,
      21,
      22,
      100,
      header,
      header + 15,
      header + 16,
      header + 17,
      header + chunk,
      locked.length - 17,
      locked.length - 1,
    ];
    for (const length of lengths) expect(await shut(locked.subarray(0, length), keys), `${length} bytes`).toBeDefined();
    expect(await shut(Buffer.concat([locked, new Uint8Array(1)]), keys)).toBeDefined();
  });

  it("is refused to those who name no key or a wrong one", async () => {
    const message = async (recipients: readonly string[]) => {
      const made = lock(TEXT, { recipients });
      await expect(made).rejects.toThrow(ParleyError);
      return made.catch((error: Error) => error.message);
    };
    const { identity, recipient } = await keyPair();
    const hybrid = await identityToRecipient(await generateHybridIdentity());
    expect(await message([])).toContain("invalid recipient");
    expect(await message([`${recipient.slice(0, -1)}q`])).toContain("invalid recipient");
    expect(await message(["ssh-ed25519 AAAA"])).toContain("invalid recipient");
    expect(await message([identity])).toContain("invalid recipient");
    expect(await message([recipient, hybrid])).toContain("one kind");
    await expect(lock(TEXT, { passphrase: "" })).rejects.toThrow("empty");
  });
});

describe("an identity file", () => {
  it("has a key a line, with remarks", async () => {
    const { identity, recipient } = await keyPair();
    const other = await generateHybridIdentity();
    const text = `# created: 2026-01-01\r\n# public key: ${recipient}\r\n${identity}\r\n\n  ${other}\n`;
    expect(identitiesIn(text, "key.txt")).toEqual([identity, other]);
  });

  it("is refused where it holds none or something else, and never shown", async () => {
    const { identity, recipient } = await keyPair();
    for (const text of [
      "",
      "# nothing\n",
      recipient,
      "AGE-PLUGIN-YUBIKEY-1ABC\n",
      "-----BEGIN OPENSSH PRIVATE KEY-----\n",
      "ssh-ed25519 A\n",
      `${identity} trailing`,
      identity.toLowerCase(),
      "age-encryption.org/v1\n-> scrypt",
      "-----BEGIN AGE ENCRYPTED FILE-----\n",
    ]) {
      try {
        identitiesIn(text, "key.txt");
        expect.unreachable(text);
      } catch (error) {
        expect((error as Error).message).toContain("invalid identity file");
        expect((error as Error).message.toUpperCase()).not.toContain(identity.slice(20));
      }
    }
    const broken = `${identity.slice(0, -1)}${identity.endsWith("Q") ? "P" : "Q"}`;
    expect(await shut(await lock(TEXT, { recipients: [recipient] }), { identities: [broken] })).toContain("identity");
  });
});

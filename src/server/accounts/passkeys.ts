import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { ParleyError } from "../../core/problems/index.ts";
import { note } from "../audit/log.ts";
import { newId } from "../db/ids.ts";
import type { Db } from "../db/open.ts";
import type { Person } from "../http/who.ts";

/** Ed25519, ES256 and RS256, which all authenticators have one of. */
const ALGORITHMS = [-8, -7, -257];
/** Milliseconds in which the browser has to answer. */
const WAIT = 5 * 60_000;

export interface PasskeysOptions {
  readonly db: Db;
  /** The address that people use; undefined where the server answers on loopback only. */
  readonly origin: string | undefined;
  readonly port: () => number;
  readonly secret: string;
  readonly now: () => Date;
}

/**
 * Passkeys (WebAuthn Level 3): signing in with what a device or a manager of passwords keeps.
 *
 * They are discoverable, so that nobody names an account to sign in, and good only where the device has checked whose
 * hand holds it. A challenge is random, signed, good for five minutes and for one answer.
 */
export class Passkeys {
  readonly #db: Db;
  readonly #host: string;
  readonly #origin: () => string;
  readonly #secret: string;
  readonly #now: () => Date;

  constructor({ db, origin, port, secret, now }: PasskeysOptions) {
    this.#db = db;
    this.#host = origin === undefined ? "localhost" : new URL(origin).hostname;
    this.#origin = () => origin ?? `http://localhost:${port()}`;
    this.#secret = secret;
    this.#now = now;
  }

  /** Whether a page at a host may use passkeys: browsers want https or the name localhost, and no bare address. */
  isOpenAt(host: string): boolean {
    const at = new URL(this.#origin());
    const isName = !/^[\d.]+$|^\[/.test(at.hostname);
    return isName && host === at.host && (at.protocol === "https:" || at.hostname === "localhost");
  }

  /** What a signed-in browser needs to make a passkey. */
  async toAdd({ id, email, name }: Person) {
    const kept = await this.#db.selectFrom("passkeys").select("credentialId").where("userId", "=", id).execute();
    return generateRegistrationOptions({
      rpName: "Parley",
      rpID: this.#host,
      userID: new TextEncoder().encode(id),
      userName: email,
      userDisplayName: name,
      challenge: this.#challenge(`add ${id}`),
      timeout: WAIT,
      attestationType: "none",
      supportedAlgorithmIDs: ALGORITHMS,
      excludeCredentials: kept.map(({ credentialId }) => ({ id: credentialId })),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    });
  }

  /**
   * Keeps a passkey that a browser made.
   *
   * @throws ParleyError where its answer does not fit, or came too late or twice.
   */
  async add(personId: string, name: string, response: RegistrationResponseJSON) {
    const made = await this.#checked(() =>
      verifyRegistrationResponse({
        response,
        expectedChallenge: (challenge) => this.#isOurs(challenge, `add ${personId}`),
        expectedOrigin: this.#origin(),
        expectedRPID: this.#host,
        supportedAlgorithmIDs: ALGORITHMS,
        requireUserVerification: true,
      }),
    );
    if (!made.verified) throw ParleyError.of("passkey-failed", undefined);
    const { credential, credentialDeviceType, credentialBackedUp, aaguid } = made.registrationInfo;
    return this.#db.transaction().execute(async (tx) => {
      await this.#useUp(tx, response.response.clientDataJSON);
      const row = await tx
        .insertInto("passkeys")
        .values({
          id: newId(),
          userId: personId,
          name,
          publicKey: Buffer.from(credential.publicKey).toString("base64url"),
          credentialId: credential.id,
          counter: credential.counter,
          deviceType: credentialDeviceType,
          backedUp: credentialBackedUp,
          transports: credential.transports?.join(",") ?? null,
          createdAt: this.#now(),
          aaguid,
        })
        .onConflict((conflict) => conflict.column("credentialId").doNothing())
        .returning(["id", "name", "createdAt"])
        .executeTakeFirst();
      if (row === undefined) throw ParleyError.of("passkey-failed", undefined);
      await note(tx, { actorId: personId, action: "passkey.added", detail: { passkey: row.id } });
      return row;
    });
  }

  /** What a browser needs to sign in with a passkey; it says nothing of who has one. */
  toSignIn() {
    return generateAuthenticationOptions({
      rpID: this.#host,
      challenge: this.#challenge("sign in"),
      timeout: WAIT,
      userVerification: "required",
    });
  }

  /**
   * Whose passkey answered.
   *
   * @returns the person's id.
   * @throws ParleyError where the passkey is not known, its answer does not fit or came too late or twice, or its
   *   counter shows that it was copied.
   */
  async signIn(response: AuthenticationResponseJSON): Promise<string> {
    const kept = await this.#db
      .selectFrom("passkeys")
      .select(["id", "userId", "credentialId", "publicKey", "counter"])
      .where("credentialId", "=", response.id)
      .executeTakeFirst();
    if (kept === undefined) throw ParleyError.of("passkey-failed", undefined);
    const { userHandle } = response.response;
    const handle = Buffer.from(kept.userId).toString("base64url");
    if (userHandle !== undefined && userHandle !== handle) throw ParleyError.of("passkey-failed", undefined);
    const counter = Number(kept.counter);
    const { verified, authenticationInfo } = await this.#checked(() =>
      verifyAuthenticationResponse({
        response,
        expectedChallenge: (challenge) => this.#isOurs(challenge, "sign in"),
        expectedOrigin: this.#origin(),
        expectedRPID: this.#host,
        credential: { id: kept.credentialId, publicKey: Buffer.from(kept.publicKey, "base64url"), counter },
        requireUserVerification: true,
      }),
    );
    if (!verified) throw ParleyError.of("passkey-failed", undefined);
    await this.#db.transaction().execute(async (tx) => {
      await this.#useUp(tx, response.response.clientDataJSON);
      const counted = await tx
        .updateTable("passkeys")
        .set({ counter: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp })
        .where("id", "=", kept.id)
        .where("counter", "=", kept.counter)
        .executeTakeFirst();
      if (counted.numUpdatedRows !== 1n) throw ParleyError.of("passkey-failed", undefined);
    });
    return kept.userId;
  }

  /** Random bytes, until when they are good, and what for: signed, so that nothing need be kept until they are used. */
  #challenge(purpose: string): Uint8Array<ArrayBuffer> {
    const head = Buffer.alloc(24);
    randomBytes(16).copy(head);
    head.writeBigUInt64BE(BigInt(this.#now().getTime() + WAIT), 16);
    return new Uint8Array([...head, ...this.#sign(head, purpose)]);
  }

  #sign(head: Buffer, purpose: string): Buffer {
    return createHmac("sha256", this.#secret).update(`passkey ${purpose} `).update(head).digest();
  }

  #isOurs(challenge: string, purpose: string): boolean {
    const bytes = Buffer.from(challenge, "base64url");
    if (bytes.length !== 24 + 32) return false;
    const head = bytes.subarray(0, 24);
    const isSigned = timingSafeEqual(bytes.subarray(24), this.#sign(head, purpose));
    return isSigned && Number(head.readBigUInt64BE(16)) > this.#now().getTime();
  }

  /** Marks a challenge as answered; a second answer to it is refused. */
  async #useUp(tx: Db, clientData: string): Promise<void> {
    const { challenge } = JSON.parse(Buffer.from(clientData, "base64url").toString()) as { challenge: string };
    const id = createHash("sha256").update(Buffer.from(challenge, "base64url")).digest("base64url");
    const now = this.#now();
    await tx
      .deleteFrom("verifications")
      .where("identifier", "=", "passkey")
      .where("expiresAt", "<", new Date(now.getTime() - WAIT))
      .execute();
    const used = await tx
      .insertInto("verifications")
      .values({ id, identifier: "passkey", value: "", expiresAt: new Date(now.getTime() + WAIT) })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .executeTakeFirst();
    if (used.numInsertedOrUpdatedRows !== 1n) throw ParleyError.of("passkey-failed", undefined);
  }

  /** What the library says, or that the answer does not fit: it throws for whatever is wrong with one. */
  async #checked<T>(check: () => Promise<T>): Promise<T> {
    try {
      return await check();
    } catch {
      throw ParleyError.of("passkey-failed", undefined);
    }
  }
}

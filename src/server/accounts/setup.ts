import { createHmac, timingSafeEqual } from "node:crypto";
import { ParleyError } from "../../core/problems/index.ts";
import { note } from "../audit/log.ts";
import { newId } from "../db/ids.ts";
import type { Db } from "../db/open.ts";
import { holdKeepers } from "./keepers.ts";
import { hashPassword } from "./passwords.ts";
import { addPerson } from "./people.ts";

const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

/** The first person, with a first workspace. */
export interface First {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly workspace: string;
}

/**
 * The set-up of a server that nobody has an account on yet.
 *
 * Who sets it up shows a code that the server prints where only who runs it reads. The code follows from the server's
 * secret and the end of its audit log: it is the same in all server processes and after a new start, and once an
 * account was made it never comes again.
 */
export class Setup {
  readonly #db: Db;
  readonly #secret: string;

  constructor(db: Db, secret: string) {
    this.#db = db;
    this.#secret = secret;
  }

  /** Whether nobody has an account yet. */
  async isOpen(): Promise<boolean> {
    return (await this.#db.selectFrom("users").select("id").limit(1).executeTakeFirst()) === undefined;
  }

  /** The code to print: 80 bits in groups of four letters; undefined where somebody has an account. */
  async code(): Promise<string | undefined> {
    return (await this.isOpen()) ? this.#code(this.#db) : undefined;
  }

  /**
   * Makes the first account, which looks after the server, and the first workspace; of two at once, one.
   *
   * @returns the person's id.
   * @throws ParleyError where the code is another, or somebody has an account.
   */
  async finish(code: string, { name, email, password, workspace }: First): Promise<string> {
    if (!(await this.isOpen())) throw ParleyError.of("setup-done", undefined);
    if (!isSame(code, await this.#code(this.#db))) throw ParleyError.of("setup-code", undefined);
    const hashed = await hashPassword(password);
    return this.#db.transaction().execute(async (tx) => {
      await holdKeepers(tx);
      const somebody = await tx.selectFrom("users").select("id").limit(1).executeTakeFirst();
      if (somebody !== undefined) throw ParleyError.of("setup-done", undefined);
      const personId = await addPerson(tx, { name, email, password: hashed, keeper: true, vouched: true });
      const workspaceId = newId();
      await tx.insertInto("workspaces").values({ id: workspaceId, name: workspace, createdBy: personId }).execute();
      await tx.insertInto("workspaceMembers").values({ workspaceId, userId: personId, role: "owner" }).execute();
      await note(tx, { actorId: personId, action: "workspace.made", workspaceId });
      return personId;
    });
  }

  async #code(db: Db): Promise<string> {
    const last = await db.selectFrom("audit").select("hash").orderBy("seq", "desc").limit(1).executeTakeFirst();
    const bytes = createHmac("sha256", this.#secret)
      .update(`set-up ${last?.hash ?? ""}`)
      .digest()
      .subarray(0, 16);
    const letters = Array.from(bytes, (byte) => LETTERS[byte % 32]).join("");
    return letters.replaceAll(/(.{4})(?=.)/g, "$1-");
  }
}

function isSame(given: string, code: string): boolean {
  const [a, b] = [given, code].map((text) =>
    createHmac("sha256", "set-up")
      .update(text.toLowerCase().replaceAll(/[^0-9a-z]/g, ""))
      .digest(),
  );
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

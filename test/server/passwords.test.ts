import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMMON_PASSWORDS } from "../../src/server/accounts/common-passwords.ts";
import { demandStrong, hashPassword, isPassword } from "../../src/server/accounts/passwords.ts";

const ANN = { name: "Ann Archer", email: "a.archer@example.org" };
const isRefused = (password: string, person = ANN): boolean => {
  try {
    demandStrong(password, person);
    return false;
  } catch {
    return true;
  }
};

describe("passwords", () => {
  it("are hashed with argon2id, 19 MiB and two passes, and a salt of their own", async () => {
    const [one, two] = [await hashPassword("seven green otters"), await hashPassword("seven green otters")];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22,}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(two);
    expect(await isPassword(one, "seven green otters")).toBe(true);
    expect(await isPassword(one, "seven green otterS")).toBe(false);
  });

  it("are the same however a keyboard composes them", async () => {
    expect(await isPassword(await hashPassword("caf\u00e9 au lait, merci"), "cafe\u0301 au lait, merci")).toBe(true);
  });

  it("are refused where they are among the commonest, of which each is long enough to count", () => {
    expect(COMMON_PASSWORDS.size).toBe(308);
    for (const password of COMMON_PASSWORDS) {
      expect(password.length).toBeGreaterThanOrEqual(12);
      expect(isRefused(password)).toBe(true);
      expect(isRefused(password.toUpperCase())).toBe(true);
    }
  });

  it.each([
    ["elevenchars", "too short"],
    ["x1".repeat(65), "too long"],
    ["hunter2hunter2", "repeated"],
    ["zzzzzzzzzzzzzzz", "one letter"],
    ["abababbbaabab", "two letters"],
    ["abcdefghijklmnop", "a run"],
    ["987654321098", "a run down"],
    ["ArcherArcher12", "the name twice"],
    ["ann.archer.1990", "the name and a year"],
    ["a.archer@example.org", "the address"],
    ["parley-archer-1!", "the name and the product"],
  ])("are refused: %s (%s)", (password) => {
    expect(isRefused(password)).toBe(true);
  });

  it.each([
    "correct horse battery",
    "waiting for the archer",
    "päßwörter gehen 🐸",
    "            a b c d",
    "four teacups annoyed",
  ])("may be of any characters: %s", (password) => {
    expect(isRefused(password)).toBe(false);
  });

  it("are taken where they are random, whatever the name", () => {
    const letters = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    const random = fc.string({ unit: letters, minLength: 16, maxLength: 128 });
    fc.assert(
      fc.property(random, (password) => {
        fc.pre(new Set(password.toLowerCase()).size > 9);
        expect(isRefused(password)).toBe(false);
      }),
    );
  });
});

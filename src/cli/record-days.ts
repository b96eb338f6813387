import { parseDate } from "../core/dates/index.ts";
import { ParleyError } from "../core/problems/index.ts";

/** The day of a moment in UTC: the same for whoever reads the record. */
export const dayIn = (now: Date): string => now.toISOString().slice(0, 10);

/**
 * The day that `--on` means; today unless given.
 *
 * @throws ParleyError where it is no day, or one that has not come.
 */
export function dayGiven(given: string | undefined, now: Date): string {
  const today = dayIn(now);
  if (given === undefined) return today;
  const expected = `a day such as ${today}, not after today (UTC)`;
  if (parseDate(given)?.precision === "day" && given <= today) return given;
  throw ParleyError.of("invalid-option", { option: "--on", value: given, expected });
}

/**
 * The moment that counts as now; PARLEY_NOW sets it, for tests and documents whose output is to stay the same.
 *
 * @throws ParleyError where PARLEY_NOW is no time.
 */
export function present(): Date {
  const given = process.env["PARLEY_NOW"];
  if (given === undefined || given === "") return new Date();
  const now = new Date(given);
  if (!Number.isNaN(now.getTime())) return now;
  throw ParleyError.of("invalid-option", {
    option: "PARLEY_NOW",
    value: given,
    expected: "a time such as 2024-11-28T09:30:00Z",
  });
}

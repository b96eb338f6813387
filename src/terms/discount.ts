import { pow } from "../core/math/index.ts";
import { invalid } from "./check.ts";
import type { Domain, Party } from "./types.ts";

/** A moment on the parties' clocks: the share of the time to the deadline that has passed, and the steps taken. */
export interface ClockTime {
  readonly deadline?: number | undefined;
  readonly step?: number | undefined;
}

/**
 * The domain as it is at a later moment: utilities shrunk by each party's discount, and reservation values where these shrink
 * alike. A party whose clock is not given is left as it is.
 *
 * @throws ParleyError where a time is below 0
 *
 * @example
 * const discount = { factor: 0.5, clock: "deadline" };
 * const parties = [{ name: "north", discount, utility: { bias: 1 } }];
 * discountedTo({ issues: [], parties }, { deadline: 1 }).parties[0].utility.divisor; // 2
 */
export function discountedTo(domain: Domain, time: ClockTime): Domain {
  for (const [clock, passed] of Object.entries(time)) {
    if (passed !== undefined && !(passed >= 0)) throw invalid(`time on the clock ${clock}`, passed, "0 or more");
  }
  return { ...domain, parties: domain.parties.map((party) => discounted(party, time)) };
}

function discounted(party: Party, time: ClockTime): Party {
  const { discount, utility, reservation } = party;
  const passed = discount === undefined ? undefined : time[discount.clock];
  if (discount === undefined || passed === undefined) return party;
  const factor = pow(discount.factor, passed);
  const { divisor = 1, cap } = utility;
  const later = {
    ...party,
    utility: { ...utility, divisor: divisor / factor, cap: cap === undefined ? cap : cap * factor },
  };
  if (discount.reservation !== true || reservation === undefined) return later;
  if (typeof reservation === "number") return { ...later, reservation: reservation * factor };
  if ("package" in reservation) return later;
  return { ...later, reservation: { quantile: (p) => reservation.quantile(p) * factor } };
}

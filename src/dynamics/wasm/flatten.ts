import type { Model } from "../model.ts";

type Scalar = { [Key in keyof Model]: Model[Key] extends number | boolean ? Key : never }[keyof Model];

/** Fields of the model in WebAssembly that hold A's value and B's, in their order; a test compares them with its source. */
export const PAIRS: readonly (readonly [field: string, a: Scalar, b: Scalar])[] = [
  ["k", "kA", "kB"],
  ["rec", "recA", "recB"],
  ["own", "ownA", "ownB"],
  ["mu", "muA", "muB"],
  ["lam", "lamA", "lamB"],
  ["r", "rA", "rB"],
  ["c", "cA", "cB"],
  ["w0", "wA0", "wB0"],
  ["aw", "awA", "awB"],
  ["H", "HA", "HB"],
  ["lc", "lcA", "lcB"],
  ["mostTurnover", "mostTurnoverA", "mostTurnoverB"],
  ["nu", "nuA", "nuB"],
  ["answersToA", "JAA", "JBA"],
  ["answersToB", "JAB", "JBB"],
  ["L0", "LA0", "LB0"],
  ["kap", "kapA", "kapB"],
];

/** Fields that hold one value, in their order behind the pairs. */
export const SINGLES: readonly Scalar[] = (
  "dt rootDt steps durable x0 xlo xhi kx sx th0 sth thetaStep thetaVariance baid eta lsg inTalks inFreeze lp lq psi " +
  "rearmament mcol mcap variance fl ce chi lookAhead gw zw wearinessStep fcf blc successor delivery excitationDecay jump " +
  "rungDecay Lmax bl pesc hX bX bEM Mbar mediationDecay initiatives JM hT bTR bTZ bTM bTW bTN bTB bTL bTD sn hTF bTFZ hC " +
  "hCM gpr epsl hS zref rootShare split sterm hZ nb0 hR rootRisk bRN bRG bRM bRV bRT bRS Tq lastEvent switching"
).split(" ") as Scalar[];

/** Doubles of a package, a backer and an event; the last ones of a package and a backer are the trajectory's. */
const PACKAGE = 6;
const BACKER = 14;

/** Writes a model's fields to `fields`, and its packages, backers and events one after the other to `lists`. */
export function writeModel(m: Model, fields: Float64Array, lists: Float64Array): void {
  let at = 0;
  for (const [, a, b] of PAIRS) {
    fields[at++] = Number(m[a]);
    fields[at++] = Number(m[b]);
  }
  for (const name of SINGLES) fields[at++] = Number(m[name]);
  at = 0;
  for (let k = 0; k < m.packages; k++, at += PACKAGE) {
    lists.set([m.forA[k]!, m.forB[k]!, m.guarantee[k]!], at);
  }
  for (let j = 0; j < m.backers; j++, at += BACKER) {
    const switching = [m.restore[j]!, m.restoreChance[j]!, m.cut[j]!, m.onAtStart[j]!, m.wants[j]!];
    lists.set([m.side[j]!, m.flow[j]!, m.left[j]!, m.replaces[j]!, ...switching], at);
  }
  for (const { slot, month, probability, kind, target, size } of m.events) {
    lists.set([slot, month, probability, kind, target, size], at);
    at += 6;
  }
}

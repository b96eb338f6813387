/** Utilities that differ by less are one point: a share of the party's utility range. */
export const TOL_POINT = 1e-9;

/** The same while sums grow, so that what is joined on the way is rounding and never adds up to TOL_POINT. */
export const TOL_ROUNDING = 1e-12;

/** A party whose gain from the best rational package is at most this has nothing to win: it is left out, and this is said. */
export const TOL_DEGENERATE = 1e-12;

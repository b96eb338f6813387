import { COW_INTERSTATE, COW_INTRASTATE } from "./cow.ts";
import type { Layout, LayoutId } from "./layout.ts";
import { ACLED, KIEL, PAX } from "./others.ts";
import { DEATHS_CSV, SERIES_CSV } from "./plain-tables.ts";
import { UCDP_ACD, UCDP_GED, UCDP_PEACE, UCDP_TERMINATION } from "./ucdp.ts";

/** Every layout by the word that names it on the command line. */
export const LAYOUTS: Readonly<Record<LayoutId, Layout>> = {
  "ucdp-ged": UCDP_GED,
  "ucdp-acd": UCDP_ACD,
  "ucdp-termination": UCDP_TERMINATION,
  "ucdp-peace": UCDP_PEACE,
  "cow-interstate": COW_INTERSTATE,
  "cow-intrastate": COW_INTRASTATE,
  acled: ACLED,
  pax: PAX,
  kiel: KIEL,
  "deaths-csv": DEATHS_CSV,
  "series-csv": SERIES_CSV,
};
export type { Layout, LayoutId, Measure, Variant } from "./layout.ts";
export { folded, LAYOUT_IDS } from "./layout.ts";

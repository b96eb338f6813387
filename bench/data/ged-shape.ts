import { closeSync, openSync, writeSync } from "node:fs";
import { formatDay } from "../../src/core/dates/index.ts";

/** The 49 columns of the UCDP Georeferenced Event Dataset, Global version 25.1, in their order. */
export const GED_COLUMNS =
  "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office source_date source_headline source_original where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob".split(
    " ",
  );

/** Rows of the full data set, version 25.1. */
export const GED_ROWS = 385_918;

const WORDS =
  "reported clash village district near forces killed wounded road convoy attack militants army police".split(" ");

/**
 * Writes a made-up file of the shape of the full data set: 49 columns, texts with commas, quotes and accents of some hundred
 * characters, about 280 conflicts, events of 1989 to 2024. Nothing in it is about a real event. The same seed writes the same bytes.
 */
export function writeGedShape(file: string, rows = GED_ROWS, seed = 1): void {
  let state = seed >>> 0;
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const text = (words: number) => Array.from({ length: words }, () => WORDS[next(WORDS.length)]).join(" ");
  const handle = openSync(file, "w");
  try {
    let part = `${GED_COLUMNS.join(",")}\n`;
    for (let i = 0; i < rows; i++) {
      const day = 6940 + next(13_148);
      const length = next(10) === 0 ? next(40) : 0;
      const date = formatDay(day);
      const conflict = 200 + next(280);
      const [a, b, civilians] = [next(4), next(6), next(10) === 0 ? next(30) : 0];
      const best = a + b + civilians;
      const conflictName = `Country ${conflict % 120}: Government`;
      const latitude = (next(120_000) / 1000 - 60).toFixed(6);
      const longitude = (next(300_000) / 1000 - 150).toFixed(6);
      part += `${i + 1},CTR-${date.slice(0, 4)}-1-${conflict}-${i},${date.slice(0, 4)},1,Clear,${1 + next(3)},${conflict},${conflict},${conflictName},${conflict + 700},${conflict + 700},Government of Country ${conflict % 120} - Group ${conflict},${conflict % 120},${conflict % 120},Government of Country ${conflict % 120},${conflict},${conflict},Group ${conflict},${1 + next(4)},"""Reuters News,${date},${text(8)}""",Reuters News,${date},"${text(10)}, é ${text(4)}",${text(3)},${1 + next(6)},"${text(2)}, town",${text(12)},Province ${conflict % 40},District ${conflict % 90},${latitude},${longitude},POINT (${longitude} ${latitude}),${next(259_200)},Country ${conflict % 120},${conflict % 120},Region ${conflict % 5},${1 + next(2)},${1 + next(5)},${date} 00:00:00.000,${formatDay(day + length)} 00:00:00.000,${a},${b},${civilians},0,${best},${best + next(4)},${best},${conflict % 120},\n`;
      if (part.length > 4_000_000) {
        writeSync(handle, part);
        part = "";
      }
    }
    writeSync(handle, part);
  } finally {
    closeSync(handle);
  }
}

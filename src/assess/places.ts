import { z } from "zod";
import type { Case } from "../case/index.ts";

/** Which countries a map of the case shows, and whose boundaries it draws; null where no party is a country. */
export const placesExhibit = z
  .object({
    boundaries: z.literal("un-68-262"),
    citation: z.string(),
    countries: z.array(
      z.object({
        iso: z.string().describe("ISO 3166-1 numeric code."),
        party: z.string(),
        name: z.string(),
        belligerent: z.boolean(),
        line: z.string(),
      }),
    ),
  })
  .nullable();

export type PlacesExhibit = z.output<typeof placesExhibit>;

const CITATION =
  "Boundaries: Natural Earth (1:110m where small, 1:50m where large; public domain), as packed in world-atlas 2; Crimea within Ukraine as UN General Assembly resolution 68/262 (27 March 2014) affirms it, hatched as under Russian control since 2014.";

/** Parties that are countries of today, in the order of their names. */
export function placesOf(content: Case): PlacesExhibit {
  if (content.settings.boundaries === "none") return null;
  const countries = Object.entries(content.parties)
    .flatMap(([party, { name, iso, roles }]) =>
      iso === undefined
        ? []
        : [
            {
              iso,
              party,
              name,
              belligerent: roles?.some(({ role }) => role === "belligerent") === true,
              line: content.line(["parties", party]),
            },
          ],
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return countries.length === 0 ? null : { boundaries: "un-68-262", citation: CITATION, countries };
}

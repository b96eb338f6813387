/** Words of the map. */
export const mapWords = {
  title: "Where the parties are",
  alt: (names: string, ukraine: boolean) =>
    `Map of the countries that are parties: ${names}.${ukraine ? " Crimea is drawn within Ukraine, hatched as under Russian control since 2014." : ""} The list below holds the same.`,
  boundaries: (citation: string) => citation,
  noControl: "Who holds which ground is not shown: the case names no producer of such a layer.",
  head: ["Party", "ISO 3166-1", "In the conflict"],
  belligerent: "belligerent",
  other: "other role",
} as const;

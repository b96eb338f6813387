import { readGmcr } from "../../../src/formats/gmcr/index.ts";

/** Two decision makers, three options; parts of the text can be replaced. */
export function file(changes: Readonly<Record<string, string>> = {}): string {
  const part = {
    options: `[
    {"name": "Strike", "permittedDirection": "fwd"},
    {"name": "Blockade", "permittedDirection": "both"},
    {"name": "Withdraw", "permittedDirection": "back"}
  ]`,
    us: "[0, 1]",
    ussr: "[2]",
    usWants: '[[[2, "Y"]]]',
    usMore: "",
    infeasibles: "[]",
    more: "",
    ...changes,
  };
  return `{
  "options": ${part.options},
  "decisionMakers": [
    {"name": "US", "options": ${part.us}, "preferences": ${part.usWants}${part.usMore}},
    {"name": "USSR", "options": ${part.ussr}, "preferences": []}
  ],
  "infeasibles": ${part.infeasibles}${part.more}
}
`;
}

export const read = (text: string) => readGmcr({ name: "cuba.gmcr", text });

const RANKED = ', "useManualPreferenceRanking": true';
/** The same with rankings: that of the first decision maker as given. */
export const ranking = (us: string) =>
  file({ usMore: `, "preferenceRanking": ${us}`, more: RANKED }).replace(
    '"preferences": []}',
    '"preferences": [], "preferenceVector": [[1, 2, 3, 4, 5, 6, 7, 8]]}',
  );

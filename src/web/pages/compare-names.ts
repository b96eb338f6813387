import type { Assessment, WarControls } from "../../assess/index.ts";
import type { ClaimName } from "../engine/protocol.ts";
import { pathOf, setValue, type Variant } from "../state/variants.ts";
import { compareWords as say } from "../words/compare.ts";

const CLAIM = /^claims\.(.+)\.status$/;

/** What a variant is called: its reading, and what it changes, by the names of levers and claims where these are all of it. */
export function nameOfVariant(
  { reading, sets }: Variant,
  assessment: Pick<Assessment, "readings" | "sensitivity">,
  controls: WarControls | null | undefined,
  claims: readonly ClaimName[],
): string {
  const name = assessment.readings.find(({ id }) => id === reading)?.name ?? reading ?? say.asCoded;
  const levers = (controls?.levers ?? []).filter(
    (lever) => lever.sets.length > 0 && lever.sets.every(({ path, value }) => setValue(sets, path) === value),
  );
  const spoken = new Set(levers.flatMap((lever) => lever.sets.map(({ path }) => path)));
  const leverName = (id: string) => assessment.sensitivity?.levers.find((each) => each.id === id)?.name ?? id;
  const rest = sets.flatMap((set) => {
    const path = pathOf(set);
    if (spoken.has(path)) return [];
    const claim = CLAIM.exec(path)?.[1];
    return claim !== undefined && set.endsWith("=rejected")
      ? [say.withoutClaim(claims.find(({ id }) => id === claim)?.name ?? claim)]
      : [set];
  });
  return say.with(name, [...levers.map(({ id }) => say.lever(leverName(id))), ...rest]);
}

import type { Domain } from "../../terms/index.ts";

/** What a format can carry. */
export interface Carries {
  /** A number, or a package of which the party's own utility counts. */
  readonly reservation: "number" | "package";
  readonly discount: boolean;
  readonly rectangles: boolean;
  readonly bias: boolean;
}

/** What of a domain a format does not carry: a sentence each, with the party's name. */
export function describeLosses({ issues, parties, exclusions = [] }: Domain, carries: Carries): string[] {
  const lost: string[] = [];
  if (exclusions.length > 0)
    lost.push(`${exclusions.length} exclusions: every combination of options is allowed there.`);
  if (issues.some(({ ordered }) => ordered))
    lost.push("The order of options as an order: options become names, in their order.");
  for (const { name, utility, reservation, accepts = "required", redLines = {}, discount } of parties) {
    const say = (text: string) => lost.push(`${name}: ${text}`);
    if (accepts !== "required") say(`accepts: ${accepts}; it becomes a party like the others.`);
    if (Object.keys(redLines).length > 0) say("red lines.");
    if ((utility.tables ?? []).length > 0) say("values of combinations; only the issues' own values are kept.");
    if ((utility.rectangles ?? []).length > 0 && !carries.rectangles) say("hyper-rectangles.");
    if ((utility.bias ?? 0) !== 0 && !carries.bias) say(`a bias of ${utility.bias}.`);
    if (discount !== undefined && !carries.discount) say("the discount.");
    if (
      isUncertain(
        Object.values(utility.issues ?? {}).flatMap(({ weight, values }) => [
          weight,
          ...(values.kind === "table" ? Object.values(values.values) : []),
        ]),
      )
    ) {
      say("distributions of weights and values; their medians are kept.");
    }
    if (typeof reservation === "object" && !("package" in reservation))
      say("the distribution of its reservation value; its median is kept.");
    if (typeof reservation === "number" && Number.isFinite(reservation) && carries.reservation === "package") {
      say(`a reservation value of ${reservation}: the format knows packages only.`);
    }
    if (typeof reservation === "object" && "package" in reservation && carries.reservation === "number") {
      say("the package that its reservation value comes from; the value is kept.");
    }
  }
  return lost;
}

function isUncertain(values: readonly unknown[]): boolean {
  return values.some((value) => typeof value === "object");
}

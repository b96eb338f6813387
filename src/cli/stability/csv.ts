import { type Analysis, type BasicConcept, codeOf, maskOf } from "../../stability/index.ts";
import { csvText } from "../write.ts";
import { distinctNames } from "./contract.ts";
import { type StabilitySubject, situationOf } from "./target.ts";

/** Every state as a row: its number, options, ranks, and for whom it is stable by which concept. */
export function stabilityCsv(subject: StabilitySubject, { concepts }: Analysis): string {
  const { model, names } = subject;
  const deciders = distinctNames(names.decisionMakers);
  const given = Object.keys(concepts) as BasicConcept[];
  const head = [
    "state",
    "decimal",
    "situation",
    ...model.options.map(({ owner }, o) => `${deciders[owner] ?? ""}: ${names.options[o] ?? ""}`),
    ...deciders.map((name) => `rank of ${name}`),
    ...given.flatMap((concept) => [...deciders.map((name) => `${concept} ${name}`), `${concept} equilibrium`]),
  ];
  const rows = Array.from({ length: model.size }, (_, s) => {
    const stable = given.flatMap((concept) => {
      const own = concepts[concept]?.stable.map((of) => of[s] ?? 0) ?? [];
      return [...own, own.every((each) => each === 1) ? 1 : 0];
    });
    return [
      String(s + 1),
      String(maskOf(model, s)),
      situationOf(subject, s)?.id ?? "",
      ...codeOf(model, s),
      ...model.preferences.map(({ ranks }) => String(ranks[s])),
      ...stable.map(String),
    ];
  });
  return csvText([head, ...rows]);
}

import type { Case, SourceRef } from "../case/index.ts";
import { dateInWords } from "../core/dates/index.ts";
import type { DefinitionId } from "./definitions.ts";
import { DEFINITIONS } from "./definitions.ts";
import { humanize } from "./format.ts";
import type { EvidenceInputs } from "./inputs/evidence.ts";
import { NodeTable } from "./nodes.ts";
import { verdictSentence } from "./verdict-words.ts";

/** Makes the nodes that figures rest on: sources, series, claims, parameters, definitions. */
export class Reasons {
  readonly table = new NodeTable();
  readonly #content: Case;
  readonly #inputs: EvidenceInputs;

  constructor(content: Case, inputs: EvidenceInputs) {
    this.#content = content;
    this.#inputs = inputs;
  }

  definition(id: DefinitionId): string {
    const { label, citation } = DEFINITIONS[id];
    return this.table.add({
      id: `definition:${id}`,
      kind: "definition",
      label,
      ...(citation === "" ? {} : { citation }),
    });
  }

  /** A source, or one place in it. */
  source({ source, locator }: SourceRef): string {
    const entry = this.#content.sources[source];
    const grade = entry?.reliability === undefined ? "" : ` Reliability ${entry.reliability}.`;
    return this.table.add({
      id: locator === undefined ? `source:${source}` : `source:${source}#${locator}`,
      kind: "source",
      label: entry?.title ?? source,
      citation: citationOf(this.#content, { source, locator }),
      ...this.at(`sources.${source}`),
      ...(entry?.because === undefined ? {} : { note: `${grade} ${entry.because}`.trim() }),
    });
  }

  sources(refs: readonly SourceRef[] | undefined): string[] {
    return (refs ?? []).map((ref) => this.source(ref));
  }

  series(id: string): string {
    const indicator = this.#content.indicators[id];
    return this.table.add({
      id: `series:${id}`,
      kind: "series",
      label: indicator?.name ?? `${id} (not in the case, or left out)`,
      ...(indicator === undefined ? {} : { unit: indicator.unit.text, ...this.at(`indicators.${id}`) }),
      ...(indicator?.definition === undefined ? {} : { note: indicator.definition }),
      because: this.sources(indicator?.source),
    });
  }

  /** A claim with its sources and the tests of it. */
  claim(id: string): string {
    const claim = this.#content.claims[id];
    const tests = this.#inputs.tests.get(id)?.tests ?? [];
    return this.table.add({
      id: `claim:${id}`,
      kind: "claim",
      label: claim?.text ?? id,
      ...this.at(`claims.${id}`),
      ...(claim?.because === undefined ? {} : { note: claim.because }),
      because: [...this.sources(claim?.source), ...tests.map((_, index) => this.test(id, index))],
    });
  }

  /** One test of a claim: its sentence, its series, its definition. */
  test(claim: string, index: number): string {
    const tested = this.#inputs.tests.get(claim)?.tests[index];
    if (tested === undefined) return this.claim(claim);
    const unit = this.#content.indicators[tested.test.series]?.unit.text ?? "";
    return this.table.add({
      id: `figure:test/${claim}/${index}`,
      kind: "figure",
      label: `${humanize(tested.verdict.verdict)}: ${verdictSentence(tested, unit)}`,
      ...this.at(tested.casePath),
      because: [this.series(tested.test.series), this.definition(tested.test.is)],
    });
  }

  /** A number of the case, with who set it and why. */
  parameter(
    path: string,
    label: string,
    value: string | number,
    why: { readonly note?: string | undefined; readonly because?: readonly string[] } = {},
  ): string {
    return this.table.add({
      id: `parameter:${path}`,
      kind: "parameter",
      label,
      value,
      ...this.at(path),
      ...(why.note === undefined ? {} : { note: why.note }),
      because: why.because ?? [],
    });
  }

  /** How a claim's credence came about. */
  credence(id: string): string {
    const claim = this.#content.claims[id];
    const basis = this.#inputs.credences.get(id);
    const central = basis?.distribution.quantile(0.5) ?? 0;
    const from: string[] = [];
    if (basis?.from === "stated") from.push("stated in the case");
    if (basis?.from === "argued") from.push("its strength in the argument graph");
    if (basis?.from === "graded") from.push(`from grades: ${this.#grades(id)}`);
    if (basis?.interested) from.push("limited to C3: an interested source without confirmation");
    if (basis?.contradicted) from.push("limited to 0.15: contradicted by its own test");
    const because = [this.definition("credence")];
    if (basis?.interested) because.push(this.definition("interested"));
    if (basis?.contradicted) because.push(this.definition("contradicted"));
    if (basis?.from === "argued") because.push(this.definition("argument-strength"));
    return this.table.add({
      id: `parameter:claims.${id}.credence`,
      kind: "parameter",
      label: `credence of “${nameOfClaim(this.#content, id)}”`,
      value: Math.round(central * 1000) / 1000,
      note: from.join("; "),
      ...this.at(claim?.credence === undefined ? `claims.${id}` : `claims.${id}.credence`),
      because: [...because, ...this.sources(claim?.source)],
    });
  }

  #grades(id: string): string {
    const claim = this.#content.claims[id];
    const reliabilities = (claim?.source ?? []).map(({ source }) => this.#content.sources[source]?.reliability ?? "F");
    return `${[...new Set(reliabilities)].join("/") || "F"}${claim?.credibility ?? 6}`;
  }

  /** The path of a node and the line where it stands. */
  at(path: string): { casePath: string; line: string } {
    return { casePath: path, line: this.#content.line(path.split(".")) };
  }
}

/** A claim's name for charts. */
export function nameOfClaim(content: Case, id: string): string {
  return content.claims[id]?.name ?? humanize(id);
}

/** A citation in words: author, title, publisher, date, paragraph. */
export function citationOf(content: Case, { source, locator }: SourceRef): string {
  const entry = content.sources[source];
  if (entry === undefined) return source;
  const date = entry.published === undefined ? undefined : dateInWords(entry.published);
  const parts = [entry.by, `“${entry.title}”`, entry.publisher, date].filter((part) => part !== undefined);
  const where = locator === undefined ? "" : /^\d+$/.test(locator) ? `, paragraph ${locator}` : `, ${locator}`;
  return `${parts.join(", ")}${where}`;
}

/** A short citation: author or title, year, paragraph. */
export function shortCitation(content: Case, { source, locator }: SourceRef): string {
  const where = locator === undefined ? "" : /^\d+$/.test(locator) ? ` ¶${locator}` : ` ${locator}`;
  return `${content.sources[source] === undefined ? source : shortName(content, source)}${where}`;
}

/** A source in two words: the author's last name or the title, and the year. */
export function shortName(content: Case, source: string): string {
  const entry = content.sources[source];
  if (entry === undefined) return source;
  const year = entry.published?.text.slice(0, 4);
  const name = entry.by ?? entry.title;
  return year === undefined ? name : `${name} ${year}`;
}

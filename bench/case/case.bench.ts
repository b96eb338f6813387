import { assess } from "../../src/assess/index.ts";
import { filesInFolder } from "../../src/case/folder.ts";
import { checkDossier, filesInMemory, readDossier } from "../../src/case/index.ts";
import { renderReport } from "../../src/report/index.ts";
import { milliseconds, millisecondsLater, type Report } from "../measure.ts";

/** A case of a thousand claims, each with a source, a group, a weight and a reason. */
function largeCase(): string {
  const claims = Array.from(
    { length: 1000 },
    (_, i) =>
      `  claim-${i}: {text: Claim number ${i}., source: report#${(i % 40) + 1}, credibility: ${(i % 5) + 1}, ` +
      `bears: {talks: ${1 + (i % 7) / 10} to ${2 + (i % 7) / 10}}, group: group-${i % 50}, encoded: {by: bench, because: made}}`,
  );
  const groups = Array.from({ length: 50 }, (_, i) => `  group-${i}: {correlation: 0.5, because: made}`);
  return [
    "parley: 1",
    "title: A thousand claims",
    "sources: {report: {title: Report, reliability: B, paragraphs: 40}}",
    "questions: {talks: {text: Talks?, prior: 0.2 to 0.6, because: made}}",
    "groups:",
    ...groups,
    "claims:",
    ...claims,
    "",
  ].join("\n");
}

export default async function (report: Report): Promise<void> {
  const large = filesInMemory({ "case.yaml": largeCase() });
  report({
    name: "read and check a case of 1 000 claims",
    ms: milliseconds(() => {
      const { dossier } = readDossier(large);
      if (dossier !== undefined) checkDossier(dossier);
    }),
  });
  const { dossier } = readDossier(filesInFolder("cases/ukraine-2024"));
  if (dossier === undefined) throw new Error("the bundled case cannot be read");
  report({ name: "assess the bundled case, all readings", ms: milliseconds(() => assess(dossier)) });
  const { assessment } = assess(dossier);
  if (assessment === undefined) throw new Error("the bundled case has errors");
  report({ name: "write the bundled case's report", ms: await millisecondsLater(() => renderReport(assessment)) });
}

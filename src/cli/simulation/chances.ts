import type { RunResult } from "../../runs/index.ts";
import type { Output } from "../output.ts";
import { writeText } from "../write.ts";
import { dateOfMonth, summaryOf } from "./contract.ts";
import type { Subject } from "./subject.ts";

/** Writes the chances by month as CSV, and says so. @throws ParleyError write-failed */
export function writeChances(file: string, subject: Subject, result: RunResult, output: Output): void {
  const summary = summaryOf(subject, result);
  const [talks, stop, settlement, freeze, relapse] = (
    ["talks", "stop", "settlement", "freeze", "relapse"] as const
  ).map((passage) => summary.by(passage));
  const rows = (talks ?? []).map(({ month }, i) => {
    const chances = [talks, stop, settlement, freeze, relapse].map(
      (all) => `${all?.[i]?.p ?? ""},${all?.[i]?.se ?? ""}`,
    );
    return [month, dateOfMonth(subject, month) ?? "", ...chances].join(",");
  });
  const head = "month,date,talks,talks_se,stop,stop_se,settlement,settlement_se,freeze,freeze_se,relapse,relapse_se";
  writeText(file, `${[head, ...rows].join("\n")}\n`, output);
}

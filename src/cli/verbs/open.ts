import { spawn } from "node:child_process";
import { resolve } from "node:path";
import type { Command } from "commander";
import { folderStore } from "../../api/folders.ts";
import type { CaseStore, StoredCase } from "../../api/index.ts";
import { newKey, Snapshots } from "../../api/index.ts";
import { type Assessment, assess } from "../../assess/index.ts";
import type { View } from "../../case/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { builtWorkbench } from "../../server/site/files.ts";
import { helpWithExamples } from "../help.ts";
import { onInterrupt } from "../interrupt.ts";
import { cacheFolder, memoInFolder } from "../memo-folder.ts";
import { openedFolders } from "../opened.ts";
import { failWith, type Output, problemsOf, problemsText } from "../output.ts";
import { readyMade } from "../ready-made.ts";
import { renderAssessment } from "../render/assessment.ts";
import type { Served } from "../serve/listen.ts";
import { openDossier } from "../target.ts";
import { seedOf, type ViewOptions, withSeed, withViewOptions } from "../view-options.ts";

interface OpenOptions extends Omit<ViewOptions, "json"> {
  readonly port?: string;
  readonly browser?: boolean;
  readonly newIn?: string;
}

/** Where new cases are made unless somebody says where. */
const NEW_IN = "parley-cases";

/** `parley open [CASE...]`: the headlines here, the workbench on loopback. */
export function addOpen(program: Command, outputOf: (command: Command) => Output): void {
  const command = withSeed(
    withViewOptions(
      program
        .command("open")
        .argument("[cases...]", "case folders, folders of cases, YAML files or bundled cases (default: all bundled)")
        .description("print the headlines, then serve the workbench to this machine until Ctrl-C")
        .option("--port <n>", "port to serve on (default: 7340, or a free one)")
        .option("--new-in <folder>", `folder that new cases are made in (default: ${NEW_IN})`)
        .option("--no-browser", "do not open a browser"),
    ),
  ).action((targets: string[], options: OpenOptions) => open(targets, options, outputOf(command)));
  helpWithExamples(command, ["parley open", "parley open my-case/ --port 8000", "parley open mine/ theirs/"]);
}

async function open(targets: readonly string[], options: OpenOptions, output: Output): Promise<void> {
  const seed = seedOf(options);
  const port = portOf(options);
  const store = folderStore({ folders: openedFolders(targets), home: resolve(options.newIn ?? NEW_IN) });
  const [first, ...others] = store.list();
  if (first === undefined) throw ParleyError.of("case-file-missing", { path: targets[0] ?? "cases" });
  const view: View = {
    reading: options.reading,
    sets: options.set ?? [],
    asOf: options.asOf,
    strictAsOf: options.strictAsOf,
  };
  const memo = memoInFolder(cacheFolder("assess"));
  const assessed = (): Assessment => {
    const { assessment, problems } = assess(openDossier(first.path), view, { seed, memo });
    if (assessment === undefined) throw new ParleyError(problems);
    return assessment;
  };
  const web = builtWorkbench();
  const isAsCoded = seed === 1 && Object.values(view).every((each) => each === undefined || each.length === 0);
  try {
    const isReady = web !== undefined && isAsCoded;
    const known = isReady ? readyMade(web, first.id, new Snapshots().of(first).hash) : undefined;
    // Where nobody reads the headlines only the view is tried.
    if (!output.json || !isReady) {
      output.print(renderAssessment(known ?? assessed(), output.terminal, { short: true }));
    }
  } catch (error) {
    // A case with slips is opened all the same, so that they can be mended in the workbench.
    if (!(error instanceof ParleyError) || web === undefined || !isAsCoded) throw error;
    output.note(problemsText(error.problems, output.terminal));
  }
  if (targets.length > 1) for (const { path } of others) output.print(`Also open: ${path}`);
  if (web === undefined) {
    output.note("The workbench is not built here (npm run build:web builds it); this is the report instead.");
  } else if (view.strictAsOf === true) {
    output.note("--strict-as-of holds for the headlines; the workbench shows what rests on hindsight, too.");
  }
  const starting =
    web === undefined ? report(first, assessed, port) : workbench(web, store, addressOf(first, view, seed), port);
  const served = await starting.catch((error: Error) =>
    failWith(output, [
      ...ParleyError.of("usage", {
        detail: `the ${web === undefined ? "report" : "workbench"} cannot be served: ${error.message}`,
        hint: "give another port with --port",
      }).problems,
    ]),
  );
  output.print(`\nThe ${web === undefined ? "report" : "workbench"} is at`);
  output.print(served.address);
  if (web !== undefined) output.print(`New cases are made in ${options.newIn ?? NEW_IN}.`);
  output.print("Ctrl-C ends.");
  output.printJson({ address: served.address });
  const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true && !process.env["CI"];
  if (interactive && options.browser !== false) openBrowser(served.address);
  await new Promise<void>((done) => {
    onInterrupt(done, ["SIGINT", "SIGTERM", "SIGHUP"]);
  });
  await served.close();
}

/** Serves the cases to the page that is given the key; the address says which one it begins with, and how. */
async function workbench(
  web: string,
  store: CaseStore,
  begin: URLSearchParams,
  port: number | undefined,
): Promise<Served> {
  const { serveWorkbench } = await import("../serve/workbench.ts");
  const key = newKey();
  const served = await serveWorkbench({ store, key, web, port });
  return { ...served, address: `${served.address}#key=${key}&${begin}` };
}

/** Serves the report of one case, worked out anew for each request, so that an edit shows on reload. */
async function report(
  { open: isOpen }: StoredCase,
  assessed: () => Assessment,
  port: number | undefined,
): Promise<Served> {
  const [{ renderProblems, renderReport }, { serveReport }] = await Promise.all([
    import("../../report/index.ts"),
    import("../serve/report.ts"),
  ]);
  let title = assessed().case.title;
  const page = async (): Promise<string> => {
    try {
      const assessment = assessed();
      title = assessment.case.title;
      return await renderReport(assessment);
    } catch (error) {
      return renderProblems(title, problemsOf(error).problems);
    }
  };
  return serveReport({ page, open: isOpen, port });
}

/** The case and the view that the page begins with, as its address names them. */
function addressOf({ id }: StoredCase, { reading, asOf, sets = [] }: View, seed: number): URLSearchParams {
  const begin = new URLSearchParams({ case: id });
  if (reading !== undefined) begin.set("reading", reading);
  if (asOf !== undefined) begin.set("asof", asOf);
  if (seed !== 1) begin.set("seed", String(seed));
  for (const each of sets) begin.append("set", each);
  return begin;
}

function portOf({ port }: OpenOptions): number | undefined {
  if (port === undefined) return undefined;
  const value = Number(port);
  if (/^\d+$/.test(port) && value <= 65535) return value;
  throw ParleyError.of("invalid-option", { option: "--port", value: port, expected: "0..65535" });
}

/** Opens the user's browser; where there is none the printed address does. */
function openBrowser(address: string): void {
  const [command, ...words] =
    process.platform === "darwin"
      ? ["open", address]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", "", address.replaceAll("&", "^&")]
        : ["xdg-open", address];
  const child = spawn(command ?? "xdg-open", words, { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}

import { spawn } from "node:child_process";
import type { Command } from "commander";
import { assess } from "../../assess/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { helpWithExamples } from "../help.ts";
import { onInterrupt } from "../interrupt.ts";
import { cacheFolder, memoInFolder } from "../memo-folder.ts";
import { failWith, type Output, problemsOf } from "../output.ts";
import { renderAssessment } from "../render/assessment.ts";
import { isBundled, openDossier } from "../target.ts";
import { seedOf, type ViewOptions, withSeed, withViewOptions } from "../view-options.ts";

interface OpenOptions extends Omit<ViewOptions, "json"> {
  readonly port?: string;
  readonly browser?: boolean;
}

const FIRST_CASE = "ukraine-2024";

/** `parley open [CASE]`: the headlines here, the report on loopback. */
export function addOpen(program: Command, outputOf: (command: Command) => Output): void {
  const command = withSeed(
    withViewOptions(
      program
        .command("open")
        .argument("[case]", "a case folder, a case.yaml or a bundled case", FIRST_CASE)
        .description("print the headlines, then serve the report to this machine until Ctrl-C")
        .option("--port <n>", "port to serve on (default: 7340, or a free one)")
        .option("--no-browser", "do not open a browser"),
    ),
  ).action((target: string, options: OpenOptions) => open(target, options, outputOf(command)));
  helpWithExamples(command, ["parley open", "parley open my-case/ --port 8000"]);
}

async function open(target: string, options: OpenOptions, output: Output): Promise<void> {
  const seed = seedOf(options);
  const view = {
    reading: options.reading,
    sets: options.set ?? [],
    asOf: options.asOf,
    strictAsOf: options.strictAsOf,
  };
  const memo = memoInFolder(cacheFolder("assess"));
  const once = () => {
    const { assessment, problems } = assess(openDossier(target), view, { seed, memo });
    if (assessment === undefined) throw new ParleyError(problems);
    return assessment;
  };
  const first = once();
  output.print(renderAssessment(first, output.terminal, { short: true }));
  const [{ renderProblems, renderReport }, { serve }] = await Promise.all([
    import("../../report/index.ts"),
    import("../serve.ts"),
  ]);
  // The case is read anew for each request, so that an edit shows on reload; a broken one says what is wrong.
  const page = async (): Promise<string> => {
    try {
      return await renderReport(once());
    } catch (error) {
      return renderProblems(first.case.title, problemsOf(error).problems);
    }
  };
  const served = await serve({ page, open: isBundled(target), port: portOf(options) }).catch((error: Error) =>
    failWith(output, [
      ...ParleyError.of("usage", {
        detail: `the report cannot be served: ${error.message}`,
        hint: "give another port with --port",
      }).problems,
    ]),
  );
  output.print("\nThe report is at");
  output.print(served.address);
  output.print("Ctrl-C ends.");
  output.printJson({ address: served.address });
  const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true && !process.env["CI"];
  if (interactive && options.browser !== false) openBrowser(served.address);
  await new Promise<void>((resolve) => {
    onInterrupt(resolve, ["SIGINT", "SIGTERM", "SIGHUP"]);
  });
  await served.close();
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
        ? ["cmd", "/c", "start", "", address]
        : ["xdg-open", address];
  const child = spawn(command ?? "xdg-open", words, { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}

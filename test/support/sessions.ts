import { spawnSync } from "node:child_process";
import { mainFile } from "./cli.ts";

/** What a session of a document would print now: each command, then its output. `npx parley` is the command of this clone. */
function replay(session: string, folder: string): string {
  const commands = session.split("\n").filter((line) => line.startsWith("$ "));
  const outputs = commands.map((line) => {
    const shim = `npx() { shift; "${process.execPath}" "${mainFile}" "$@"; }`;
    const { stdout, stderr } = spawnSync("bash", ["-c", `${shim}; ${line.slice(2)}`], {
      cwd: folder,
      encoding: "utf8",
    });
    return `${line}\n${stdout}${stderr}`;
  });
  return outputs.join("\n");
}

/** A document with the output of each of its console sessions as it would be now, their commands run in a folder. */
export function replayed(document: string, folder: string): string {
  return document.replace(
    /```console\n([\s\S]*?)```/g,
    (_, session: string) => `\`\`\`console\n${replay(session, folder)}\`\`\``,
  );
}

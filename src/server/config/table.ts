import { SETTINGS, type Setting } from "./settings.ts";

const all: readonly Setting<unknown>[] = Object.values(SETTINGS);

/** The settings as a table in Markdown, for docs/team-server.md. */
export function settingsTable(): string {
  const rows = [
    ["name", "meaning", "where it is not set", "secret"],
    ...all.map(({ name, meaning, otherwise, showing, inFile }) => [
      inFile ? `\`${name}\`, \`${name}_FILE\`` : `\`${name}\``,
      meaning,
      otherwise,
      SECRET[showing],
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...body.map(line)].join("\n");
}

const SECRET = { plain: "", url: "its password", secret: "yes" } as const;

/** The settings as `parley serve --help` has them: at most 80 columns. */
export function settingsHelp(): string {
  const blocks = all.map(({ name, meaning, otherwise, inFile }) => {
    const text = `${meaning} (default: ${otherwise})`;
    return [`  ${name}${inFile ? `, ${name}_FILE` : ""}`, ...wrapped(text, 74).map((line) => `      ${line}`)].join(
      "\n",
    );
  });
  return [
    "Settings stand in the environment. NAME_FILE names a file that holds the value,",
    "which is the safer place for a secret.",
    "",
    ...blocks,
  ].join("\n");
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

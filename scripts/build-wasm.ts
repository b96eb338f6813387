/**
 * Writes src/dynamics/wasm/binary.ts: the dynamics kernel, compiled from src/dynamics/wasm/assembly with AssemblyScript.
 *
 * The same sources and the same compiler give the same bytes. A test compiles anew and compares.
 *
 *   node scripts/build-wasm.ts            writes the module
 *   node scripts/build-wasm.ts --print    prints it
 *   node scripts/build-wasm.ts --text     prints the kernel as WebAssembly text
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const TARGET = new URL("../src/dynamics/wasm/binary.ts", import.meta.url);
const ENTRY = "src/dynamics/wasm/assembly/index.ts";
/** Constants of the portable mathematics; its tables are copied into memory when the kernel is made. */
const TABLES = "src/core/math/tables.ts";

const OPTIONS = [
  ...["--optimizeLevel", "3", "--shrinkLevel", "0", "--converge", "--noAssert"],
  // No allocation: all memory is laid out beforehand.
  ...["--runtime", "stub", "--enable", "simd"],
  // Vectors are passed between the kernel's own functions only.
  ...["--disableWarning", "112"],
];

/** AssemblyScript has no typed arrays without an allocator: of the tables it sees the numbers alone. */
function sourceOf(path: string): string | null {
  if (!existsSync(ROOT + path)) return null;
  const text = readFileSync(ROOT + path, "utf8");
  if (path !== TABLES) return text;
  return text.match(/^export const \w+ = -?[\d.e-]+;$/gm)?.join("\n") ?? null;
}

/** Compiles the kernel to a file of the given kind. */
async function compile(kind: "--outFile" | "--textFile"): Promise<Uint8Array> {
  let output = new Uint8Array();
  const { error, stderr } = await main([ENTRY, kind, "kernel", ...OPTIONS], {
    readFile: sourceOf,
    writeFile: (_, contents) => {
      output = typeof contents === "string" ? new TextEncoder().encode(contents) : Uint8Array.from(contents);
    },
    listFiles: () => [],
  });
  if (error !== null) throw new Error(`${stderr.toString()}${error.message}`);
  return output;
}

/** The text of src/dynamics/wasm/binary.ts. */
export async function kernelModule(): Promise<string> {
  const binary = Buffer.from(await compile("--outFile")).toString("base64");
  return `// Written by scripts/build-wasm.ts; do not edit.

/** The dynamics kernel in WebAssembly, in base 64. */
export const KERNEL =
  "${binary}";
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes("--text")) process.stdout.write(await compile("--textFile"));
  else if (process.argv.includes("--print")) process.stdout.write(await kernelModule());
  else writeFileSync(TARGET, await kernelModule());
}

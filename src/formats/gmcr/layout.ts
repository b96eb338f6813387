/** Longest line that a list or an object is kept on, numbers aside. */
const WIDTH = 100;

/** JSON with what is short on one line, so that a person can read and compare it. */
export function layout(value: unknown, indent = ""): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const flat = oneLine(value);
  if (indent.length + flat.length <= WIDTH || (isList && value.every(isNumbers))) return flat;
  const deeper = `${indent}  `;
  const lines = isList
    ? value.map((item) => layout(item, deeper))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${layout(item, deeper)}`);
  const [open, close] = isList ? "[]" : "{}";
  return `${open}\n${lines.map((line) => deeper + line).join(",\n")}\n${indent}${close}`;
}

function isNumbers(value: unknown): boolean {
  return typeof value === "number" || (Array.isArray(value) && value.every((each) => typeof each === "number"));
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}: ${oneLine(item)}`)
    .join(", ")}}`;
}

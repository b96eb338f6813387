import type { Raw } from "../../../case/index.ts";
import type { LeafAs } from "./shape.ts";

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

/** A value as it stands in a field. */
export function shownOf(value: Raw | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** What a text in a field means to the case; nothing where it is empty. */
export function readAs(text: string, as: LeafAs): Raw | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  switch (as) {
    case "amount":
    case "number":
    case "quantity":
      return NUMBER.test(trimmed) ? Number(trimmed) : trimmed;
    case "anything":
      return anything(trimmed);
    default:
      return trimmed;
  }
}

function anything(text: string): Raw {
  if (NUMBER.test(text)) return Number(text);
  if (text === "true" || text === "false") return text === "true";
  if (!/^[[{"]/.test(text)) return text;
  try {
    return JSON.parse(text) as Raw;
  } catch {
    return text;
  }
}

/** A name for the file, from a name for people. */
export function keyFrom(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-");
  return plain.split("-").filter(Boolean).slice(0, 5).join("-").slice(0, 60);
}

export const KEY = /^[a-z0-9][a-z0-9-]{0,99}$/;

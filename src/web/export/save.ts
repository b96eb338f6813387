/** Hands a file to the browser's downloads. */
export function saveFile(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the content once the click is through.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A file's name from any text. */
export function fileNameOf(...parts: readonly string[]): string {
  const slug = parts
    .join(" ")
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-|-$/g, "");
  return slug.slice(0, 60).replace(/-$/, "") || "parley";
}

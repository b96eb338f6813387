/** The bodies of a file's sections but the one that a line stands in. */
export function foldsAround(text: string, line: number): { readonly from: number; readonly to: number }[] {
  const lines = text.split("\n");
  const starts: number[] = [];
  let offset = 0;
  const heads: { readonly line: number; readonly end: number }[] = [];
  for (const [index, each] of lines.entries()) {
    starts.push(offset);
    if (/^[^\s#-][^:]*:\s*(#.*)?$/.test(each)) heads.push({ line: index + 1, end: offset + each.length });
    offset += each.length + 1;
  }
  return heads.flatMap((head, index) => {
    const next = heads[index + 1]?.line ?? lines.length + 1;
    if (line >= head.line && line < next) return [];
    let last = next - 2;
    // Comments above the next section are that section's.
    while (last >= head.line && /^(#.*|\s*)$/.test(lines[last] ?? "")) last -= 1;
    const to = (starts[last] ?? 0) + (lines[last] ?? "").length;
    return to > head.end ? [{ from: head.end, to }] : [];
  });
}

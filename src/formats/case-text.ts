import { Document, isMap, isScalar, isSeq, type Pair, visit } from "yaml";

/** A case made of another program's file, and what the case does not hold of it: a sentence each. */
export interface MadeCase {
  readonly text: string;
  readonly lost: readonly string[];
}

/** Most members of a list or mapping that stands in one line. */
const MOST_IN_LINE = 6;
/** Longest text that may stand in a line with others. */
const SHORT = 60;

/** A whole case as YAML: small things in one line, the rest in blocks, an empty line between sections. */
export function caseText(content: Readonly<Record<string, unknown>>, comment: string): string {
  const document = new Document(content, { version: "1.2", aliasDuplicateObjects: false });
  visit(document, {
    Collection(_, node, path) {
      // What holds only words and numbers reads better in a line: {name: Attack, direction: forward}.
      const parts = isMap(node) ? node.items.map(({ value }) => value) : node.items;
      const small = parts.every((each) => isScalar(each) && String(each.value).length <= SHORT);
      if (path.length > 3 && small && (isSeq(node) || parts.length <= MOST_IN_LINE)) node.flow = true;
    },
  });
  if (isMap(document.contents)) {
    for (const [index, { key, value }] of (document.contents.items as Pair[]).entries()) {
      if (index > 0 && isScalar(key) && (isMap(value) || isSeq(value))) key.spaceBefore = true;
    }
  }
  document.commentBefore = comment.replaceAll(/^/gm, " ");
  return document.toString({ lineWidth: 120, flowCollectionPadding: false });
}

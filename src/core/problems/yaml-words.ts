/** What the codes of the YAML library mean, in our words: the detail of a `yaml-syntax` problem and its hint. */
const YAML_WORDS: Readonly<Record<string, readonly [detail: string, hint?: string]>> = {
  ALIAS_PROPS: ["an alias cannot carry an anchor or a tag"],
  BAD_ALIAS: ["an alias needs a name after *", "quote a text that begins with *"],
  BAD_COLLECTION_TYPE: ["this tag does not fit a list or mapping", "remove the tag"],
  BAD_DIRECTIVE: ["unknown directive", "quote a text that begins with %"],
  BAD_DQ_ESCAPE: ["unknown escape after \\ in double quotes", "use single quotes, or write \\\\ for a backslash"],
  BAD_INDENT: ["this line is indented differently from its neighbours", "indent entries of one level alike"],
  BAD_PROP_ORDER: ["anchors and tags must stand before the value"],
  BAD_SCALAR_START: ["a plain text cannot begin with this character", "put the text in quotes"],
  BLOCK_AS_IMPLICIT_KEY: ["a second ': ' in one line", "put a text that contains ': ' in quotes"],
  BLOCK_IN_FLOW: ["an indented list or mapping inside { } or [ ]"],
  IMPOSSIBLE: ["this cannot be read"],
  KEY_OVER_1024_CHARS: ["a key of more than 1 024 characters", "put a text that contains ': ' in quotes"],
  MISSING_CHAR: ["something is missing here: a closing quote, a comma, a bracket, or a space after ':'"],
  MULTILINE_IMPLICIT_KEY: ["a key that runs over several lines", "is a ':' missing after the key?"],
  MULTIPLE_ANCHORS: ["a value can have one anchor only"],
  MULTIPLE_TAGS: ["a value can have one tag only"],
  NON_STRING_KEY: ["a key must be a word"],
  RESOURCE_EXHAUSTION: ["the structure is nested too deeply"],
  UNEXPECTED_TOKEN: [
    "something stands here that does not belong",
    "quote texts that contain # : { } [ ] , & * or quotes",
  ],
};

/** The detail and hint for a code of the YAML library. */
export function yamlWords(code: string): { readonly detail: string; readonly hint: string | undefined } {
  const [detail, hint] = YAML_WORDS[code] ?? ["this cannot be read as YAML"];
  return { detail, hint };
}

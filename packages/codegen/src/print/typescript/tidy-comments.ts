/** Tags that repeat what the type beside them says. */
const noise = /^\s*(?:\/\*\*)?\s*\*?\s*@(constant|enum)\b.*$/;

/**
 * Brings the comments openapi-typescript writes into the form of the other generated files: no `@description` tag, no
 * tag that repeats the type, the lines of a text as the document has them, a comment of one sentence on one line, two
 * spaces of indentation, a blank line between declarations.
 */
export function tidyComments(text: string): string {
  return text
    .split("\n")
    .map((line) => line.replace(/^(?: {4})+/, (spaces) => " ".repeat(spaces.length / 2)))
    .map((line) => line.replace(/^(\s*(?:\/\*\*|\*) )@description /, "$1"))
    .map((line) => line.replace(/^( *\*) {5}/, "$1 ").replace(/^( *\*) +$/, "$1"))
    .filter((line) => !noise.test(line))
    .join("\n")
    .replace(/^( *)\/\*\*\n *\*\/\n/gm, "")
    .replace(/^( *)\/\*\*\n *\* ([^\n]*)\n *\*\/\n/gm, "$1/** $2 */\n")
    .replace(/([;}])\n(?=\/\*\*|export |type )/g, "$1\n\n");
}

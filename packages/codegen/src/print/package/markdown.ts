/**
 * Text of a document as one line of Markdown: emphasis and links stay, but it can't begin a block, open a tag, or leave
 * a code span open.
 */
export function inline(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  const spans = line.split("`");
  // An even number of parts is an odd number of backticks: one would be open.
  const parts = spans.length % 2 === 0 ? [spans.join("\\`")] : spans;
  const safe = parts
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll("<", "&lt;")))
    .join("`")
    .replaceAll("|", "\\|");
  return safe.replace(/^(?:[#>+=~-]|\*(?= )|\d+[.)]|```)/, (start) =>
    /^\d/.test(start) ? `${start.slice(0, -1)}\\${start.slice(-1)}` : `\\${start}`,
  );
}

/** The first paragraph of a text as one line, or nothing. */
export function firstParagraph(text: string | undefined): string {
  const [paragraph = ""] = (text ?? "").trim().split(/(?:\r\n?|\n)\s*(?:\r\n?|\n)/);
  return /^\s*(?:```|~~~|[|>#])/.test(paragraph) ? "" : inline(paragraph);
}

/** Text between as many backticks as it takes (CommonMark, 6.1). */
export function code(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 || /^ .* $/.test(line) ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/** A block of TypeScript. No line of generated code begins with backticks. */
export function block(text: string): string {
  return `\`\`\`ts\n${text.trim()}\n\`\`\`\n`;
}

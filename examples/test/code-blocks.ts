/** A fenced block of a Markdown page. */
export interface CodeBlock {
  readonly text: string;
  /** The line its fence stands on, counted from 1. */
  readonly line: number;
}

/** The fenced blocks of one language (CommonMark 0.31, section 4.5; backtick fences at the margin). */
export function codeBlocks(page: string, language: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let block: { lines: string[]; line: number; wanted: boolean } | undefined;
  for (const [index, line] of page.split("\n").entries()) {
    if (!line.startsWith("```")) block?.lines.push(line);
    else if (block === undefined)
      block = { lines: [], line: index + 1, wanted: line.slice(3).trim() === language };
    else {
      if (block.wanted) blocks.push({ text: block.lines.join("\n"), line: block.line });
      block = undefined;
    }
  }
  return blocks;
}

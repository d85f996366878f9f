/**
 * Text in lines that fit, broken between words; a word that is longer than a line is left whole. Lines that are there
 * already stay apart, and those that begin with blanks, such as lists of commands, are left as they are where they fit.
 *
 * @param width columns
 * @param indent what stands before every line but the first
 */
export function wrap(text: string, width: number, indent = ""): string {
  const lines = text.split("\n").flatMap((line) => (line.length <= width ? [line] : wrapLine(line, width)));
  return lines.join(`\n${indent}`);
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of line.trim().split(/\s+/)) {
    const longer = current === "" ? word : `${current} ${word}`;
    if (longer.length > width && current !== "") {
      lines.push(current);
      current = word;
    } else current = longer;
  }
  return [...lines, current];
}

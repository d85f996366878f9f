/** Text that can stand in a comment: it can't end the comment, and it is one line where asked. */
export function commentText(text: string): string {
  return text.replaceAll("*/", "*\\/").replace(/\s+/g, " ").trim();
}

const width = 108;

/**
 * A doc comment of the given paragraphs and tags, wrapped and indented; an empty string when there is nothing to say.
 * Text in fences keeps its lines, and a fence that is left open is closed.
 */
export function docComment(parts: readonly (string | undefined)[], indent = ""): string {
  const said = parts.filter((part) => part !== undefined && part.trim() !== "") as string[];
  const lines = said.flatMap((part, index) => {
    const together = index === 0 || (said[index - 1]?.startsWith("@") && part.startsWith("@"));
    return [
      ...(together ? [] : [""]),
      ...linesOf(part.replaceAll("*/", "*\\/").trim(), width - indent.length),
    ];
  });
  if (lines.length === 0) return "";
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} *${line === "" ? "" : ` ${line}`}\n`).join("")}${indent} */\n`;
}

function linesOf(text: string, room: number): string[] {
  const lines: string[] = [];
  let paragraph: string[] = [];
  let fenced = false;
  const endParagraph = () => {
    lines.push(...wrap(paragraph, room));
    paragraph = [];
  };
  for (const line of text.split(/\r\n|[\r\n\u2028\u2029]/)) {
    const isFence = /^\s*```/.test(line);
    if (isFence || fenced || line.trim() === "") {
      endParagraph();
      lines.push(line.trimEnd());
      if (isFence) fenced = !fenced;
    } else paragraph.push(line);
  }
  endParagraph();
  return fenced ? [...lines, "```"] : lines;
}

function wrap(paragraph: readonly string[], room: number): string[] {
  // Lists and tables mean their line ends.
  if (paragraph.some((line) => /^\s*([-*|]|\d+\.)\s/.test(line)))
    return paragraph.map((line) => line.trimEnd());
  const lines: string[] = [];
  let line = "";
  for (const word of paragraph.join(" ").split(/\s+/).filter(Boolean)) {
    if (line !== "" && line.length + word.length + 1 > room) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
    // At the beginning of a line it would be a tag.
    if (lines.length > 0 && line.startsWith("@")) line = `\\${line}`;
  }
  return line === "" ? lines : [...lines, line];
}

/** Text that comes in pieces, in lines that fit. */
export interface Flow {
  /** What of the text can be shown now: a word is kept back until it is known where it ends. */
  push(text: string): string;
  /** What was kept back; the line goes on. */
  rest(): string;
  /** What was kept back. The next text begins a line. */
  end(): string;
}

/**
 * Breaks text that comes piece by piece between words; a word that is longer than a line is left whole. What a line
 * begins with, blanks included, those it is broken into begin with as well.
 *
 * @param width columns, `before` not counted
 * @param before what stands before every line
 */
export function createFlow(width: () => number, before: string): Flow {
  let [indent, gap, word, column] = ["", "", "", 0];

  function endWord(): string {
    if (word === "") return "";
    let shown: string;
    if (column === 0) {
      indent = gap;
      shown = `${before}${gap}${word}`;
      column = gap.length + word.length;
    } else if (column + gap.length + word.length > width()) {
      shown = `\n${before}${indent}${word}`;
      column = indent.length + word.length;
    } else {
      shown = `${gap}${word}`;
      column += gap.length + word.length;
    }
    gap = "";
    word = "";
    return shown;
  }

  function endLine(): string {
    const shown = endWord();
    gap = "";
    column = 0;
    return shown;
  }

  return {
    push(text) {
      let shown = "";
      for (const [piece] of text.matchAll(/\n|[^\S\n]+|\S+/g)) {
        if (piece === "\n") shown += `${endLine()}\n`;
        else if (piece.trim() === "") {
          shown += endWord();
          gap += piece;
        } else word += piece;
      }
      return shown;
    },
    rest: endWord,
    end: endLine,
  };
}

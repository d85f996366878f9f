/** Follows a JSON text that comes in pieces, just far enough to tell whether its object or array has been closed. */
export interface JsonScanner {
  /** Takes the next piece. */
  push(piece: string): void;
  /** Whether the text is closed. Text that is neither an object nor an array never is. */
  isClosed(): boolean;
}

const quoteMark = 0x22;
const backslash = 0x5c;

/** A scanner at the start of a text. Looks at every character once. */
export function createJsonScanner(): JsonScanner {
  let depth = 0;
  let closed = false;
  let inString = false;
  let escaped = false;

  function scan(unit: number): void {
    if (escaped) escaped = false;
    else if (unit === quoteMark) inString = !inString;
    else if (inString) escaped = unit === backslash;
    // `[`, `{` and `]`, `}` differ in the same one bit.
    else if ((unit | 0x20) === 0x7b) {
      depth += 1;
      closed = false;
    } else if ((unit | 0x20) === 0x7d) {
      depth -= 1;
      closed = depth === 0;
    }
  }

  return {
    push(piece) {
      // Most pieces are from the middle of a string.
      if (inString && !escaped && !piece.includes('"') && !piece.includes("\\")) return;
      for (let at = 0; at < piece.length; at++) scan(piece.charCodeAt(at));
    },
    isClosed: () => closed,
  };
}

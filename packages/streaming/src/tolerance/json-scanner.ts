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
  return {
    push(piece) {
      for (let i = 0; i < piece.length; i++) {
        const unit = piece.charCodeAt(i);
        if (inString) {
          if (escaped) escaped = false;
          else if (unit === backslash) escaped = true;
          else if (unit === quoteMark) inString = false;
        } else if (unit === quoteMark) inString = true;
        else if (unit === 0x7b || unit === 0x5b) {
          depth += 1;
          closed = false;
        } else if (unit === 0x7d || unit === 0x5d) {
          depth -= 1;
          closed = depth === 0;
        }
      }
    },
    isClosed: () => closed,
  };
}

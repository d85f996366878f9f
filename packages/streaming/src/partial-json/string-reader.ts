/** Reads the inside of a JSON string that comes in pieces. */
export interface StringReader {
  /** The opening quotation mark was read. */
  begin(): void;
  /** Reads on; gives the position after what was read, or that of a fault. */
  read(piece: string, start: number): number;
  /**
   * The text so far. The first half of a surrogate pair is held back while the string is open: it would be shown as a
   * character of its own.
   */
  readonly text: string;
  readonly isClosed: boolean;
  /** What is wrong with the text, when something is. */
  readonly fault: string | undefined;
}

const quoteMark = 0x22;
const backslash = 0x5c;

const escapes: Readonly<Record<number, string>> = {
  34: '"',
  92: "\\",
  47: "/",
  98: "\b",
  102: "\f",
  110: "\n",
  114: "\r",
  116: "\t",
};

/** The value of a hexadecimal digit; -1 when it is none. */
function hexValue(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/**
 * A reader for one string after the other.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-7
 */
export function createStringReader(): StringReader {
  let text = "";
  /** The first half of a surrogate pair. It is kept apart: looking at the end of a text that grows would copy it. */
  let held = "";
  let isClosed = true;
  let isEscape = false;
  /** How many digits of a `\u` escape are still to come. */
  let digits = 0;
  let code = 0;
  let fault: string | undefined;

  function append(piece: string): void {
    if (piece === "") return;
    const last = piece.charCodeAt(piece.length - 1);
    const isHalf = last >= 0xd800 && last < 0xdc00;
    text += held + (isHalf ? piece.slice(0, -1) : piece);
    held = isHalf ? piece.slice(-1) : "";
  }

  function refuse(message: string, at: number): number {
    fault = message;
    return at;
  }

  function readEscape(unit: number, at: number): number {
    const character = escapes[unit];
    if (character === undefined && unit !== 0x75) return refuse("No such escape", at);
    isEscape = false;
    if (character === undefined) [digits, code] = [4, 0];
    else append(character);
    return at + 1;
  }

  function readDigit(unit: number, at: number): number {
    const value = hexValue(unit);
    if (value === -1) return refuse("No hexadecimal digit", at);
    code = code * 16 + value;
    digits -= 1;
    if (digits === 0) append(String.fromCharCode(code));
    return at + 1;
  }

  /** Reads up to what is not plain text, and that too. */
  function readRun(piece: string, start: number): number {
    let at = start;
    let unit = 0;
    for (; at < piece.length; at++) {
      unit = piece.charCodeAt(at);
      if (unit === quoteMark || unit === backslash || unit < 0x20) break;
    }
    append(piece.slice(start, at));
    if (at === piece.length) return at;
    if (unit < 0x20) return refuse("A control character in a string", at);
    if (unit === backslash) isEscape = true;
    else {
      isClosed = true;
      text += held;
      held = "";
    }
    return at + 1;
  }

  return {
    begin() {
      text = "";
      held = "";
      isClosed = false;
    },
    read(piece, start) {
      let at = start;
      while (at < piece.length && !isClosed && fault === undefined) {
        if (isEscape) at = readEscape(piece.charCodeAt(at), at);
        else if (digits > 0) at = readDigit(piece.charCodeAt(at), at);
        else at = readRun(piece, at);
      }
      return at;
    },
    get text() {
      return text;
    },
    get isClosed() {
      return isClosed;
    },
    get fault() {
      return fault;
    },
  };
}

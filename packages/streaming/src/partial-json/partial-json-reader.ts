import { HawserError } from "../errors.ts";
import { continueNumber, mayEnd, type NumberState, startNumber } from "./number-grammar.ts";
import { PartialJsonError } from "./partial-json-error.ts";
import { createPartialTree, type JsonPath, valueAt } from "./partial-tree.ts";
import { createStringReader } from "./string-reader.ts";

/** How JSON is read piece by piece. */
export interface PartialJsonOptions {
  /** How many objects and arrays may be open within each other. Default 512. */
  readonly maxDepth?: number | undefined;
}

/** A JSON text that comes in pieces, and the value it has so far. */
export interface PartialJsonReader {
  /**
   * Takes the next piece of the text. Throws a `PartialJsonError` at the first character that can't be JSON, and for
   * every piece after it; what was read before stays readable.
   */
  push(piece: string): void;
  /**
   * Says that the text is over, and gives the value, equal to what `JSON.parse` makes of the whole text. Throws a
   * `PartialJsonError` for every text that `JSON.parse` refuses.
   */
  finish(): unknown;
  /**
   * The value so far; `undefined` until it begins. Objects and arrays are the same ones every time and grow in place.
   * The text of a string grows; numbers, `true`, `false`, `null` and names are there when they are whole.
   */
  readonly value: unknown;
  /** Whether the value has come to its end. A number at the top has only once `finish` was called. */
  readonly isComplete: boolean;
  /**
   * The path of the value that is being read: `["cities", 2, "name"]`. Everything that is not on it is complete.
   * `undefined` when the whole value is.
   */
  readonly openPath: JsonPath | undefined;
  /** Whether the value at this path, `[]` for the whole, is there and can't change any more. */
  isFieldComplete(path: JsonPath): boolean;
}

/** What the next character that is no white space belongs to. */
type State =
  | "value"
  | "first-element"
  | "first-member"
  | "name"
  | "colon"
  | "separator"
  | "string"
  | "number"
  | "literal"
  | "end";

const literals: Readonly<Record<number, { readonly text: string; readonly value: boolean | null }>> = {
  116: { text: "true", value: true },
  102: { text: "false", value: false },
  110: { text: "null", value: null },
};

function isWhiteSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}

/**
 * A reader of JSON that comes in pieces, for example the arguments of a tool call while the model writes them. Looks at
 * every character once, whatever the pieces: the time is proportional to the text.
 *
 * Throws a `HawserError` when `maxDepth` is no positive whole number.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */
export function createPartialJsonReader(options: PartialJsonOptions = {}): PartialJsonReader {
  const { maxDepth = 512 } = options;
  if (!(Number.isInteger(maxDepth) || maxDepth === Infinity) || maxDepth < 1) {
    throw new HawserError(`maxDepth must be a positive whole number, not ${maxDepth}`);
  }
  const tree = createPartialTree();
  const string = createStringReader();
  let state: State = "value";
  /** Where the piece that is being read begins in the text. */
  let offset = 0;
  let failure: PartialJsonError | undefined;
  let isName = false;
  let number = "";
  let numberState: NumberState = "minus";
  let literal = literals[0x74]!;
  let literalRead = 0;

  function fail(message: string, position: number): never {
    failure = new PartialJsonError(`${message} at position ${position} of the JSON`, { position });
    throw failure;
  }

  function unexpected(piece: string, at: number): never {
    return fail(`Unexpected ${JSON.stringify(piece.charAt(at))}`, offset + at);
  }

  function closeValue(): void {
    tree.close();
    state = tree.depth === 0 ? "end" : "separator";
  }

  function enter(container: Record<string, unknown> | unknown[], position: number): void {
    if (tree.depth >= maxDepth) fail(`More than ${maxDepth} levels (maxDepth)`, position);
    tree.enter(container);
    state = Array.isArray(container) ? "first-element" : "first-member";
  }

  function beginString(asName: boolean): void {
    isName = asName;
    string.begin();
    if (!asName) tree.begin("");
    state = "string";
  }

  function beginValue(unit: number, piece: string, at: number): void {
    if (unit === 0x22) beginString(false);
    else if (unit === 0x7b) enter({}, offset + at);
    else if (unit === 0x5b) enter([], offset + at);
    else if (literals[unit] !== undefined) {
      literal = literals[unit];
      literalRead = 1;
      state = "literal";
    } else {
      numberState = startNumber(unit) ?? unexpected(piece, at);
      number = piece.charAt(at);
      state = "number";
    }
  }

  function readSeparator(unit: number, piece: string, at: number): void {
    const isObject = tree.innermost === "object";
    if (unit === 0x2c) state = isObject ? "name" : "value";
    else if (unit === (isObject ? 0x7d : 0x5d)) closeValue();
    else unexpected(piece, at);
  }

  /** Reads one character outside of strings, numbers and literals. */
  function readStructure(unit: number, piece: string, at: number): void {
    if (isWhiteSpace(unit)) return;
    if (state === "value") beginValue(unit, piece, at);
    else if (state === "separator") readSeparator(unit, piece, at);
    else if (state === "first-element" && unit !== 0x5d) beginValue(unit, piece, at);
    else if (state === "first-element" || (state === "first-member" && unit === 0x7d)) closeValue();
    else if ((state === "first-member" || state === "name") && unit === 0x22) beginString(true);
    else if (state === "colon" && unit === 0x3a) state = "value";
    else unexpected(piece, at);
  }

  function readString(piece: string, start: number): number {
    const next = string.read(piece, start);
    if (string.fault !== undefined) fail(string.fault, offset + next);
    if (!string.isClosed) return next;
    if (isName) {
      tree.beginMember(string.text);
      state = "colon";
    } else {
      tree.replace(string.text);
      closeValue();
    }
    return next;
  }

  function closeNumber(): void {
    tree.begin(Number(number));
    closeValue();
  }

  function readNumber(piece: string, start: number): number {
    let at = start;
    for (; at < piece.length; at++) {
      const next = continueNumber(numberState, piece.charCodeAt(at));
      if (next === undefined) break;
      numberState = next;
    }
    number += piece.slice(start, at);
    if (at < piece.length) {
      if (!mayEnd(numberState)) unexpected(piece, at);
      closeNumber();
    }
    return at;
  }

  function readLiteral(piece: string, at: number): void {
    if (piece.charCodeAt(at) !== literal.text.charCodeAt(literalRead)) unexpected(piece, at);
    literalRead += 1;
    if (literalRead < literal.text.length) return;
    tree.begin(literal.value);
    closeValue();
  }

  /** Reads from a position on, and says where to go on. */
  function read(piece: string, at: number): number {
    if (state === "string") return readString(piece, at);
    if (state === "number") return readNumber(piece, at);
    if (state === "literal") readLiteral(piece, at);
    else readStructure(piece.charCodeAt(at), piece, at);
    return at + 1;
  }

  /** Lets the text of an open string be seen in the value. */
  function showString(): void {
    if (state === "string" && !isName) tree.replace(string.text);
  }

  return {
    push(piece) {
      if (failure !== undefined) throw failure;
      for (let at = 0; at < piece.length; ) at = read(piece, at);
      offset += piece.length;
    },

    finish() {
      if (failure !== undefined) throw failure;
      if (state === "number" && tree.depth === 0 && mayEnd(numberState)) closeNumber();
      if (state !== "end") fail("The text ends too early,", offset);
      return tree.root;
    },

    get value() {
      showString();
      return tree.root;
    },

    get isComplete() {
      return state === "end";
    },

    get openPath() {
      return tree.openPath();
    },

    isFieldComplete(path) {
      if (valueAt(tree.root, path) === undefined) return false;
      const open = tree.openPath();
      return (
        open === undefined || !path.every((key, at) => at < open.length && String(key) === String(open[at]))
      );
    },
  };
}

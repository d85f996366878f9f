import { continueNumber, mayEnd, type NumberState, startNumber } from "./number-grammar.ts";
import { PartialJsonError } from "./partial-json-error.ts";
import { createPartialTree, type PartialTree } from "./partial-tree.ts";
import { createStringReader } from "./string-reader.ts";

/** Takes JSON in pieces; see `PartialJsonReader`, which answers more questions about it. */
export interface PartialJsonParser {
  push(piece: string): void;
  finish(): unknown;
  readonly value: unknown;
  readonly isComplete: boolean;
  readonly tree: PartialTree;
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
 * A parser of JSON that comes in pieces. Looks at every character once, whatever the pieces.
 *
 * @param maxDepth - how many objects and arrays may be open within each other
 */
export function createPartialJsonParser(maxDepth: number): PartialJsonParser {
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
    state = tree.levels.length === 0 ? "end" : "separator";
  }

  function enter(container: Record<string, unknown> | unknown[], position: number): void {
    if (tree.levels.length >= maxDepth) fail(`More than ${maxDepth} levels (maxDepth)`, position);
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
    const isObject = !Array.isArray(tree.levels.at(-1)!.container);
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
      if (state === "number" && tree.levels.length === 0 && mayEnd(numberState)) closeNumber();
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

    tree,
  };
}

import { HawserError } from "../errors.ts";
import { createPartialJsonParser } from "./partial-json-parser.ts";
import type { Level } from "./partial-tree.ts";

/** Where a value is: the names and positions that lead to it from the root. */
export type JsonPath = readonly (string | number)[];

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

/** Where the open values are, from the root inwards. */
function pathOf(levels: readonly Level[]): (string | number)[] {
  const path: (string | number)[] = [];
  for (const { key } of levels) if (key !== undefined) path.push(key);
  return path;
}

/** Whether there is a value at a path; what an object inherits is none. */
function hasValueAt(root: unknown, path: JsonPath): boolean {
  let value = root;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value !== undefined;
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
  const parser = createPartialJsonParser(maxDepth);
  const { tree } = parser;

  function openPath(): JsonPath | undefined {
    return tree.isOpen ? pathOf(tree.levels) : undefined;
  }

  return {
    push: parser.push,

    finish: parser.finish,

    get value() {
      return parser.value;
    },

    get isComplete() {
      return parser.isComplete;
    },

    get openPath() {
      return openPath();
    },

    isFieldComplete(path) {
      if (!hasValueAt(tree.root, path)) return false;
      const open = openPath();
      return (
        open === undefined || !path.every((key, at) => at < open.length && String(key) === String(open[at]))
      );
    },
  };
}

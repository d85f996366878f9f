import { HawserError } from "../errors.ts";
import { canBeBoundary } from "./boundary-of.ts";

/** Tells boundaries from other lines. */
export interface BoundaryLines {
  /**
   * What a line is, without its line end: a boundary, the closing one, or neither. A boundary is a whole line, as the
   * grammar has it (RFC 2046, section 5.1.1): `--` and the boundary, `--` once more when it is the closing one, and perhaps
   * white space. A line that only begins so is content, although the section lets readers be content with the beginning:
   * the boundaries of parts that have parts themselves may begin with the outer one.
   */
  kindOf(line: Uint8Array): "boundary" | "closing" | undefined;
  /** Whether the line may be the beginning of either. */
  isBeginning(line: Uint8Array): boolean;
  /** Lines of more bytes are neither. */
  readonly longest: number;
}

const dash = 0x2d;

/**
 * @param maxPadding - how much white space may follow, in bytes.
 * @throws {HawserError} when the boundary can't be one
 */
export function createBoundaryLines(boundary: string, maxPadding: number): BoundaryLines {
  if (!canBeBoundary(boundary))
    throw new HawserError(`The boundary can't be one: ${JSON.stringify(boundary)}`);
  const closing = new TextEncoder().encode(`--${boundary}--`);
  const length = closing.length - 2;
  const longest = closing.length + maxPadding;

  /** How many bytes the line has in common with the closing boundary. */
  function common(line: Uint8Array): number {
    let at = 0;
    while (at < closing.length && line[at] === closing[at]) at += 1;
    return at;
  }

  function isPadding(line: Uint8Array, start: number): boolean {
    return line.subarray(start).every((byte) => byte === 0x20 || byte === 0x09);
  }

  return {
    longest,
    kindOf(line) {
      // Nearly every line is told here.
      if (line[0] !== dash || line[1] !== dash || line.length > longest) return undefined;
      const shared = common(line);
      if (shared >= length && isPadding(line, length)) return "boundary";
      return shared === closing.length && isPadding(line, shared) ? "closing" : undefined;
    },
    isBeginning: (line) => common(line) === line.length,
  };
}

import { cut, toBytes } from "./support.ts";

/** An event whose data carries its type. */
export interface Typed {
  readonly type: string;
  readonly [member: string]: unknown;
}

/** An event stream of these events, each under the name of its type. */
export function typedEvents(...events: readonly Typed[]): string {
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("");
}

/** The ways a body is cut up in tests: into pieces of so many bytes, or not at all. */
export const pieceSizes = [1, 3, 64, Infinity];

/** The text as bytes, in pieces of `size`. */
export function inPieces(text: string, size: number): Uint8Array[] {
  const bytes = toBytes(text);
  return cut(bytes, Math.min(size, bytes.length));
}

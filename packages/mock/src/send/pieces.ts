const lineFeed = 10;
const carriageReturn = 13;
const dash = 45;

/** What a stream is made of. */
export type StreamFraming = "events" | "lines" | "parts";

/**
 * Cuts a stream after each of its events, that is after every blank line (WHATWG HTML, 9.2.6), or after every line
 * when it is one JSON text a line, or after every line that begins like a boundary when it is multipart: only then can
 * a client tell that the part before is whole.
 */
export function* eventPieces(body: Uint8Array, framing: StreamFraming): Generator<Uint8Array> {
  let start = 0;
  let lineStart = 0;
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index];
    if (byte !== lineFeed && byte !== carriageReturn) continue;
    const isBlank = index === lineStart;
    const isBoundary = body[lineStart] === dash && body[lineStart + 1] === dash;
    if (byte === carriageReturn && body[index + 1] === lineFeed) index += 1;
    lineStart = index + 1;
    if ((framing === "events" && !isBlank) || (framing === "parts" && !isBoundary)) continue;
    yield body.subarray(start, lineStart);
    start = lineStart;
  }
  if (start < body.length) yield body.subarray(start);
}

/** Cuts a body into pieces of so many bytes, wherever that falls. */
export function* sizedPieces(body: Uint8Array, size: number): Generator<Uint8Array> {
  for (let start = 0; start < body.length; start += size) yield body.subarray(start, start + size);
}

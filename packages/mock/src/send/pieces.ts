const lineFeed = 10;
const carriageReturn = 13;

/**
 * Cuts a stream after each of its events, that is after every blank line (WHATWG HTML, 9.2.6), or after every line
 * when it is one JSON text a line.
 */
export function* eventPieces(body: Uint8Array, framing: "events" | "lines"): Generator<Uint8Array> {
  let start = 0;
  let lineStart = 0;
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index];
    if (byte !== lineFeed && byte !== carriageReturn) continue;
    const isBlank = index === lineStart;
    if (byte === carriageReturn && body[index + 1] === lineFeed) index += 1;
    lineStart = index + 1;
    if (framing === "events" && !isBlank) continue;
    yield body.subarray(start, lineStart);
    start = lineStart;
  }
  if (start < body.length) yield body.subarray(start);
}

/** Cuts a body into pieces of so many bytes, wherever that falls. */
export function* sizedPieces(body: Uint8Array, size: number): Generator<Uint8Array> {
  for (let start = 0; start < body.length; start += size) yield body.subarray(start, start + size);
}

import type { IncomingMessage } from "node:http";

/**
 * The bytes of a request, or `undefined` when there are more than the cap: the rest is then read and forgotten, since
 * a client that is still sending would not see the answer otherwise.
 *
 * @param maxBytes cap in bytes
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Uint8Array | undefined> {
  const declared = Number(request.headers["content-length"] ?? 0);
  const pieces: Uint8Array[] = [];
  let length = 0;
  if (declared <= maxBytes) {
    for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
      length += piece.byteLength;
      if (length > maxBytes) break;
      pieces.push(piece);
    }
  }
  if (declared <= maxBytes && length <= maxBytes) return Buffer.concat(pieces);
  request.resume();
  return undefined;
}

import type { Piece, ShortChunk } from "./vector.ts";

/** A chunk of a chat as it stands in an event; one that is not in short is what it is. */
export function toChunk(chunk: unknown): unknown {
  if (typeof chunk !== "object" || chunk === null || !("delta" in chunk)) return chunk;
  const { index = 0, delta, finish_reason = null } = chunk as ShortChunk;
  return {
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1_700_000_000,
    model: "m-1",
    choices: [{ index, delta, finish_reason }],
  };
}

function toEvent(data: unknown, name?: string): string {
  return `${name === undefined ? "" : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`;
}

/** The bytes of one piece of a wire. */
function toBytes(piece: Piece): Uint8Array {
  if (typeof piece === "string") return Buffer.from(piece);
  if ("base64" in piece) return Buffer.from(piece.base64, "base64");
  if ("json" in piece) return Buffer.from(JSON.stringify(piece.json));
  if ("delta" in piece) return Buffer.from(toEvent(toChunk(piece)));
  return Buffer.from(toEvent(piece.data, piece.event));
}

/** How a wire is cut into reads: as the vector has it, in one, or into so many bytes each. */
export type Chunking = "as given" | "whole" | number;

/** Every way a vector is read. */
export const chunkings: readonly Chunking[] = ["as given", "whole", 1, 2, 3, 7];

/** The reads of a wire. */
export function cut(wire: readonly Piece[], chunking: Chunking): Uint8Array[] {
  const pieces = wire.map(toBytes);
  if (chunking === "as given") return pieces;
  const bytes = Buffer.concat(pieces);
  const size = chunking === "whole" ? Math.max(bytes.length, 1) : chunking;
  const reads: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; start += size) reads.push(bytes.subarray(start, start + size));
  return reads;
}

import { createRandom } from "../random.ts";

/** How a body is cut into what single reads give. */
export type Reads = "1 event" | "16 KiB" | "1–7 bytes";

function cut(bytes: Uint8Array, lengthAt: (start: number) => number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; start += pieces.at(-1)!.length) {
    pieces.push(bytes.subarray(start, start + lengthAt(start)));
  }
  return pieces;
}

const lineFeed = 0x0a;

/** The bytes of a transcript, cut into reads. */
export function cutIntoReads(bytes: Uint8Array, reads: Reads): Uint8Array[] {
  const random = createRandom(3);
  if (reads === "16 KiB") return cut(bytes, () => 16 * 1024);
  if (reads === "1–7 bytes") return cut(bytes, () => 1 + Math.floor(random() * 7));
  // An event of these transcripts is one line and a blank one.
  return cut(bytes, (start) => bytes.indexOf(lineFeed, start) + 2 - start);
}

/** A response whose body gives one of the pieces per read, and makes none ahead of the reader. */
export function createResponse(pieces: readonly Uint8Array[]): Response {
  let at = 0;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        const piece = pieces[at];
        at += 1;
        if (piece === undefined) controller.close();
        else controller.enqueue(piece as Uint8Array<ArrayBuffer>);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

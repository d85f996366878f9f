import { HawserError } from "./errors.ts";

/** Bytes as they come from the wire: the body of a `Response`, or anything that can be iterated. */
export type ByteBody = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** Reads a body piece by piece, only when asked. */
export interface ByteReader {
  /** The next bytes; `undefined` at the end of the body. */
  read(): Promise<Uint8Array | undefined>;
  /** Gives the body up: its source is told at once, and a read that is under way gets nothing more. */
  cancel(reason?: unknown): void;
}

/** Whether the value is a web stream; some runtimes' streams can't be iterated, and some iterables aren't streams. */
function isReadableStream(body: ByteBody): body is ReadableStream<Uint8Array> {
  return typeof (body as ReadableStream<Uint8Array>).getReader === "function";
}

function requireUnlocked(body: ReadableStream): void {
  if (!body.locked) return;
  throw new HawserError("The body can't be read: something else is reading it, or has read it");
}

/** Takes hold of a body. Throws a `HawserError` when someone else has. */
export function createByteReader(body: ByteBody): ByteReader {
  if (!isReadableStream(body)) {
    const iterator = body[Symbol.asyncIterator]();
    return {
      read: () => iterator.next().then((result) => (result.done ? undefined : result.value)),
      // Nobody is left to hear of a failure to stop.
      cancel: () => void iterator.return?.().catch(() => {}),
    };
  }
  const take = (): ReadableStreamDefaultReader<Uint8Array> => {
    requireUnlocked(body);
    return body.getReader();
  };
  requireUnlocked(body);
  // Taken at the first read: runtimes let go of the connection of a response that was forgotten, unless it is locked.
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  return {
    read: async () => {
      reader ??= take();
      const { done, value } = await reader.read();
      return done ? undefined : value;
    },
    cancel: (reason) => void (reader ?? body).cancel(reason).catch(() => {}),
  };
}

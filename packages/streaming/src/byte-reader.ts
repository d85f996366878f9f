import { HawserError } from "./errors.ts";

/** Bytes as they come from the wire: the body of a `Response`, or anything that can be iterated. */
export type ByteBody = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** What a read gives: the next bytes, or that the body is over. */
type ByteRead = { readonly done?: boolean | undefined; readonly value?: Uint8Array | undefined };

/** Reads a body piece by piece, only when asked. */
export interface ByteReader {
  read(): Promise<ByteRead>;
  /** Gives the body up: its source is told at once, and a read that is under way finds that the body is over. */
  cancel(reason?: unknown): void;
}

/** Whether the value is a web stream; some runtimes' streams can't be iterated, and some iterables aren't streams. */
function isReadableStream(body: ByteBody): body is ReadableStream<Uint8Array> {
  return typeof (body as ReadableStream<Uint8Array>).getReader === "function";
}

/** Throws a `HawserError` when someone else has taken hold of the body. */
export function requireUnlocked(body: ReadableStream): void {
  if (!body.locked) return;
  throw new HawserError("The body can't be read: something else is reading it");
}

/** Throws a `HawserError` when a body gives text, as streams of Node do that have an encoding. */
export function requireBytes(bytes: Uint8Array): void {
  if (typeof (bytes as unknown) === "string") throw new HawserError("The body gives text, not bytes");
}

function createIterableReader(body: AsyncIterable<Uint8Array>): ByteReader {
  const iterator = body[Symbol.asyncIterator]();
  let stop = (): void => {};
  return {
    read: () =>
      new Promise((resolve, reject) => {
        stop = () => resolve({ done: true });
        // By the rules of iteration, answers need not be promises.
        Promise.resolve(iterator.next()).then(resolve, reject);
      }),
    cancel() {
      stop();
      // Nobody is left to hear of a failure to stop.
      Promise.resolve(iterator.return?.()).catch(() => {});
    },
  };
}

/** Takes hold of a body. Throws a `HawserError` when someone else has. */
export function createByteReader(body: ByteBody): ByteReader {
  if (!isReadableStream(body)) return createIterableReader(body);
  const take = (): ReadableStreamDefaultReader<Uint8Array> => {
    requireUnlocked(body);
    return body.getReader();
  };
  requireUnlocked(body);
  // Taken at the first read: runtimes let go of the connection of a response that was forgotten, unless it is locked.
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  return {
    read: () => {
      reader ??= take();
      return reader.read();
    },
    cancel: (reason) => void (reader ?? body).cancel(reason).catch(() => {}),
  };
}

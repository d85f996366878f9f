import { connectionCode } from "./connection-error.ts";
import { ConnectionError, HawserError, InvalidRequestError, TimeoutError } from "./errors.ts";
import { startTimer } from "./timeouts.ts";

/** What watches over the reading of a body. */
export interface BodyWatch {
  /** Longest silence between two reads, in milliseconds. */
  readonly idle: number;
  /** Ends the reading; its reason is an error. */
  readonly signal: AbortSignal;
  /** Method and address, for messages. */
  readonly request: string;
  readonly attempts: number;
}

/** Reads a body piece by piece and stops when it falls silent, breaks off or is given up. */
interface BodyReader {
  /** The next piece, or undefined at the end. Rejects with a TimeoutError, a ConnectionError or the signal's reason. */
  read(): Promise<Uint8Array | undefined>;
  /** Gives the rest up and lets the connection go. */
  cancel(reason?: unknown): Promise<void>;
}

/** Nobody waits for the outcome of giving up, and a body that failed already refuses to be given up. */
const ignore = () => {};

/** A promise that fails when one read has to stop, made anew for each: a long-lived one would gather a reaction per read. */
function watchRead(watch: BodyWatch): { readonly stopped: Promise<never>; release(): void } {
  let release = ignore;
  const stopped = new Promise<never>((_, reject) => {
    watch.signal.throwIfAborted();
    const onAbort = () => reject(watch.signal.reason);
    watch.signal.addEventListener("abort", onAbort, { once: true });
    const { idle } = watch;
    const stopTimer = startTimer(idle, () => reject(new TimeoutError({ clock: "idle", timeout: idle })));
    release = () => {
      stopTimer();
      watch.signal.removeEventListener("abort", onAbort);
    };
  });
  return { stopped, release: () => release() };
}

/**
 * Makes sure that an answer can be read.
 *
 * @throws InvalidRequestError when a middleware has read it.
 */
export function requireUnread(response: Response, { request }: BodyWatch): void {
  if (!response.bodyUsed && !response.body?.locked) return;
  throw new InvalidRequestError(
    `A middleware has read the answer to ${request} and returned it read; it has to return a new Response.`,
  );
}

/**
 * Takes hold of a response's body. A response without one reads as empty.
 *
 * @throws InvalidRequestError when a middleware has read it.
 */
function openBody(response: Response, watch: BodyWatch): BodyReader {
  requireUnread(response, watch);
  const { body } = response;
  // Taken at the first read: runtimes let go of the connection of a response that was forgotten, unless it is locked.
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  let received = 0;

  function lost(cause: unknown): Error {
    if (HawserError.is(cause)) return cause;
    const message = `The connection was lost after ${received} bytes of the answer to ${watch.request}`;
    return new ConnectionError(message, { cause, code: connectionCode(cause), attempts: watch.attempts });
  }

  return {
    async read() {
      if (!body) return undefined;
      reader ??= body.getReader();
      const stop = watchRead(watch);
      try {
        const { done, value } = await Promise.race([reader.read(), stop.stopped]);
        if (done) return undefined;
        received += value.byteLength;
        return value;
      } catch (error) {
        reader.cancel(error).catch(ignore);
        throw lost(error);
      } finally {
        stop.release();
      }
    },
    async cancel(reason) {
      await (reader ?? body)?.cancel(reason).catch(ignore);
    },
  };
}

/** Gives a body's text (UTF-8) as it comes, to its end or until enough bytes came. */
async function decodeBody(
  body: BodyReader,
  add: (text: string) => void,
  isEnough: (received: number) => boolean,
): Promise<void> {
  const decoder = new TextDecoder();
  let received = 0;
  for (let piece = await body.read(); piece !== undefined; piece = await body.read()) {
    add(decoder.decode(piece, { stream: true }));
    received += piece.byteLength;
    if (isEnough(received)) return body.cancel();
  }
  add(decoder.decode());
}

/**
 * Reads a body as text (UTF-8, as `Response.text()` does).
 *
 * @param maxBytes - what is beyond is given up unread. Default: no limit.
 */
export async function readText(
  response: Response,
  watch: BodyWatch,
  maxBytes: number = Number.POSITIVE_INFINITY,
): Promise<string> {
  let text = "";
  const add = (piece: string) => {
    text += piece;
  };
  await decodeBody(openBody(response, watch), add, (received) => received >= maxBytes);
  return text;
}

/** How much of an error's body is read, in bytes; the error keeps less of it. */
const maxErrorBytes = 1024 * 1024;

/**
 * Reads the body of an error, as far as it comes: a body that stalls or breaks off must not hide the error itself.
 * The idle clock bounds the whole reading here, so that a trickle doesn't hold it up for ever.
 *
 * @throws only what ends the call: an AbortError or the TimeoutError of the total clock.
 */
export async function readErrorText(response: Response, watch: BodyWatch): Promise<string> {
  const deadline = performance.now() + watch.idle;
  let text = "";
  const add = (piece: string) => {
    text += piece;
  };
  try {
    await decodeBody(
      openBody(response, watch),
      add,
      (received) => received >= maxErrorBytes || performance.now() >= deadline,
    );
  } catch {
    watch.signal.throwIfAborted();
  }
  return text;
}

/**
 * A response like the given one whose body is read under watch: for bodies that are handed to the caller.
 *
 * @param onClose - called once, when the body is read to its end, given up or failed.
 */
export function watchResponse(response: Response, watch: BodyWatch, onClose: () => void): Response {
  if (response.body === null) {
    onClose();
    return response;
  }
  const body = openBody(response, watch);
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const piece = await body.read();
          if (piece !== undefined) {
            controller.enqueue(piece);
            return;
          }
          controller.close();
        } catch (error) {
          controller.error(error);
        }
        onClose();
      },
      async cancel(reason) {
        onClose();
        await body.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  const { status, statusText, headers, url } = response;
  const watched = new Response(stream, { status, statusText, headers });
  // A constructed response has no URL of its own.
  Object.defineProperty(watched, "url", { value: url });
  return watched;
}

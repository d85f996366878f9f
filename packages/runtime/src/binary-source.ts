import { InvalidRequestError } from "./errors.ts";

/** What bytes can be given as. Streams and iterables are read once. */
export type Uploadable =
  | Blob
  | ArrayBuffer
  | ArrayBufferView
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array | string>
  | Response;

/** Whether the value is iterated asynchronously: a Node stream, an async generator, a ReadableStream in most runtimes. */
function isAsyncIterable(value: unknown): value is AsyncIterable<Uint8Array | string> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

/** Whether the value holds bytes in one of the ways `Uploadable` lists. */
export function isUploadable(value: unknown): value is Uploadable {
  return (
    value instanceof Blob ||
    value instanceof ArrayBuffer ||
    ArrayBuffer.isView(value) ||
    value instanceof ReadableStream ||
    value instanceof Response ||
    isAsyncIterable(value)
  );
}

/** What gives pieces, and can be told to stop. */
interface PieceSource {
  next(): Promise<IteratorResult<Uint8Array | string, unknown> | ReadableStreamReadResult<Uint8Array>>;
  stop(reason: unknown): Promise<unknown> | undefined;
}

function openSource(source: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array | string>): PieceSource {
  if (source instanceof ReadableStream) {
    const reader = source.getReader();
    return { next: () => reader.read(), stop: (reason) => reader.cancel(reason) };
  }
  const iterator = source[Symbol.asyncIterator]();
  return {
    next: () => iterator.next(),
    stop(reason) {
      // The iterator of a Node stream that nobody has read yet lets it stand open.
      (source as { destroy?(): unknown }).destroy?.();
      return iterator.return?.(reason);
    },
  };
}

/**
 * A stream of the source's pieces, pulled one by one so that a slow network slows the source.
 *
 * @param signal - ends it and tells the source: not every `fetch` stops reading a body when it is given up.
 */
export function streamOf(
  source: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array | string>,
  signal?: AbortSignal,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const pieces = openSource(source);
  let onAbort = () => {};
  const release = () => signal?.removeEventListener("abort", onAbort);
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        onAbort = () => {
          controller.error(signal?.reason);
          // Nobody is left to hear of a failure to stop.
          pieces.stop(signal?.reason)?.catch(() => {});
        };
        if (signal?.aborted) onAbort();
        else signal?.addEventListener("abort", onAbort, { once: true });
      },
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (signal?.aborted) return;
        if (!done) controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
        else {
          release();
          controller.close();
        }
      },
      async cancel(reason) {
        release();
        await pieces.stop(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Refuses a stream that has been read, in part or as a whole: what is left of it would be sent as if it were all. */
function requireUnread(source: ReadableStream<Uint8Array>, subject: string): ReadableStream<Uint8Array> {
  try {
    new Response(source);
  } catch (cause) {
    throw new InvalidRequestError(`${subject} is a stream that has been read, or is being read.`, { cause });
  }
  return source;
}

/** The bytes of a fetched answer, which must be one worth sending on. */
function requireOK(response: Response, subject: string): Response {
  if (response.ok) return response;
  throw new InvalidRequestError(`${subject} is an answer with status ${response.status}, not a file.`);
}

/**
 * All the bytes at once, for where a length is needed.
 *
 * @param type - media type, if the source doesn't say one itself.
 * @param signal - stops the reading.
 * @throws InvalidRequestError for an answer that is an error; what reading the source throws; the signal's reason.
 */
export async function collectBlob(
  source: Uploadable | string,
  type: string | undefined,
  subject: string,
  signal?: AbortSignal,
): Promise<Blob> {
  if (source instanceof Blob)
    return type === undefined || source.type !== "" ? source : source.slice(0, source.size, type);
  if (source instanceof Response) {
    const { body, headers } = requireOK(source, subject);
    const bytes = body === null ? null : streamOf(requireUnread(body, subject), signal);
    const blob = await new Response(bytes, { headers }).blob();
    return blob.type !== "" || type === undefined ? blob : blob.slice(0, blob.size, type);
  }
  const options = type === undefined ? {} : { type };
  if (typeof source === "string" || source instanceof ArrayBuffer) return new Blob([source], options);
  if (ArrayBuffer.isView(source)) return new Blob([source as ArrayBufferView<ArrayBuffer>], options);
  const stream = source instanceof ReadableStream ? requireUnread(source, subject) : source;
  const blob = await new Response(streamOf(stream, signal)).blob();
  return blob.slice(0, blob.size, type);
}

/** A body for `fetch`, and whether it can be sent more than once. */
export interface BinaryBody {
  readonly value: Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer> | ReadableStream<Uint8Array> | string;
  readonly repeatable: boolean;
  /** The media type the source has by itself. */
  readonly type: string | undefined;
}

/**
 * The source as a body for `fetch`, without reading it.
 *
 * @param signal - stops what `fetch` reads of a stream.
 * @throws InvalidRequestError for an answer that is an error or has no body.
 */
export function toBinaryBody(source: Uploadable | string, subject: string, signal?: AbortSignal): BinaryBody {
  if (source instanceof Blob) return { value: source, repeatable: true, type: source.type || undefined };
  if (typeof source === "string" || source instanceof ArrayBuffer) {
    return { value: source, repeatable: true, type: undefined };
  }
  if (ArrayBuffer.isView(source)) {
    return { value: source as ArrayBufferView<ArrayBuffer>, repeatable: true, type: undefined };
  }
  if (source instanceof Response) {
    const { body, headers } = requireOK(source, subject);
    if (body === null) throw new InvalidRequestError(`${subject} is an answer without a body.`);
    const value = streamOf(requireUnread(body, subject), signal);
    return { value, repeatable: false, type: headers.get("content-type") ?? undefined };
  }
  const stream = source instanceof ReadableStream ? requireUnread(source, subject) : source;
  return { value: streamOf(stream, signal), repeatable: false, type: undefined };
}

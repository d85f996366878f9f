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

/** A stream of an iterable's pieces, pulled one by one so that a slow network slows the iterable. */
function streamOf(iterable: AsyncIterable<Uint8Array | string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = iterable[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
      },
      async cancel(reason) {
        await iterator.return?.(reason);
      },
    },
    { highWaterMark: 0 },
  );
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
 * @throws InvalidRequestError for an answer that is an error; what reading the source throws.
 */
export async function collectBlob(
  source: Uploadable | string,
  type: string | undefined,
  subject: string,
): Promise<Blob> {
  if (source instanceof Blob)
    return type === undefined || source.type !== "" ? source : source.slice(0, source.size, type);
  if (source instanceof Response) {
    const blob = await requireOK(source, subject).blob();
    return blob.type !== "" || type === undefined ? blob : blob.slice(0, blob.size, type);
  }
  const options = type === undefined ? {} : { type };
  if (typeof source === "string" || source instanceof ArrayBuffer) return new Blob([source], options);
  if (ArrayBuffer.isView(source)) return new Blob([source as ArrayBufferView<ArrayBuffer>], options);
  if (source instanceof ReadableStream)
    return new Response(source).blob().then((blob) => blob.slice(0, blob.size, type));
  const pieces: BlobPart[] = [];
  for await (const piece of source) pieces.push(piece as Uint8Array<ArrayBuffer> | string);
  return new Blob(pieces, options);
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
 * @throws InvalidRequestError for an answer that is an error or has no body.
 */
export function toBinaryBody(source: Uploadable | string, subject: string): BinaryBody {
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
    return { value: body, repeatable: false, type: headers.get("content-type") ?? undefined };
  }
  if (source instanceof ReadableStream) return { value: source, repeatable: false, type: undefined };
  return { value: streamOf(source), repeatable: false, type: undefined };
}

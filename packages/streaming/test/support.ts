/** Helpers for tests: bodies that come in pieces, and responses made of them. */

const encoder = new TextEncoder();

/** The text as UTF-8. */
export function toBytes(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The bytes in pieces of `size`. */
export function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; start += size) pieces.push(bytes.subarray(start, start + size));
  return pieces;
}

/** A body whose reads and cancellation can be watched. */
export interface WatchedBody {
  readonly stream: ReadableStream<Uint8Array>;
  /** How many pieces were asked for. */
  readonly pulls: number;
  /** Whether the consumer has given it up. */
  readonly isCancelled: boolean;
}

/** A body of these pieces; `open` leaves it open after the last one. */
export function watchedBody(
  pieces: Iterable<Uint8Array | string>,
  end: "close" | "open" = "close",
): WatchedBody {
  const iterator = pieces[Symbol.iterator]();
  let pulls = 0;
  let isCancelled = false;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const next = iterator.next();
        if (!next.done) {
          pulls += 1;
          controller.enqueue(typeof next.value === "string" ? toBytes(next.value) : next.value);
          return undefined;
        }
        if (end === "close") controller.close();
        else return new Promise(() => {});
        return undefined;
      },
      cancel() {
        isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return {
    stream,
    get pulls() {
      return pulls;
    },
    get isCancelled() {
      return isCancelled;
    },
  };
}

/** A response that carries server-sent events. */
export function eventResponse(
  body: BodyInit | Iterable<Uint8Array | string>,
  init: ResponseInit = {},
): Response {
  const isBody = typeof body === "string" || body instanceof ReadableStream;
  const stream = isBody ? body : watchedBody(body as Iterable<Uint8Array | string>).stream;
  return new Response(stream, { ...init, headers: { "content-type": "text/event-stream", ...init.headers } });
}

/** An event stream of these values, each a data line of JSON, text as it is. */
export function events(...values: readonly unknown[]): string {
  return values
    .map((value) => `data: ${typeof value === "string" ? value : JSON.stringify(value)}\n\n`)
    .join("");
}

/** A chunk with one choice. */
export function chunk(
  delta: object,
  finishReason: string | null = null,
  more: object = {},
): Record<string, unknown> {
  return {
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1_700_000_000,
    model: "model-1",
    choices: [{ index: 0, delta, finish_reason: finishReason }],
    ...more,
  };
}

/** Everything an iterable gives. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("expected a rejection");
}

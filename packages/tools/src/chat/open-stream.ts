import { ChatCompletionStream } from "@hawser/streaming";
import { isObject } from "../json.ts";

type AnyStream = Pick<ChatCompletionStream, "abort" | "currentCompletion" | "events" | "finalCompletion">;

function isOwnStream(answer: object): answer is AnyStream {
  return "events" in answer && "finalCompletion" in answer && typeof answer.finalCompletion === "function";
}

/** Chunks as lines of JSON, read as they are asked for. `onError` is told what the iteration throws. */
function toLines(
  chunks: AsyncIterable<unknown>,
  onError: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await iterator.next();
          if (done) controller.close();
          else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
        } catch (error) {
          onError(error);
          controller.error(error);
        }
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** An answer as a stream of events, and what its source threw, which the end of the stream only hints at. */
export interface OpenedStream {
  readonly stream: AnyStream;
  readonly sourceError: () => { readonly error: unknown } | undefined;
}

/**
 * Whatever a client answered, as one kind of stream: a stream of this project as it is, the chunks of another client or a
 * whole completion read through the same tolerance, so that what servers do differently is repaired in one place.
 */
export function openStream(answer: unknown): OpenedStream {
  if (typeof answer === "object" && answer !== null && isOwnStream(answer)) {
    return { stream: answer, sourceError: () => undefined };
  }
  let caught: { readonly error: unknown } | undefined;
  const note = (error: unknown): void => {
    caught = { error };
  };
  const isIterable = typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer;
  const lines = isIterable ? toLines(answer as AsyncIterable<unknown>, note) : wholeLines(answer);
  const stream = ChatCompletionStream.fromReadableStream(lines, { framing: "json-lines" });
  return { stream, sourceError: () => caught };
}

/** A whole answer can't be cut off by its connection: the marker says that this is all, also without a finish reason. */
function wholeLines(answer: unknown): ReadableStream<Uint8Array> {
  const completion = isObject(answer) ? { ...answer, object: "chat.completion" } : answer;
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(`${JSON.stringify(completion)}\n[DONE]\n`));
      controller.close();
    },
  });
}

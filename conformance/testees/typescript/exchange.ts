import type { Exchange, Outcome } from "../../src/vector.ts";

/** One question of the runner: a body as the reads it comes in, and how to read it. */
export interface Question extends Exchange {
  readonly run: number;
  /** Base64. */
  readonly wire: readonly string[];
}

/** Reads what a question carries. */
export type Reader = (question: Question) => Promise<Outcome>;

/** The reads of the body. */
export function readsOf({ wire }: Question): Uint8Array[] {
  return wire.map((text) => new Uint8Array(Buffer.from(text, "base64")));
}

/** The body: a read at a time, as it is asked for, and then the end the vector wants. */
export function bodyOf(question: Question): ReadableStream<Uint8Array> {
  const reads = readsOf(question);
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const next = reads.shift();
        if (next !== undefined) controller.enqueue(next);
        else if (question.wireEnd === "reset") controller.error(new TypeError("terminated"));
        else if (question.wireEnd === "open") return new Promise(() => {});
        else controller.close();
        return undefined;
      },
    },
    { highWaterMark: 0 },
  );
}

/** The answer whose body it is: a success of the content type, unless the vector has another. */
export function responseOf(question: Question, contentType: string): Response {
  const { status, headers } = question.response ?? { status: 200, headers: { "content-type": contentType } };
  return new Response(bodyOf(question), { status, headers });
}

/** The value as JSON has it: without members that are `undefined`. */
export function toJSON(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

import { HawserError } from "../errors.ts";
import type { StreamEnd } from "../stream-options.ts";
import { toCarriedError } from "./carried-error.ts";

/**
 * Items as the bytes of server-sent events, with `[DONE]` after a complete end only. The next item is read when the next
 * bytes are; whoever cancels the bytes leaves the items.
 */
export function toEventBytes(
  items: AsyncGenerator<unknown, undefined, undefined>,
  end: Promise<StreamEnd>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const toEvent = (data: string): Uint8Array => encoder.encode(`data: ${data}\n\n`);

  /** What tells how the stream ended; nothing after a truncated one, which is what makes it one. */
  async function last(): Promise<Uint8Array | undefined> {
    const how = await end;
    if ("error" in how) return toEvent(JSON.stringify(toCarriedError(how.error)));
    return how.reason === "complete" ? toEvent("[DONE]") : undefined;
  }

  async function next(): Promise<string | undefined> {
    try {
      const { done, value } = await items.next();
      return done ? undefined : JSON.stringify(value);
    } catch (error) {
      if (HawserError.is(error)) return undefined;
      throw error;
    }
  }

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const data = await next();
        if (data !== undefined) return controller.enqueue(toEvent(data));
        const bytes = await last();
        if (bytes !== undefined) controller.enqueue(bytes);
        controller.close();
      },
      async cancel() {
        await items.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

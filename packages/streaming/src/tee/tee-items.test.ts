import { describe, expect, it } from "vitest";
import {
  chunk,
  collect,
  eventResponse,
  events,
  rejection,
  type WatchedBody,
  watchedBody,
} from "../../test/support.ts";
import { ChatCompletionStream } from "../chat-completion-stream.ts";
import { TimeoutError } from "../errors.ts";
import type { StreamOptions } from "../stream-options.ts";

const letters = [..."abcdefgh"];
const chunks = letters.map((content) => chunk({ content }));

function open(
  values: readonly unknown[] = [...chunks, chunk({}, "stop"), "[DONE]"],
  end: "close" | "open" = "close",
  options: StreamOptions = {},
): { body: WatchedBody; stream: ChatCompletionStream } {
  const body = watchedBody(
    values.map((value) => events(value)),
    end,
  );
  return { body, stream: ChatCompletionStream.fromResponse(eventResponse(body.stream), options) };
}

/** Lets everything happen that can without anyone reading on. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}

describe("two branches of a stream", () => {
  it("give the same chunks, each with its own views", async () => {
    const { stream } = open();
    const [left, right] = stream.tee();
    const [list, text] = await Promise.all([collect(left), collect(right.text())]);
    expect(list).toEqual([...chunks, chunk({}, "stop")]);
    expect(text).toEqual(letters);
    expect(await left.finalCompletion()).toEqual(await right.finalCompletion());
    expect((await right.finalCompletion()).choices[0]?.message.content).toBe("abcdefgh");
    expect(await Promise.all([left.end, right.end])).toEqual([
      { reason: "complete" },
      { reason: "complete" },
    ]);
    expect(left.response).toBe(stream.response);
  });

  it("keep a completion of their own as far as they have read", async () => {
    const [left, right] = open().stream.tee();
    const iterator = left[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.next();
    expect(left.currentCompletion().choices[0]?.message.content).toBe("ab");
    expect(right.currentCompletion().choices).toEqual([]);
    await iterator.return(undefined);
  });

  it("read one after the other where they are short", async () => {
    const [left, right] = open().stream.tee();
    expect(await collect(left)).toEqual(await collect(right));
  });

  it("never are further apart than asked for", async () => {
    const { body, stream } = open();
    const [left, right] = stream.tee({ maxAhead: 3 });
    let seen = 0;
    const fast = (async () => {
      for await (const _ of left) seen += 1;
    })();
    await settle();
    expect([seen, body.pulls]).toEqual([3, 3]);
    const slow = right[Symbol.asyncIterator]();
    await slow.next();
    await slow.next();
    await settle();
    expect([seen, body.pulls]).toEqual([5, 5]);
    await slow.return(undefined);
    await fast;
    expect(seen).toBe(letters.length + 1);
  });

  it("go on alone when the other is left", async () => {
    const { body, stream } = open();
    const [left, right] = stream.tee({ maxAhead: 1 });
    for await (const _ of left) break;
    expect(await left.end).toMatchObject({ reason: "aborted" });
    expect(body.isCancelled).toBe(false);
    expect(await collect(right.text())).toEqual(letters);
    expect(await right.end).toEqual({ reason: "complete" });
  });

  it("hand out items to a loop that waits and to a completion that is asked for meanwhile", async () => {
    const [left, right] = open().stream.tee();
    const iterator = left[Symbol.asyncIterator]();
    const first = iterator.next();
    const [completion] = await Promise.all([left.finalCompletion(), right.finalCompletion()]);
    expect(completion.choices[0]?.message.content).toBe("abcdefgh");
    expect(await first).toEqual({ done: false, value: chunks[0] });
    expect(await collect(iterator)).toEqual([...chunks.slice(1), chunk({}, "stop")]);
  });

  it("cancel the request when both are left", async () => {
    const { body, stream } = open(chunks, "open");
    const [left, right] = stream.tee();
    left.abort();
    await settle();
    expect(body.isCancelled).toBe(false);
    right.abort("enough");
    expect(body.isCancelled).toBe(true);
    expect(await stream.end).toMatchObject({ reason: "aborted" });
    expect(await right.end).toMatchObject({ reason: "aborted", error: { cause: "enough" } });
    expect(await rejection(collect(right))).toMatchObject({ name: "AbortError" });
  });

  it("can be given up while they wait, for the server or for each other", async () => {
    const { stream } = open(chunks.slice(0, 1), "open");
    const [left, right] = stream.tee({ maxAhead: 1 });
    const ahead = left[Symbol.asyncIterator]();
    await ahead.next();
    const waiting = rejection(ahead.next());
    left.abort(new TimeoutError({ clock: "total", timeout: 9 }));
    expect(await waiting).toMatchObject({ clock: "total" });
    expect(await left.end).toMatchObject({ reason: "timeout" });
    const behind = right[Symbol.asyncIterator]();
    await behind.next();
    const silent = rejection(behind.next());
    right.abort();
    expect(await silent).toMatchObject({ name: "AbortError" });
  });

  it("end with the source's error, after what came before it", async () => {
    const { stream } = open([...chunks.slice(0, 2), { error: { message: "Too busy" } }]);
    for (const branch of stream.tee()) {
      expect(await rejection(branch.finalCompletion())).toMatchObject({
        message: "Too busy",
        reason: "server",
      });
      expect(branch.currentCompletion().choices[0]?.message.content).toBe("ab");
      expect(await branch.end).toEqual(await stream.end);
    }
  });

  it("are truncated when the source is", async () => {
    const [left, right] = open(chunks).stream.tee();
    expect(await rejection(left.finalCompletion())).toMatchObject({ reason: "truncated" });
    expect(await right.finalCompletion({ allowTruncated: true })).toMatchObject({ choices: [{ index: 0 }] });
  });

  it("end when the source is given up", async () => {
    const { stream } = open(chunks, "open");
    const [left, right] = stream.tee();
    stream.abort();
    expect(await rejection(collect(left))).toMatchObject({ name: "AbortError" });
    expect(await rejection(collect(right))).toMatchObject({ name: "AbortError" });
  });

  it("can be parted again, and carried", async () => {
    const [left, right] = open().stream.tee();
    const [one, two] = left.tee();
    const there = ChatCompletionStream.fromReadableStream(right.toReadableStream());
    const texts = await Promise.all([one, two, there].map((stream) => collect(stream.text())));
    expect(texts).toEqual([letters, letters, letters]);
  });

  it("take the one pass over the stream, and a sensible distance", () => {
    const { stream } = open();
    expect(() => stream.tee({ maxAhead: 0 })).toThrow("maxAhead must be at least 1, not 0");
    stream.tee();
    expect(() => stream.tee()).toThrow("can be read only once");
  });
});

import { describe, expect, it } from "vitest";
import {
  chunk,
  collect,
  cut,
  eventResponse,
  events,
  rejection,
  toBytes,
  watchedBody,
} from "../../test/support.ts";
import { ChatCompletionStream } from "../chat-completion-stream.ts";

const whole = [chunk({ role: "assistant", content: "Hel" }), chunk({ content: "lo\n\n" }), chunk({}, "stop")];

function open(...values: readonly unknown[]): ChatCompletionStream {
  return ChatCompletionStream.fromResponse(eventResponse(events(...values)));
}

function carry(stream: ChatCompletionStream): ChatCompletionStream {
  return ChatCompletionStream.fromReadableStream(stream.toReadableStream());
}

describe("a stream carried as bytes", () => {
  it("is server-sent events of the repaired chunks, with the marker", async () => {
    const sloppy = { ...chunk({ content: "a" }), choices: [{ delta: { content: "a" }, finish_reason: "" }] };
    const bytes = open(sloppy, chunk({}, "stop")).toReadableStream();
    expect(await new Response(bytes).text()).toBe(
      events(
        { ...chunk({}), choices: [{ delta: { content: "a" }, finish_reason: null, index: 0 }] },
        chunk({}, "stop"),
        "[DONE]",
      ),
    );
  });

  it("is the same chunks and the same completion at the other side, without departures", async () => {
    const quirks: string[] = [];
    const bytes = open(...whole, "[DONE]").toReadableStream();
    const there = ChatCompletionStream.fromReadableStream(bytes, { onQuirk: ({ id }) => quirks.push(id) });
    expect(await collect(there)).toEqual(whole);
    expect((await there.finalCompletion()).choices[0]?.message.content).toBe("Hello\n\n");
    expect(await there.end).toEqual({ reason: "complete" });
    expect(there.response).toBeUndefined();
    expect(quirks).toEqual([]);
  });

  it("stays truncated", async () => {
    const there = carry(open(...whole.slice(0, 2)));
    expect(await rejection(there.finalCompletion())).toMatchObject({ reason: "truncated" });
    expect(await there.end).toEqual({ reason: "truncated" });
  });

  it("stays complete when the marker alone said so", async () => {
    expect(await carry(open(whole[0], "[DONE]")).finalCompletion()).toMatchObject({
      choices: [{ finish_reason: null, message: { content: "Hel" } }],
    });
  });

  it("ends with the error of the server, its code and its type", async () => {
    const failing = open(whole[0], { error: { message: "Too busy", code: 503, type: "overloaded" } });
    const quirks: string[] = [];
    const there = ChatCompletionStream.fromReadableStream(failing.toReadableStream(), {
      onQuirk: ({ id }) => quirks.push(id),
    });
    expect(await rejection(there.finalCompletion())).toMatchObject({
      name: "StreamError",
      reason: "server",
      message: "Too busy",
      code: "503",
      type: "overloaded",
    });
    expect(there.currentCompletion().choices[0]?.message.content).toBe("Hel");
    expect(quirks).toEqual([]);
  });

  it("ends as the timeout, the broken connection or the abort it was", async () => {
    const silent = watchedBody([events(whole[0])], "open");
    const slow = ChatCompletionStream.fromResponse(eventResponse(silent.stream), { timeouts: { idle: 5 } });
    const late = carry(slow);
    expect(await rejection(late.finalCompletion())).toMatchObject({ clock: "idle", timeout: 5 });
    expect((await late.end).reason).toBe("timeout");

    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new TypeError("x")),
    });
    const there = carry(ChatCompletionStream.fromResponse(eventResponse(broken)));
    expect(await rejection(there.finalCompletion())).toMatchObject({ reason: "connection" });

    const given = ChatCompletionStream.fromResponse(eventResponse(watchedBody([], "open").stream));
    const up = carry(given);
    given.abort();
    expect(await rejection(up.finalCompletion())).toMatchObject({ name: "AbortError" });
    expect((await up.end).reason).toBe("aborted");
  });

  it("can be cut anywhere on the way", async () => {
    const bytes = toBytes(await new Response(open(...whole, "[DONE]").toReadableStream()).text());
    const there = ChatCompletionStream.fromReadableStream(watchedBody(cut(bytes, 3)).stream);
    expect(await collect(there)).toEqual(whole);
  });

  it("is read only as the receiver reads", async () => {
    const body = watchedBody(whole.map((one) => events(one)));
    const bytes = ChatCompletionStream.fromResponse(eventResponse(body.stream)).toReadableStream();
    expect(body.pulls).toBe(0);
    const reader = bytes.getReader();
    await reader.read();
    await reader.read();
    expect(body.pulls).toBe(2);
    await reader.cancel();
    expect(body.isCancelled).toBe(true);
  });

  it("cancels the request when the receiver leaves, also before the first byte", async () => {
    for (const reads of [0, 1]) {
      const body = watchedBody([events(whole[0])], "open");
      const stream = ChatCompletionStream.fromResponse(eventResponse(body.stream));
      const reader = stream.toReadableStream().getReader();
      for (let read = 0; read < reads; read++) await reader.read();
      await reader.cancel();
      expect(body.isCancelled).toBe(true);
      expect(await stream.end).toMatchObject({ reason: "aborted" });
    }
  });

  it("is the one pass over the stream", () => {
    const stream = open(...whole);
    stream.toReadableStream();
    expect(() => stream.toReadableStream()).toThrow("can be read only once");
  });

  it("is refused when someone else reads it", () => {
    const { stream } = watchedBody([]);
    stream.getReader();
    expect(() => ChatCompletionStream.fromReadableStream(stream)).toThrow("something else is reading it");
  });
});

import { describe, expect, it, vi } from "vitest";
import { collect, eventResponse, events, rejection, watchedBody } from "../test/support.ts";
import { HawserError, StreamError, TimeoutError } from "./errors.ts";
import { EventStream } from "./event-stream.ts";
import type { Quirk } from "./quirk.ts";
import type { StreamEnd } from "./stream-options.ts";

const done = { sentinel: "[DONE]" };

describe("items", () => {
  it("are the data as JSON", async () => {
    const stream = EventStream.fromResponse<number>(eventResponse(events({ a: 1 }, "[2]", "null", '"x"')));
    expect(await collect(stream)).toEqual([{ a: 1 }, [2], null, "x"]);
    expect(await stream.end).toEqual({ reason: "complete" });
  });

  it("are envelopes when asked for, with the data as JSON or text", async () => {
    const body = 'event: log\nid: 7\nretry: 100\ndata: {"a":1}\n\nid:\ndata: plain\n\n';
    const stream = EventStream.fromResponse(eventResponse(body), { item: "envelope" });
    expect(await collect(stream)).toEqual([
      { event: "log", data: { a: 1 }, id: "7", retry: 100 },
      { data: "plain", id: "" },
    ]);
  });

  it("are lines when asked for", async () => {
    const response = new Response('{"a":1}\n\n{"a":2}', {
      headers: { "content-type": "application/x-ndjson" },
    });
    const quirks: Quirk[] = [];
    const stream = EventStream.fromResponse(response, {
      framing: "json-lines",
      onQuirk: (quirk) => quirks.push(quirk),
    });
    expect(await collect(stream)).toEqual([{ a: 1 }, { a: 2 }]);
    expect(await stream.end).toEqual({ reason: "complete" });
    expect(quirks).toEqual([]);
  });

  it("may have a member called error, when they are more than an error", async () => {
    const item = { level: "warn", line: "retrying", error: "connection refused" };
    expect(await collect(EventStream.fromResponse(eventResponse(events(item))))).toEqual([item]);
  });

  it("do not include keep-alives, which are reported", async () => {
    const quirks: string[] = [];
    const body = `: ping\n\n${events(": keepalive", 1)}data:\n\n`;
    const stream = EventStream.fromResponse(eventResponse(body), {
      onQuirk: (quirk) => quirks.push(quirk.id),
    });
    expect(await collect(stream)).toEqual([1]);
    expect(quirks).toEqual(["Q3", "Q4"]);
  });

  it("are told apart from comments, which have their own callback", async () => {
    const onComment = vi.fn();
    await collect(EventStream.fromResponse(eventResponse(`: cost 3\n${events(1)}`), { onComment }));
    expect(onComment).toHaveBeenCalledExactlyOnceWith("cost 3");
  });
});

describe("the end", () => {
  it("is complete at the marker, and nothing after it is read", async () => {
    const stream = EventStream.fromResponse(eventResponse(events(1, " [DONE] ", 2)), done);
    expect(await collect(stream)).toEqual([1]);
    expect(await stream.end).toEqual({ reason: "complete" });
  });

  it("is truncated without the marker there should be", async () => {
    const stream = EventStream.fromResponse(eventResponse(events(1)), done);
    expect(await collect(stream)).toEqual([1]);
    expect(await stream.end).toEqual({ reason: "truncated" });
  });

  it("uses an event the body ends within when it can be read, and reports it", async () => {
    const quirks: Quirk[] = [];
    const onQuirk = (quirk: Quirk): void => void quirks.push(quirk);
    const stream = EventStream.fromResponse(eventResponse("data: 1\n\ndata: 2"), { onQuirk });
    expect(await collect(stream)).toEqual([1, 2]);
    expect(await stream.end).toEqual({ reason: "complete" });
    expect(quirks).toMatchObject([{ id: "Q7", pointer: "" }]);
  });

  it.each(["server-sent-events", "json-lines"] as const)(
    "is truncated when the body ends within an item that can't be read: %s",
    async (framing) => {
      const body = framing === "json-lines" ? '1\n{"a":' : 'data: 1\n\ndata: {"a":';
      const stream = EventStream.fromResponse(eventResponse(body), { framing });
      expect(await collect(stream)).toEqual([1]);
      expect(await stream.end).toEqual({ reason: "truncated" });
    },
  );

  it("is truncated for a response without a body", async () => {
    const stream = EventStream.fromResponse(new Response(null), done);
    expect(await collect(stream)).toEqual([]);
    expect(await stream.end).toEqual({ reason: "truncated" });
  });

  it("is told to onClose, once", async () => {
    const ends: StreamEnd[] = [];
    const stream = EventStream.fromResponse(eventResponse(events(1)), { onClose: (end) => ends.push(end) });
    await collect(stream);
    stream.abort();
    expect(ends).toEqual([{ reason: "complete" }]);
  });
});

describe("leaving", () => {
  it.each(["break", "throw", "return"])("by %s cancels the request and ends the stream", async (way) => {
    const body = watchedBody([events(1), events(2)], "open");
    const stream = EventStream.fromResponse(eventResponse(body.stream));
    const leave = async (): Promise<void> => {
      for await (const _ of stream) {
        if (way === "break") break;
        if (way === "throw") throw new Error("consumer");
        return;
      }
    };
    await leave().catch(() => {});
    expect(body.isCancelled).toBe(true);
    expect(await stream.end).toMatchObject({ reason: "aborted", error: { name: "AbortError" } });
  });

  it("by await using cancels the request", async () => {
    const body = watchedBody([events(1)], "open");
    let end: Promise<StreamEnd>;
    {
      await using stream = EventStream.fromResponse(eventResponse(body.stream));
      end = stream.end;
      expect((await stream[Symbol.asyncIterator]().next()).value).toBe(1);
    }
    expect(body.isCancelled).toBe(true);
    expect(await end).toMatchObject({ reason: "aborted" });
  });

  it("by await using after the end changes nothing", async () => {
    const stream = EventStream.fromResponse(eventResponse(events(1)));
    await collect(stream);
    await stream[Symbol.asyncDispose]();
    expect(await stream.end).toEqual({ reason: "complete" });
  });

  it("can't be taken back: a stream is read once", async () => {
    const stream = EventStream.fromResponse(eventResponse(events(1)));
    await collect(stream);
    expect(await rejection(collect(stream))).toMatchObject({ name: "StreamError", reason: "misuse" });
  });
});

describe("aborting", () => {
  it("ends a read that is under way, with the reason as its cause", async () => {
    const body = watchedBody([events(1)], "open");
    const stream = EventStream.fromResponse(eventResponse(body.stream));
    const items = stream[Symbol.asyncIterator]();
    await items.next();
    const waiting = rejection(items.next());
    stream.abort("enough");
    expect(await waiting).toMatchObject({ name: "AbortError", cause: "enough" });
    expect(body.isCancelled).toBe(true);
  });

  it("holds back items that have been read already", async () => {
    const stream = EventStream.fromResponse(eventResponse(events(1, 2, 3)));
    const items = stream[Symbol.asyncIterator]();
    await items.next();
    stream.abort();
    expect(await rejection(items.next())).toMatchObject({ name: "AbortError" });
  });

  it("works by a signal, which is let go of afterwards", async () => {
    const controller = new AbortController();
    const add = vi.spyOn(controller.signal, "addEventListener");
    const remove = vi.spyOn(controller.signal, "removeEventListener");
    const body = watchedBody([events(1)], "open");
    const stream = EventStream.fromResponse(eventResponse(body.stream), { signal: controller.signal });
    const items = stream[Symbol.asyncIterator]();
    await items.next();
    const waiting = rejection(items.next());
    const reason = new Error("user left");
    controller.abort(reason);
    expect(await waiting).toMatchObject({ name: "AbortError", cause: reason });
    expect(await stream.end).toMatchObject({ reason: "aborted" });
    expect(remove.mock.calls.map((call) => call[1])).toEqual(add.mock.calls.map((call) => call[1]));
  });

  it("lets go of the signal when the stream is complete", async () => {
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, "addEventListener");
    const remove = vi.spyOn(signal, "removeEventListener");
    await collect(EventStream.fromResponse(eventResponse(events(1)), { signal }));
    expect(add).toHaveBeenCalledOnce();
    expect(remove.mock.calls.map((call) => call[1])).toEqual(add.mock.calls.map((call) => call[1]));
  });

  it("before the start cancels the request", async () => {
    const body = watchedBody([events(1)], "open");
    const stream = EventStream.fromResponse(eventResponse(body.stream), { signal: AbortSignal.abort() });
    expect(body.isCancelled).toBe(true);
    expect(await rejection(collect(stream))).toMatchObject({ name: "AbortError" });
  });

  it("with a TimeoutError is a timeout", async () => {
    const controller = new AbortController();
    const stream = EventStream.fromResponse(eventResponse(events(1)), { signal: controller.signal });
    const timeout = new TimeoutError({ clock: "total", timeout: 5 });
    controller.abort(timeout);
    expect(await stream.end).toEqual({ reason: "timeout", error: timeout });
    expect(await rejection(collect(stream))).toBe(timeout);
  });

  it("of the request itself is told apart from a broken connection", async () => {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new DOMException("aborted", "AbortError")),
    });
    const stream = EventStream.fromResponse(eventResponse(body));
    expect(await rejection(collect(stream))).toMatchObject({ name: "AbortError" });
    expect(await stream.end).toMatchObject({ reason: "aborted" });
  });
});

describe("errors", () => {
  it.each([
    [
      "event: error with JSON",
      'event: error\ndata: {"type":"error","code":"overloaded","message":"Too busy"}\n\n',
      "Too busy",
      "overloaded",
      "error",
    ],
    ["event: error with text", "event: error\ndata: Too busy\n\n", "Too busy", undefined, undefined],
    [
      "an error object",
      events({ error: { message: "Too busy", code: 503, type: "server_error" } }),
      "Too busy",
      "503",
      "server_error",
    ],
    ["an error as text", events({ error: "Too busy" }), "Too busy", undefined, undefined],
  ])("of the server end the stream in its words: %s", async (_name, frame, message, code, type) => {
    const quirks: string[] = [];
    const stream = EventStream.fromResponse(eventResponse(events(1) + frame + events(2)), {
      onQuirk: (quirk) => quirks.push(quirk.id),
    });
    const items = stream[Symbol.asyncIterator]();
    expect((await items.next()).value).toBe(1);
    const error = await rejection(items.next());
    expect(error).toMatchObject({ name: "StreamError", reason: "server", message, code, type });
    expect(await stream.end).toEqual({ reason: "error", error });
    expect(quirks).toEqual(["Q39"]);
  });

  it("in envelopes end the stream too", async () => {
    const stream = EventStream.fromResponse(eventResponse("event: error\ndata: Too busy\n\n"), {
      item: "envelope",
    });
    expect(await rejection(collect(stream))).toMatchObject({ reason: "server", message: "Too busy" });
  });

  it("say what came when it is not JSON, and cancel the request", async () => {
    const body = watchedBody(["data: 1\n\ndata: <b>oops</b>\n\n"], "open");
    const stream = EventStream.fromResponse(eventResponse(body.stream));
    expect(await rejection(collect(stream))).toMatchObject({
      reason: "invalid-data",
      message: 'Event 2 is not JSON: "<b>oops</b>"',
      raw: "<b>oops</b>",
    });
    expect(body.isCancelled).toBe(true);
  });

  it("come after the items before them", async () => {
    const stream = EventStream.fromResponse(eventResponse(events(1, 2, "x".repeat(50))), {
      maxEventBytes: 20,
    });
    const items = stream[Symbol.asyncIterator]();
    expect([(await items.next()).value, (await items.next()).value]).toEqual([1, 2]);
    expect(await rejection(items.next())).toMatchObject({ reason: "too-large" });
  });

  it("of the connection say so", async () => {
    const cause = new TypeError("terminated");
    const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(cause) });
    const stream = EventStream.fromResponse(eventResponse(body));
    const error = await rejection(collect(stream));
    expect(error).toMatchObject({ name: "StreamError", reason: "connection", cause });
    expect(await stream.end).toEqual({ reason: "error", error });
  });

  it("of a callback end the stream", async () => {
    const cause = new Error("callback");
    const stream = EventStream.fromResponse(eventResponse(events(": ping", 1)), {
      onQuirk: () => {
        throw cause;
      },
    });
    const error = await rejection(collect(stream));
    expect(HawserError.is(error) && !StreamError.is(error)).toBe(true);
    expect(error).toMatchObject({ cause });
  });

  it("are thrown at once for a body that has been read", async () => {
    const response = eventResponse(events(1));
    await response.text();
    expect(() => EventStream.fromResponse(response)).toThrow(/has been read/);
  });
});

import { describe, expect, it } from "vitest";
import { collect, eventResponse, events, rejection } from "../test/support.ts";
import { typedEvents } from "../test/typed-events.ts";
import { MessageStream } from "./messages/message-stream.ts";
import { ResponseStream } from "./responses/response-stream.ts";
import type { StreamEnd, StreamOptions } from "./stream-options.ts";

const completed = {
  type: "response.completed",
  response: { id: "resp_1", object: "response", status: "completed", output: [{ type: "note" }] },
};
const stopped = [{ type: "message_delta", delta: { stop_reason: "end_turn" } }, { type: "message_stop" }];

const dialects = [
  {
    name: "responses",
    open: (answer: Response, options: StreamOptions) => ResponseStream.fromResponse(answer, options),
    finish: typedEvents(completed),
    count: 1,
  },
  {
    name: "messages",
    open: (answer: Response, options: StreamOptions) => MessageStream.fromResponse(answer, options),
    finish: typedEvents(...stopped),
    count: 2,
  },
];

describe.each(dialects)("a stream of $name", ({ open, finish, count }) => {
  /** Reads a body to its end: the events or the error, how it ended, and what was reported. */
  async function read(body: string, options: StreamOptions = {}, init: ResponseInit = {}): Promise<unknown> {
    const quirks: string[] = [];
    const stream = open(eventResponse(body, init), { ...options, onQuirk: ({ id }) => quirks.push(id) });
    const items = await collect<unknown>(stream).catch((error: unknown) => error);
    return { items, end: (await stream.end).reason, quirks };
  }

  it("has nothing to report when it keeps to the format, also strictly", async () => {
    const body = `: ping\n\n${typedEvents({ type: "new", own: 1 })}${finish}`;
    expect(await read(body, { strict: true })).toMatchObject({
      items: { length: count + 1, 0: { type: "new", own: 1 } },
      end: "complete",
      quirks: [],
    });
  });

  it("takes the type from the event's name where the data has none (Q44)", async () => {
    const body = `event: ping\ndata: {}\n\n${finish}`;
    expect(await read(body)).toMatchObject({
      items: { 0: { type: "ping" } },
      end: "complete",
      quirks: ["Q44"],
    });
    expect(await read(body, { strict: true })).toMatchObject({ items: { code: "Q44" }, end: "error" });
  });

  it.each([
    ["is no JSON", "oops", 'Event 1 is not JSON: "oops"'],
    ["is no object", "[1]", 'An event is no object: "[1]"'],
    ["has no type at all", '{"a":1}', 'An event has no type: "{\\"a\\":1}"'],
    ["is another dialect's", '{"choices":[]}', 'An event has no type: "{\\"choices\\":[]}"'],
  ])("quotes data that %s", async (_name, data, message) => {
    expect(await read(events(data))).toEqual({
      items: expect.objectContaining({ name: "StreamError", reason: "invalid-data", message }),
      end: "error",
      quirks: [],
    });
  });

  it.each([
    ["without a type", events({ error: { message: "Too busy", code: 503 } })],
    ["of an event of that name", 'event: error\ndata: {"message":"Too busy","code":503}\n\n'],
    ["under that name, as text", "event: error\ndata: Too busy\n\n"],
    ["as a field of its own", 'error: {"code":503,"message":"Too busy"}\n\n'],
  ])("throws errors of other shapes (Q39): %s", async (_name, error) => {
    expect(await read(typedEvents({ type: "new" }) + error, { strict: true })).toEqual({
      items: expect.objectContaining({ name: "StreamError", reason: "server", message: "Too busy" }),
      end: "error",
      quirks: ["Q39"],
    });
  });

  it("passes over keep-alives (Q3, Q4)", async () => {
    const body = `data: : keepalive\n\nevent: ping\n\ndata:\n\n${finish}`;
    expect(await read(body)).toMatchObject({
      items: { length: count },
      end: "complete",
      quirks: ["Q3", "Q4"],
    });
  });

  it("throws the error that came as a JSON body, whatever the status", async () => {
    const body = '{"type":"error","error":{"type":"overloaded_error","message":"Too busy"}}';
    const headers = { "content-type": "application/json" };
    const expected = { name: "StreamError", reason: "server", type: "overloaded_error" };
    expect(await read(body, {}, { headers })).toMatchObject({ items: { ...expected, message: "Too busy" } });
    expect(await read(body, {}, { headers, status: 529 })).toMatchObject({
      items: { ...expected, message: "The server answered 529: Too busy" },
      end: "error",
    });
  });

  it("quotes a body that is something else", async () => {
    expect(await read('{"object":"list"}')).toMatchObject({
      items: { reason: "invalid-data" },
      end: "error",
    });
    expect(await read("<html></html>")).toMatchObject({ items: { reason: "invalid-data" }, end: "error" });
  });

  it("ends at an event over the cap", async () => {
    const body = typedEvents({ type: "new", text: "x".repeat(2000) }) + finish;
    expect(await read(body, { maxEventBytes: 1000 })).toMatchObject({ items: { reason: "too-large" } });
  });

  it("ends at an event that is nested too deeply", async () => {
    const body = `data: {"type":"new","deep":${"[".repeat(1e5)}${"]".repeat(1e5)}}\n\n${finish}`;
    expect(await read(body)).toMatchObject({
      items: { name: "StreamError", reason: "too-large" },
      end: "error",
    });
  });

  it("takes events for JSON lines when it is told to", async () => {
    const lines = finish.replaceAll(/^event:.*\n|^data: |\n(?=\n)/gm, "");
    expect(await read(lines, { framing: "json-lines" })).toMatchObject({
      items: { length: count },
      end: "complete",
    });
  });

  it("tells once that it is over", async () => {
    const ends: StreamEnd[] = [];
    await read(finish, { onClose: (end) => ends.push(end) });
    expect(ends).toEqual([{ reason: "complete" }]);
  });

  it("can be read only once", async () => {
    const stream = open(eventResponse(finish), {});
    await collect<unknown>(stream);
    expect(await rejection(collect(stream.text()))).toMatchObject({ reason: "misuse" });
  });
});

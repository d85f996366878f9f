import { describe, expect, expectTypeOf, it } from "vitest";
import { begun, call, done, message, reasoning, transcript } from "../../test/response-transcript.ts";
import { collect, eventResponse, events, rejection, watchedBody } from "../../test/support.ts";
import { inPieces, pieceSizes, typedEvents } from "../../test/typed-events.ts";
import type { UnknownObject } from "../unknown-type.ts";
import { ResponseStream } from "./response-stream.ts";
import type { ResponseObject } from "./response-types.ts";

const body = typedEvents(...transcript);

function open(text: string, onQuirk?: (id: string) => void): ResponseStream {
  return ResponseStream.fromResponse(eventResponse(text), { onQuirk: ({ id }) => onQuirk?.(id) });
}

describe("a response, whatever the pieces it comes in", () => {
  it.each(pieceSizes)("of %s bytes: events, text, response", async (size) => {
    const quirks: unknown[] = [];
    const read = (): ResponseStream =>
      ResponseStream.fromResponse(eventResponse(inPieces(body, size)), {
        onQuirk: (quirk) => quirks.push(quirk),
      });
    const stream = read();
    expect(await collect(stream)).toEqual(transcript);
    expect(await stream.finalResponse()).toEqual(done);
    expect(await stream.end).toEqual({ reason: "complete" });
    expect((await collect(read().text())).join("")).toBe("Rivers bring salt – 塩.");
    expect(await read().finalResponse()).toEqual(done);
    expect(quirks).toEqual([]);
  });

  it("is put together from its events as from its last one", async () => {
    const stream = open(typedEvents(...transcript.slice(0, -1)));
    expect(await stream.finalResponse({ allowTruncated: true })).toEqual({
      ...done,
      status: "incomplete",
      usage: null,
    });
  });
});

describe("the end", () => {
  it("is the last event although the connection stays open, and leaving there gives up nothing", async () => {
    const { stream: open } = watchedBody([body], "open");
    const stream = ResponseStream.fromResponse(eventResponse(open));
    for await (const event of stream) if (event.type === "response.completed") break;
    expect(await stream.end).toEqual({ reason: "complete" });
    expect(await stream.finalResponse()).toEqual(done);
  });

  it("may have a marker behind it", async () => {
    const stream = open(`${body}data: [DONE]\n\n`);
    expect(await collect(stream)).toHaveLength(transcript.length);
    expect((await stream.end).reason).toBe("complete");
  });

  it.each([
    ["of the body", ""],
    ["of the body in a marker", "data: [DONE]\n\n"],
  ])("%s before the last event is truncated", async (_name, tail) => {
    const stream = open(typedEvents(...transcript.slice(0, 12)) + tail);
    expect(await collect(stream.text())).toEqual(["Rivers bring "]);
    expect(await stream.end).toEqual({ reason: "truncated" });
    expect(await rejection(stream.finalResponse())).toMatchObject({
      name: "StreamError",
      reason: "truncated",
      message: expect.stringContaining("no response.completed"),
    });
    const partial = await stream.finalResponse({ allowTruncated: true });
    expect(partial).toMatchObject({
      id: "resp_1",
      status: "incomplete",
      incomplete_details: null,
      output: [reasoning, { id: "msg_1", status: "incomplete", content: [{ text: "Rivers bring " }] }],
    });
  });

  it("is never told to be whole by a part of the response", async () => {
    for (let count = 0; count < transcript.length; count++) {
      const stream = open(typedEvents(...transcript.slice(0, count)));
      const { status, output } = await stream.finalResponse({ allowTruncated: true });
      expect([status, (await stream.end).reason]).toEqual(["incomplete", "truncated"]);
      const items = transcript.slice(0, count).filter(({ type }) => type === "response.output_item.done");
      expect(output.filter((item) => item.status !== "incomplete")).toEqual(items.map(({ item }) => item));
    }
  });

  it("leaves a call that was cut off incomplete", async () => {
    const stream = open(typedEvents(...transcript.slice(0, 18)));
    const { output } = await stream.finalResponse({ allowTruncated: true });
    expect(output[2]).toEqual({ ...call, status: "incomplete", arguments: '{"depth"' });
  });

  it("of a response the server stopped early is complete", async () => {
    const response = { ...done, status: "incomplete", incomplete_details: { reason: "max_output_tokens" } };
    const stream = open(typedEvents({ type: "response.incomplete", response }));
    expect(await stream.finalResponse()).toEqual(response);
    expect(await stream.end).toEqual({ reason: "complete" });
  });

  it("of a response that failed is an error, and the response has it", async () => {
    const error = { code: "server_error", message: "The model is not well" };
    const response = { ...begun, status: "failed", error };
    const failed = typedEvents(...transcript.slice(0, 12), { type: "response.failed", response });
    const stream = open(failed);
    const seen: string[] = [];
    const reading = (async () => {
      for await (const event of stream) seen.push(event.type);
    })();
    const thrown = await rejection(reading);
    expect(thrown).toMatchObject({ name: "StreamError", reason: "server", code: "server_error" });
    expect(thrown).toMatchObject({ message: "The model is not well" });
    expect(seen.at(-1)).toBe("response.failed");
    expect(await stream.end).toEqual({ reason: "error", error: thrown });
    const final = await stream.finalResponse();
    expect(final).toMatchObject({ status: "failed", error });
    expect(final.output).toHaveLength(2);
    expect((await open(failed).finalResponse()).error).toEqual(error);
  });

  it.each([
    ["flat", { type: "error", code: "overloaded", message: "Too busy", param: null, sequence_number: 12 }],
    ["nested", { type: "error", error: { code: "overloaded", message: "Too busy" } }],
  ])("is an error in the server's words: %s", async (_name, error) => {
    const quirks: string[] = [];
    const stream = open(typedEvents(...transcript.slice(0, 12), error), (id) => quirks.push(id));
    const thrown = await rejection(stream.finalResponse());
    expect(thrown).toMatchObject({
      name: "StreamError",
      reason: "server",
      code: "overloaded",
      message: "Too busy",
      type: undefined,
    });
    expect(await stream.end).toEqual({ reason: "error", error: thrown });
    expect(stream.currentResponse().output[1]).toMatchObject({ content: [{ text: "Rivers bring " }] });
    expect(quirks).toEqual([]);
  });
});

describe("tolerance", () => {
  it.each([
    ["empty", { ...done, output: [] }],
    ["missing", { ...done, output: undefined }],
  ])("finds the output of a last event where it is %s (Q43)", async (_name, response) => {
    const quirks: string[] = [];
    const last = { type: "response.completed", response };
    const stream = open(typedEvents(...transcript.slice(0, -1), last), (id) => quirks.push(id));
    expect(await stream.finalResponse()).toEqual(done);
    expect(quirks).toEqual(["Q43"]);
  });

  it("takes what was not done for whole when the response is completed", async () => {
    const events = transcript.filter(({ type }) => !type.endsWith(".done"));
    const stream = open(typedEvents(...events.slice(0, -1), { type: "response.completed" }));
    const all = await collect(stream);
    const { output, status } = await stream.finalResponse();
    expect(status).toBe("completed");
    expect(output).toEqual([{ ...reasoning, status: "completed" }, message, call]);
    expect(all.at(-1)).toMatchObject({
      type: "response.completed",
      response: { status: "completed", output },
    });
  });

  it("leaves a last event without output alone when nothing was streamed", async () => {
    const quirks: string[] = [];
    const response = { ...done, output: [] };
    const stream = open(typedEvents({ type: "response.completed", response }), (id) => quirks.push(id));
    expect(await stream.finalResponse()).toEqual(response);
    expect(quirks).toEqual([]);
  });

  it("gives the text of a response whose text was not streamed", async () => {
    const stream = open(typedEvents(transcript[0]!, transcript.at(-1)!));
    expect(await collect(stream.text())).toEqual(["Rivers bring salt – 塩."]);
  });

  it.each([
    ["completed", "complete"],
    ["queued", "complete"],
    ["failed", "error"],
  ])("takes one body for a stream (Q10): a %s response", async (status, end) => {
    const quirks: string[] = [];
    const response = { ...done, status, error: status === "failed" ? { message: "No" } : null };
    const init = { headers: { "content-type": "application/json" } };
    const stream = ResponseStream.fromResponse(eventResponse(JSON.stringify(response), init), {
      onQuirk: ({ id }) => quirks.push(id),
    });
    expect(await stream.finalResponse()).toEqual(response);
    expect(stream.currentResponse()).toEqual(response);
    expect((await stream.end).reason).toBe(end);
    expect(quirks).toEqual(["Q10"]);
  });

  it("turns into errors when it is not wanted", async () => {
    const last = { type: "response.completed", response: { ...done, output: [] } };
    const streamed = typedEvents(...transcript.slice(0, -1), last);
    const failed = JSON.stringify({ ...done, status: "failed" });
    for (const [text, code] of [
      [streamed, "Q43"],
      [failed, "Q10"],
    ] as const) {
      const stream = ResponseStream.fromResponse(eventResponse(text), { strict: true });
      expect(await rejection(stream.finalResponse())).toMatchObject({ reason: "quirk", code });
      expect((await stream.end).reason).toBe("error");
    }
  });

  it("passes events on that it does not know", async () => {
    const unknown = {
      type: "response.web_search_call.searching",
      output_index: 0,
      item_id: "ws_1",
      query: "?",
    };
    const stream = open(typedEvents(transcript[0]!, unknown, transcript.at(-1)!));
    expect((await collect(stream))[1]).toEqual(unknown);
  });
});

describe("types", () => {
  it("narrow by the type of the event, and leave the unknown ones", async () => {
    const seen: string[] = [];
    for await (const event of open(body)) {
      if (event.type === "response.output_text.delta") {
        expectTypeOf(event.delta).toEqualTypeOf<string>();
        seen.push(event.delta);
      } else if (event.type === "response.completed") {
        expectTypeOf(event.response).toEqualTypeOf<ResponseObject>();
        const call = event.response.output.find((item) => item.type === "function_call");
        seen.push(call?.type === "function_call" ? call.arguments : "");
      }
    }
    expect(seen).toEqual(["Rivers bring ", "salt – 塩.", '{"depth":3}']);
    expectTypeOf<UnknownObject["anything"]>().toEqualTypeOf<unknown>();
  });

  it("are the document's own where they are given", () => {
    const stream = ResponseStream.fromResponse<{ type: "own" }, { own: string }>(eventResponse(events()));
    expectTypeOf(stream).toExtend<AsyncIterable<{ type: "own" }>>();
    expectTypeOf(stream.currentResponse()).toEqualTypeOf<{ own: string }>();
  });
});

it("gives a response of its own whenever it is asked for one", async () => {
  const stream = open(body);
  const first = await stream.finalResponse();
  first.output.length = 0;
  Object.assign(first.usage!, { total_tokens: 99 });
  expect(await stream.finalResponse()).toEqual(done);
});

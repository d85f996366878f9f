import { describe, expect, it } from "vitest";
import { begin, choice, piece } from "../test/chat-support.ts";
import { chunk, collect, eventResponse, events, rejection, watchedBody } from "../test/support.ts";
import { ChatCompletionStream } from "./chat-completion-stream.ts";
import type { Quirk } from "./quirk.ts";
import type { StreamOptions } from "./stream-options.ts";

interface Opened {
  readonly stream: ChatCompletionStream;
  readonly quirks: Quirk[];
}

/** What servers do that the formats allow, or that only has to be put up with: nothing is reported. */
function open(body: string | ReadableStream<Uint8Array>, options: StreamOptions = {}): Opened {
  const quirks: Quirk[] = [];
  const onQuirk = (quirk: Quirk): void => void quirks.push(quirk);
  return { stream: ChatCompletionStream.fromResponse(eventResponse(body), { onQuirk, ...options }), quirks };
}

const finished = events(chunk({ content: "Ahoy" }), chunk({}, "stop"), "[DONE]");

async function expectAhoy({ stream, quirks }: Opened): Promise<void> {
  const { choices } = await stream.finalCompletion();
  expect(choices[0]).toMatchObject({ message: { content: "Ahoy" }, finish_reason: "stop" });
  expect(await stream.end).toEqual({ reason: "complete" });
  expect(quirks).toEqual([]);
}

describe("what the event-stream rules allow is no departure:", () => {
  it.each([
    ["no space after the colon (Q1)", finished.replaceAll("data: ", "data:")],
    [
      "comments that keep the connection open (Q2)",
      finished.replaceAll("data: ", ": PROCESSING\n:\n\ndata: "),
    ],
    ["lines that end in CRLF (Q6)", finished.replaceAll("\n", "\r\n")],
    ["lines that end in CR (Q6)", finished.replaceAll("\n", "\r")],
    [
      "a byte order mark, and lines that end in all ways (Q6)",
      `\ufeff${finished.replace("\n\n", "\r\n\n").replace(/\n\n$/, "\r\n\r")}`,
    ],
  ])("%s", async (_what, body) => {
    await expectAhoy(open(body));
    // One byte per read: whatever can be split is.
    const bytes = new TextEncoder().encode(body);
    await expectAhoy(open(watchedBody(Array.from(bytes, (byte) => Uint8Array.of(byte))).stream));
  });

  it("comments with metadata before the marker, which are handed on (Q5)", async () => {
    const comments: string[] = [];
    const body = finished.replace("data: [DONE]", ': cost {"usd":0.1}\n\ndata: [DONE]');
    await expectAhoy(open(body, { onComment: (text) => comments.push(text) }));
    expect(comments).toEqual(['cost {"usd":0.1}']);
  });
});

describe("the end of a stream", () => {
  it("is the marker, although the connection stays open (Q8)", async () => {
    const body = watchedBody([finished], "open");
    await expectAhoy(open(body.stream));
    await expect.poll(() => body.isCancelled).toBe(true);
  });

  it("is the idle clock when the server falls silent within the answer (Q9)", async () => {
    const { stream } = open(watchedBody([events(chunk({ content: "Ah" }))], "open").stream, {
      timeouts: { idle: 20 },
    });
    expect(await rejection(stream.finalCompletion())).toMatchObject({ name: "TimeoutError", clock: "idle" });
    expect(await stream.end).toMatchObject({ reason: "timeout" });
    expect(stream.currentCompletion().choices[0]?.message.content).toBe("Ah");
  });

  it("is complete when the server falls silent after the answer (Q9)", async () => {
    const body = watchedBody([events(chunk({ content: "Ahoy" }, "stop"))], "open");
    const { stream, quirks } = open(body.stream, { timeouts: { idle: 20 } });
    expect((await stream.finalCompletion()).choices[0]?.message.content).toBe("Ahoy");
    expect(await stream.end).toEqual({ reason: "complete" });
    expect(quirks.map(({ id }) => id)).toEqual(["Q7"]);
    expect(body.isCancelled).toBe(true);
  });
});

describe("tool calls", () => {
  it("are not done when their arguments could be, and go on (Q31)", async () => {
    const { stream, quirks } = open(
      events(
        chunk({ tool_calls: [begin(0, "a", "first"), begin(1, "b", "second")] }),
        chunk({ tool_calls: [piece(0, "{}"), piece(1, "1")] }),
        chunk({ tool_calls: [piece(1, "2")] }),
        chunk({ tool_calls: [piece(0, " \n")] }),
        chunk({}, "tool_calls"),
        "[DONE]",
      ),
    );
    const told = await collect(stream.events());
    expect(told.map(({ type }) => type).filter((type) => type !== "tool_call.delta")).toEqual([
      "tool_call.start",
      "tool_call.start",
      "tool_call.done",
      "tool_call.done",
      "finish",
      "end",
    ]);
    const done = told.flatMap((event) => (event.type === "tool_call.done" ? [event] : []));
    expect(done.map(({ value, complete }) => [value, complete])).toEqual([
      [{}, true],
      [12, true],
    ]);
    expect(quirks).toEqual([]);
  });

  it("are not complete although their arguments could be, when the answer was cut off (Q31)", async () => {
    const { stream } = open(
      events(chunk({ tool_calls: [begin(0, "a", "first")] }), chunk({ tool_calls: [piece(0, "{}")] })),
    );
    const done = (await collect(stream.events())).find(({ type }) => type === "tool_call.done");
    expect(done).toMatchObject({ arguments: "{}", complete: false });
  });

  it("may come whole in one chunk, and interleaved (Q32)", async () => {
    const whole = { ...begin(2, "c", "third"), function: { name: "third", arguments: '{"c":3}' } };
    const { stream, quirks } = open(
      events(
        chunk({ tool_calls: [begin(0, "a", "first")] }),
        chunk({ tool_calls: [begin(1, "b", "second"), piece(0, '{"a"')] }),
        chunk({ tool_calls: [piece(1, '{"b"'), whole] }),
        chunk({ tool_calls: [piece(0, ":1}"), piece(1, ":2}")] }),
        chunk({ tool_calls: [piece(1, "\n")] }),
        chunk({}, "tool_calls"),
        "[DONE]",
      ),
    );
    const { choices } = await stream.finalCompletion();
    const calls = choices[0]?.message.tool_calls ?? [];
    expect(calls.map((call) => JSON.parse(call.function?.arguments ?? ""))).toEqual([
      { a: 1 },
      { b: 2 },
      { c: 3 },
    ]);
    expect(quirks).toEqual([]);
  });

  it("keep members nobody knows, such as signatures (Q33)", async () => {
    const extra_content = { google: { thought_signature: "abc" } };
    const { stream } = open(
      events(
        chunk({ tool_calls: [{ ...begin(0, "a", "first"), extra_content }] }),
        chunk({}, "tool_calls"),
        "[DONE]",
      ),
    );
    const { choices } = await stream.finalCompletion();
    expect(choices[0]?.message.tool_calls).toMatchObject([{ id: "a", extra_content }]);
  });
});

it("reasoning and content may be in one chunk, and content null, empty or missing (Q38)", async () => {
  const { stream, quirks } = open(
    events(
      chunk({ content: null, reasoning_content: "H" }),
      chunk({ content: "", reasoning_content: "m" }),
      chunk({ reasoning_content: "." }),
      chunk({ content: "Ahoy", reasoning_content: "!" }),
      choice(1, { content: null }, "stop"),
      chunk({}, "stop"),
      "[DONE]",
    ),
  );
  const { choices } = await stream.finalCompletion();
  expect(choices[0]?.message).toMatchObject({ content: "Ahoy", reasoning_content: "Hm.!" });
  expect(choices[1]?.message.content).toBeNull();
  expect(quirks).toEqual([]);
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ChatCompletionStream,
  EventStream,
  HawserError,
  MessageStream,
  parseJsonLines,
  parseServerSentEvents,
  type Quirk,
  ResponseStream,
  StreamError,
  type StreamOptions,
} from "../src/index.ts";
import { chatPlans, cutBy, readSizes } from "./chat-plan.ts";
import { transcript as message } from "./message-transcript.ts";
import { transcript as responseTranscript } from "./response-transcript.ts";
import { chunk, eventResponse, events, toBytes } from "./support.ts";

interface Readable extends AsyncIterable<unknown> {
  readonly end: Promise<{ readonly reason: string; readonly error?: unknown }>;
}

type Open = (response: Response, options: StreamOptions) => [Readable, () => Promise<unknown>];

interface How {
  readonly strict: boolean;
  readonly contentType: string;
}

/** Every kind of stream: how it is opened, and how its answer is asked for. */
const kinds: Record<string, Open> = {
  chat: (response, options) => {
    const stream = ChatCompletionStream.fromResponse(response, options);
    return [stream, () => stream.finalCompletion({ allowTruncated: true })];
  },
  events: (response, options) => {
    const stream = ChatCompletionStream.fromResponse(response, options);
    const views = { end: stream.end, [Symbol.asyncIterator]: () => stream.events() };
    return [views, () => stream.finalCompletion()];
  },
  responses: (response, options) => {
    const stream = ResponseStream.fromResponse(response, options);
    return [stream, () => stream.finalResponse({ allowTruncated: true })];
  },
  messages: (response, options) => {
    const stream = MessageStream.fromResponse(response, options);
    return [stream, () => stream.finalMessage({ allowTruncated: true })];
  },
  payloads: (response, options) => [EventStream.fromResponse(response, options), async () => {}],
  envelopes: (response, options) => [
    EventStream.fromResponse(response, { ...options, item: "envelope" }),
    async () => {},
  ],
  lines: (response, options) => [
    EventStream.fromResponse(response, { ...options, framing: "json-lines" }),
    async () => {},
  ],
};

/** An error that says what was wrong with the data; a `HawserError` of no kind would be one that nobody thought of. */
function expectOwnError(error: unknown): void {
  if (StreamError.is(error)) return;
  expect.fail(`not a StreamError: ${String(error)} ${HawserError.is(error) ? String(error.cause) : ""}`);
}

/** Reads a body as one kind of stream: it ends, and whatever it throws is one of the errors there are. */
async function readAs(
  open: Open,
  reads: readonly Uint8Array[],
  { strict, contentType }: How,
): Promise<unknown> {
  const quirks: Quirk[] = [];
  const response = eventResponse(reads, { headers: { "content-type": contentType } });
  const onQuirk = (quirk: Quirk): void => {
    // A content type is told of when the text is there, which may be before what ends the stream is looked at.
    if (quirk.id !== "Q11") quirks.push(quirk);
  };
  const [stream, final] = open(response, { strict, onQuirk, maxEventBytes: 2000, sentinel: "[DONE]" });
  const items: unknown[] = [];
  try {
    // As text: what grows in place is another thing later, and what is only made when it is looked at is made.
    for await (const item of stream) items.push(JSON.stringify(item));
  } catch (error) {
    expectOwnError(error);
  }
  const end = await stream.end;
  expect(["complete", "truncated", "error"]).toContain(end.reason);
  if (end.reason === "error") expectOwnError(end.error);
  const answer = await final().catch(expectOwnError);
  return { items, quirks, end: [end.reason, String(end.error)], answer };
}

/** Reads a body as every kind of stream, in these reads and in one: it is the same. */
async function readAsAll(bytes: Uint8Array, sizes: readonly number[], how: How): Promise<void> {
  for (const open of Object.values(kinds)) {
    const found = await readAs(open, cutBy(bytes, sizes), how);
    expect(found).toEqual(await readAs(open, [bytes], how));
  }
}

async function* each(reads: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* reads;
}

const hows: fc.Arbitrary<How> = fc.record({
  strict: fc.boolean(),
  contentType: fc.constantFrom("text/event-stream", "application/json", "text/html", ""),
});

/** A value with something in it replaced by something else. */
function replaceSomewhere(value: unknown, path: readonly number[], replacement: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== "object" || value === null) return replacement;
  const names = Object.keys(value);
  if (names.length === 0) return replacement;
  const name = names[step % names.length]!;
  const member = replaceSomewhere((value as Record<string, unknown>)[name], rest, replacement);
  return Array.isArray(value)
    ? value.map((entry, at) => (String(at) === name ? member : entry))
    : { ...value, [name]: member };
}

const oddValues = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, "", 0, -1, 1e308, [], {}, [null], { type: "error" }, { error: {} }, "[DONE]", [[]]),
);
const mutations = fc.array(fc.tuple(fc.nat(), fc.array(fc.nat({ max: 9 }), { maxLength: 7 }), oddValues), {
  minLength: 1,
  maxLength: 4,
});

/** Replaces something in some of the values. */
function mutate(values: readonly unknown[], changes: readonly [number, number[], unknown][]): unknown[] {
  const list = [...values];
  for (const [at, path, replacement] of changes) {
    const place = at % list.length;
    list[place] = replaceSomewhere(list[place], path, replacement);
  }
  return list;
}

const call = { index: 0, id: "call_1", type: "function", function: { name: "tide", arguments: '{"a":' } };
const chat = [
  chunk({
    role: "assistant",
    content: "Hi",
    reasoning: "x",
    reasoning_details: [{ type: "text", text: "x", index: 0 }],
  }),
  chunk({
    content: [
      { type: "text", text: "a" },
      { type: "thinking", thinking: [{ text: "b" }] },
    ],
  }),
  chunk({ tool_calls: [call, { ...call, index: 1, id: "call_2" }] }),
  chunk({
    tool_calls: [{ index: 0, function: { arguments: "1}" } }],
    function_call: { name: "a", arguments: "{}" },
  }),
  { ...chunk({ refusal: "no" }, null, { x_groq: { usage: {} } }), usage: { total_tokens: 1 } },
  chunk({}, "tool_calls", { usage: { total_tokens: 2 } }),
];

describe("whatever comes, in whatever reads, a stream ends in one of the ways there are", () => {
  it("when it is nothing but bytes", async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), readSizes, hows, readAsAll), {
      numRuns: 100,
    });
  });

  it("when it is lines of an event stream in any order", async () => {
    const line = fc.constantFrom(
      ...[
        "data: {}",
        "data: [",
        "data:1",
        "data",
        "event: error",
        "event: ping",
        "id: 1",
        ":",
        "",
        "",
        "retry: 1",
      ],
      ...[
        "data: [DONE]",
        "data: :x",
        'data: ""',
        "error: x",
        'data: {"error":"x"}',
        "\ufeff",
        "data: null",
        "{",
        "<",
      ],
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 15 }),
        fc.constantFrom("\n", "\r", "\r\n"),
        readSizes,
        hows,
        (lines, end, sizes, how) => readAsAll(toBytes(lines.join(end) + end), sizes, how),
      ),
      { numRuns: 200 },
    );
  });

  it("when bytes of a good stream are changed, lost and repeated", async () => {
    await fc.assert(
      fc.asyncProperty(
        chatPlans,
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 5 }),
        fc.tuple(fc.nat(), fc.nat({ max: 50 }), fc.boolean()),
        readSizes,
        hows,
        async ({ bytes }, changes, [at, length, repeats], sizes, how) => {
          const copy = [...bytes];
          for (const [place, byte] of changes) copy[place % copy.length] = byte;
          const start = at % copy.length;
          const part = copy.slice(start, start + length);
          copy.splice(start, repeats ? 0 : length, ...(repeats ? part : []));
          await readAsAll(Uint8Array.from(copy), sizes, how);
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each([
    ["a chat", [...chat, "[DONE]"]],
    ["a response", responseTranscript],
    ["a message", message],
  ])("when values of %s are replaced by others", async (_, good) => {
    await fc.assert(
      fc.asyncProperty(mutations, readSizes, hows, (changes, sizes, how) =>
        readAsAll(toBytes(events(...mutate(good, changes))), sizes, how),
      ),
      { numRuns: 150 },
    );
  });

  it.each([
    ["a chat", { ...chunk({}), choices: [{ index: 0, message: { content: "x", tool_calls: [call] } }] }],
    [
      "a response",
      { id: "r", object: "response", status: "completed", output: [{ type: "message", content: [] }] },
    ],
    [
      "a message",
      { id: "m", type: "message", content: [{ type: "tool_use", input: {} }], stop_reason: "x", usage: {} },
    ],
  ])("when one body came, and values of %s are replaced by others", async (_, good) => {
    await fc.assert(
      fc.asyncProperty(mutations, readSizes, hows, (changes, sizes, how) =>
        readAsAll(toBytes(JSON.stringify(mutate([good], changes)[0])), sizes, how),
      ),
      { numRuns: 100 },
    );
  });
});

it("parsers throw nothing but stream errors", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), readSizes, async (bytes, sizes) => {
      const reads = cutBy(bytes, sizes);
      for await (const { data } of parseServerSentEvents(each(reads))) expect(typeof data).toBe("string");
      try {
        for await (const _ of parseJsonLines(each(reads)));
      } catch (error) {
        expectOwnError(error);
      }
    }),
  );
});

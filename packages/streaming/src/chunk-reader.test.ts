import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chunk } from "../test/support.ts";
import { createChatAnswer } from "./chat-answer.ts";
import type { ChatCompletionChunk } from "./chat-types.ts";
import { type ChunkReader, createChunkReader } from "./chunk-reader.ts";
import type { Frame } from "./frame-parser.ts";
import { createChunkRepair } from "./tolerance/repair-chunk.ts";

function frame(data: string): Frame {
  return { event: undefined, data, id: undefined, retry: undefined };
}

interface Reading {
  readonly chunks: ChatCompletionChunk[];
  readonly quirks: string[];
  readonly completion: unknown;
  /** How many chunks did not have to be parsed. */
  readonly again: number;
}

/** Reads the texts of chunks, by templates where they help or always by parsing. */
function read(texts: readonly string[], mayReadAgain: boolean): Reading {
  const quirks: string[] = [];
  const answer = createChatAnswer();
  const tolerance = createChunkRepair((id, pointer) => void quirks.push(`${id} ${pointer}`));
  const reader = createChunkReader(tolerance, answer, false);
  let again = 0;
  const chunks = texts.map((text) => {
    const known = mayReadAgain ? reader.readAgain(frame(text)) : undefined;
    if (known !== undefined) again += 1;
    return known ?? reader.take(JSON.parse(text), text);
  });
  tolerance.finish();
  return { chunks: structuredClone(chunks), quirks, completion: answer.build(true), again };
}

function readBoth(texts: readonly string[]): Reading {
  const reading = read(texts, true);
  const { chunks, quirks, completion } = read(texts, false);
  expect(reading.chunks).toEqual(chunks);
  expect(reading.completion).toEqual(completion);
  // A departure is told once for each place; how often it is met does not matter.
  expect(new Set(reading.quirks)).toEqual(new Set(quirks));
  return reading;
}

function repeated(
  makeText: (at: number) => object,
  format: (value: object) => string = JSON.stringify,
): string[] {
  return Array.from({ length: 10 }, (_, at) => format(makeText(at)));
}

const call = (text: string, more: object = {}): object =>
  chunk({ tool_calls: [{ index: 0, function: { arguments: text }, ...more }] });
const first = JSON.stringify(
  chunk({ tool_calls: [{ index: 0, id: "a", type: "function", function: { name: "f", arguments: "" } }] }),
);

function createReader(): ChunkReader {
  const tolerance = createChunkRepair(() => {});
  return createChunkReader(tolerance, createChatAnswer(), false);
}

/** A reader that has parsed the text, and knows it. */
function startReading(text: string): ChunkReader {
  const reader = createReader();
  reader.take(JSON.parse(text), text);
  return reader;
}

describe("chunks that differ in a word", () => {
  it.each<[string, string[]]>([
    ["content", repeated((at) => chunk({ content: `word ${at}` }))],
    ["content with escapes", repeated((at) => chunk({ content: `"\\\n\u2028é綱🪢 ${at}` }))],
    ["empty content", repeated((at) => chunk({ content: at % 2 ? "" : "a" }))],
    ["reasoning", repeated((at) => chunk({ reasoning_content: `word ${at}`, content: null }))],
    ["content with a role", repeated((at) => chunk({ role: "assistant", content: `word ${at}` }))],
    ["padding", repeated((at) => chunk({ content: `word ${at}` }, null, { obfuscation: "x".repeat(at) }))],
    [
      "white space",
      repeated(
        (at) => chunk({ content: `word ${at}` }),
        (value) => JSON.stringify(value, null, 1),
      ),
    ],
    ["arguments", [first, ...repeated((at) => call(`{"a":"${at}`))]],
  ])("are parsed once: %s", (_what, texts) => {
    expect(readBoth(texts).again).toBeGreaterThan(texts.length / 2);
  });

  it.each<[string, string[]]>([
    [
      "counts that are taken back",
      repeated((at) => chunk({ content: "a" }, null, { usage: at % 2 ? null : { n: at } })),
    ],
    ["counts in a list", repeated((at) => chunk({ content: "a" }, null, { usage: [at] }))],
    ["log probabilities", repeated((at) => chunk({ content: "a" }, null, { x: { logprob: at } }))],
    ["another name for reasoning", repeated((at) => chunk({ reasoning: `word ${at}` }))],
    ["parts", repeated((at) => chunk({ content: [{ type: "text", text: `word ${at}` }] }))],
    [
      "a name that comes again",
      [first, ...repeated((at) => call(`${at}`, { function: { name: "f", arguments: `${at}` } }))],
    ],
    ["ids", [first, ...repeated((at) => call(`${at}`, { id: `${at % 2}` }))]],
    ["finish reasons", repeated(() => chunk({ content: "a" }, "stop"))],
  ])("are parsed every time when there is more to them: %s", (_what, texts) => {
    expect(readBoth(texts).again).toBe(0);
  });

  it("are parsed every time when their text can't be told from another of the name", () => {
    const texts = repeated((at) => ({ ...chunk({ content: "1" }), content: `${at}` }));
    expect(readBoth(texts).again).toBe(0);
  });

  it("can be changed by whoever gets them", () => {
    const reader = createReader();
    const [one, two, three] = repeated((at) => chunk({ content: `word ${at}` })) as [string, string, string];
    const changed = reader.take(JSON.parse(one), one);
    changed.choices[0]!.delta.content = "changed";
    changed.id = "changed";
    const again = reader.readAgain(frame(two));
    expect(again).toEqual(JSON.parse(two));
    again!.choices.length = 0;
    expect(reader.readAgain(frame(three))).toEqual(JSON.parse(three));
  });

  it.each([
    ["is cut off", (text: string) => text.slice(0, -1)],
    ["goes on", (text: string) => `${text} `],
    ["has its text elsewhere", (text: string) => text.replace('"word"', '"word","x":"content"')],
    [
      "has a second member of the name",
      (text: string) => text.replace('"content"', '"content":"b","content"'),
    ],
    ["closes its text earlier", (text: string) => text.replace("word", 'word"')],
    ["has a control character in its text", (text: string) => text.replace("word", "wo\nrd")],
  ])("are told from one that %s", (_how, change) => {
    const text = JSON.stringify(chunk({ content: "word" }));
    const reader = startReading(text);
    expect(reader.readAgain(frame(change(text)))).toBeUndefined();
  });

  it("leaves alone what has an event's name, or was not ended", () => {
    const text = JSON.stringify(chunk({ content: "word" }));
    const reader = startReading(text);
    expect(reader.readAgain({ ...frame(text), event: "error" })).toBeUndefined();
    reader.take(JSON.parse(text), text);
    expect(reader.readAgain({ ...frame(text), origin: "unfinished" })).toBeUndefined();
  });

  it("says when arguments are repeated as a whole (Q30)", () => {
    const texts = [
      first,
      ...['{"a":', '{"b":', "1}}", '{"a":{"b":1}}'].map((text) => JSON.stringify(call(text))),
    ];
    const { quirks, completion } = readBoth(texts);
    expect(quirks.some((quirk) => quirk.startsWith("Q30"))).toBe(true);
    expect(completion).toMatchObject({
      choices: [{ message: { tool_calls: [{ function: { arguments: '{"a":{"b":1}}' } }] } }],
    });
  });
});

const word = fc.oneof(fc.string(), fc.constantFrom("", '"', "\\", 'content":"', "</think>", "{}", "{", '"}'));
const flat = fc.oneof(word, fc.constant(null), fc.integer());
const delta = fc.oneof(
  { weight: 5, arbitrary: word.map((content) => ({ content })) },
  {
    weight: 3,
    arbitrary: word.map((text) => ({ tool_calls: [{ index: 0, function: { arguments: text } }] })),
  },
  word.map((reasoning_content) => ({ content: "", reasoning_content })),
  fc.record(
    {
      role: fc.constantFrom("assistant", "", null),
      content: flat.filter((value) => typeof value !== "number"),
      reasoning: word,
      x: flat,
      tool_calls: fc.array(
        fc.record(
          {
            index: fc.nat(1),
            id: fc.constantFrom("a", "b", ""),
            function: fc.record({ name: fc.constantFrom("f", "g"), arguments: word }, { requiredKeys: [] }),
          },
          { requiredKeys: ["index"] },
        ),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: [] },
  ),
);
const members = fc.record(
  { id: word, created: fc.nat(2), obfuscation: word, usage: fc.constantFrom(null, { total_tokens: 1 }) },
  { requiredKeys: [] },
);

it("reads any chunks as parsing each of them does", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(delta, members, fc.integer({ min: 1, max: 4 }), fc.nat(1)), { maxLength: 12 }),
      (parts) => {
        const texts = parts.flatMap(([one, more, times, index]) =>
          Array.from({ length: times }, (_, at) => {
            const content =
              "content" in one && typeof one.content === "string" ? `${one.content}${at}` : undefined;
            const varied = content === undefined ? one : { ...one, content };
            const choices = [{ index, delta: varied, finish_reason: null }];
            const usage = more.usage ? { usage: { total_tokens: at, details: { content: [`${at}`] } } } : {};
            return JSON.stringify({ ...more, object: "chat.completion.chunk", choices, ...usage });
          }),
        );
        readBoth(texts);
      },
    ),
    { numRuns: 500 },
  );
});

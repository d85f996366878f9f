import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ChatCompletionChunk, ChatCompletionStream } from "../src/index.ts";
import { cutBy, readSizes } from "./chat-plan.ts";
import { eventResponse, toBytes } from "./support.ts";

/**
 * Chunks of an answer are nearly the same text, and a reader may make use of that. An event with a name of its own is
 * read for itself: whatever comes, both must be the same.
 */

/** Texts as they stand in JSON, quotation marks and all, some of which are none. */
const jsonTexts = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 6 }).map((text) => JSON.stringify(text)),
  fc.string({ unit: "binary", maxLength: 4 }).map((text) => JSON.stringify(text)),
  fc.constantFrom(
    ...[
      '""',
      '"a"',
      '"\\""',
      '"\\\\"',
      '"\\\\\\""',
      '"\\u0022"',
      '"\\u00e9"',
      '"\\ud83d"',
      '"\\udea2"',
      '"塩"',
    ],
    ...['"\\"content\\":\\"x\\""', '"content"', '"}}]}"', '"{"', '"\\"}"', '"1"', '"2"', '"obfuscation"'],
    ...["null", "1", "{}", "[]", '{"a":"b"}', '[{"type":"text","text":"x"}]', "true", '"a","role":"user"'],
    ...['"a","content":"b"', '"a\tb"', '"a', 'a"', "", '"\\x"', '"a"}},{"index":1,"delta":{"content":"b"'],
  ),
);

/** Chunks with a place for a text, and some with another for padding. */
const shapes = [
  '{"id":"c","choices":[{"index":0,"delta":{"content":TEXT},"finish_reason":null}]}',
  '{"id":"c","choices":[{"index":0,"delta":{"role":"assistant","content":TEXT},"finish_reason":null}],"usage":null}',
  '{"id":"c","choices":[{"index":0,"delta":{"content":TEXT},"finish_reason":null}],"obfuscation":PAD}',
  '{"obfuscation":PAD,"choices":[{"index":0,"delta":{"content":TEXT},"finish_reason":null}]}',
  '{"id":"content","choices":[{"index":0,"delta":{"content":TEXT,"reasoning_content":""},"finish_reason":null}]}',
  '{"choices":[{"index":0,"delta":{"content":null,"reasoning_content":TEXT},"finish_reason":null,"logprobs":null}]}',
  '{"choices":[{"index":0,"delta":{"content":"","reasoning":TEXT},"finish_reason":null}]}',
  '{"choices":[{"index":1,"delta":{"content":TEXT},"finish_reason":null}]}',
  '{"choices":[{"index":0,"delta":{"content":TEXT}}]}',
  '{"choices":[{"index":0,"delta":{"content":TEXT},"finish_reason":"stop"}]}',
  '{"choices":[{"index":0,"delta":{"content":TEXT},"finish_reason":null,"content":"x"}]}',
  '{"choices":[{"index":0,"delta":{"content":TEXT},"finish_reason":null}],"note":{"content":"x"}}',
  '{"choices":[{"index":0,"delta":{"refusal":TEXT},"finish_reason":null}]}',
  '{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"tide","arguments":TEXT}}]},"finish_reason":null}]}',
  '{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":TEXT}}]},"finish_reason":null}]}',
  '{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":TEXT}}]},"finish_reason":null}]}',
  '{"choices":[{"index":0,"delta":{"tool_calls":[{"function":{"arguments":TEXT}}]},"finish_reason":null}]}',
  '{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"","function":{"name":"","arguments":TEXT}}]},"finish_reason":null}]}',
  ' { "choices" : [ { "index" : 0 , "delta" : { "content" : TEXT } , "finish_reason" : null } ] } ',
];

/** Runs of chunks of one shape. */
const runs = fc.array(
  fc.record({
    shape: fc.constantFrom(...shapes),
    texts: fc.array(jsonTexts, { minLength: 1, maxLength: 5 }),
    padding: fc.array(jsonTexts, { minLength: 1, maxLength: 2 }),
  }),
  { minLength: 1, maxLength: 4 },
);

function toData(list: readonly { shape: string; texts: string[]; padding: string[] }[]): string[] {
  return list.flatMap(({ shape, texts, padding }) =>
    texts.map((text, at) =>
      shape.replace(/TEXT|PAD/g, (place) => (place === "TEXT" ? text : padding[at % padding.length]!)),
    ),
  );
}

/** Spoils what a chunk adds to the answer: it is the consumer's to do with as they like. */
function spoil({ choices }: ChatCompletionChunk): void {
  for (const choice of choices) {
    for (const call of choice.delta.tool_calls ?? [])
      Object.assign(call.function ?? {}, { arguments: "spoilt" });
    Object.assign(choice.delta, {
      role: "spoilt",
      content: "spoilt",
      reasoning_content: "spoilt",
      tool_calls: [],
    });
    Object.assign(choice, { index: 7, delta: {}, finish_reason: "spoilt" });
  }
  choices.length = 0;
}

interface Outcome {
  readonly chunks: unknown[];
  readonly final: unknown;
  readonly quirks: unknown[];
  readonly end: readonly (string | undefined)[];
}

async function read(
  data: readonly string[],
  name: string,
  { sizes = [100_000], spoils = false, strict = false, splitThinking = false } = {},
): Promise<Outcome> {
  const wire = data.map((text) => `${name}data: ${text}\n\n`).join("");
  const quirks: unknown[] = [];
  const stream = ChatCompletionStream.fromResponse(eventResponse(cutBy(toBytes(wire), sizes)), {
    onQuirk: (quirk) => quirks.push(quirk),
    strict,
    splitThinking,
  });
  const chunks: unknown[] = [];
  try {
    for await (const chunk of stream) {
      chunks.push(structuredClone(chunk));
      if (spoils) spoil(chunk);
    }
  } catch {
    // The end says it.
  }
  const end = await stream.end;
  const error = "error" in end ? String(end.error) : undefined;
  return { chunks, final: stream.currentCompletion(), quirks, end: [end.reason, error] };
}

const named = "event: chunk\n";

/** An outcome without the number of the event that an error names. */
function uncounted({ end, ...outcome }: Outcome): unknown {
  return { ...outcome, end: end.map((text) => text?.replace(/Event \d+/, "Event")) };
}

describe("a chunk that is nearly the one before", () => {
  it("is read as if it were the only one", async () => {
    await fc.assert(
      fc.asyncProperty(
        runs,
        readSizes,
        fc.boolean(),
        fc.boolean(),
        async (list, sizes, strict, splitThinking) => {
          const data = toData(list);
          const how = { strict, splitThinking };
          expect(uncounted(await read(data, "", { ...how, sizes }))).toEqual(
            uncounted(await read(data, named, how)),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("is read so when the arguments of calls come again and again", async () => {
    const pieces = fc.constantFrom(
      '"{"',
      '"}"',
      '"{}"',
      '"\\"a\\":"',
      '"1"',
      '" "',
      '""',
      '"{\\"a\\":1}"',
      '"\\\\"',
    );
    const shape = fc.constantFrom(...shapes.filter((text) => text.includes("arguments")));
    const calls = fc.array(fc.record({ shape, texts: fc.array(pieces, { minLength: 1, maxLength: 8 }) }), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(calls, async (list) => {
        const data = toData(list.map((run) => ({ ...run, padding: ['""'] })));
        expect(uncounted(await read(data, ""))).toEqual(uncounted(await read(data, named)));
      }),
      { numRuns: 500 },
    );
  });

  it("shares nothing with it: who spoils a chunk spoils nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(runs, async (list) => {
        const data = toData(list);
        expect(await read(data, "", { spoils: true })).toEqual(await read(data, ""));
      }),
      { numRuns: 500 },
    );
  });
});

describe("what reading by likeness must not change", () => {
  const hello = '{"id":"c","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}';

  it("an error says which event it was, however the ones before were read", async () => {
    const { end } = await read([hello, hello, hello, "oops"], "");
    expect(end).toEqual(["error", expect.stringContaining("Event 4 is not JSON")]);
  });

  it("a marker is one, though it looks like the chunks before it", async () => {
    const marker = hello.replace('"a"', '"z"');
    const response = eventResponse(`data: ${[hello, hello, hello, marker, hello].join("\n\ndata: ")}\n\n`);
    const stream = ChatCompletionStream.fromResponse(response, { sentinel: marker });
    expect((await stream.finalCompletion()).choices[0]?.message.content).toBe("aaa");
  });

  it("the completion shares nothing with the chunks, nor with another one", async () => {
    const data = '{"choices":[],"usage":{"total_tokens":3},"note":{"n":1}}';
    const stream = ChatCompletionStream.fromResponse(eventResponse(`data: ${data}\n\ndata: [DONE]\n\n`));
    for await (const chunk of stream) {
      Object.assign(chunk.usage ?? {}, { total_tokens: 99 });
      Object.assign((chunk as { note?: object }).note ?? {}, { n: 99 });
    }
    const completion = await stream.finalCompletion();
    expect(completion).toMatchObject({ usage: { total_tokens: 3 }, note: { n: 1 } });
    Object.assign(completion.usage!, { total_tokens: 99 });
    expect(stream.currentCompletion().usage).toEqual({ total_tokens: 3 });
  });
});

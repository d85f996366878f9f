import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  ChatCompletionStream,
  createPartialJsonReader,
  EventStream,
  MessageStream,
  parseJsonLines,
  ResponseStream,
} from "../src/index.ts";
import { collect, eventResponse, toBytes } from "./support.ts";

/** Members that reach for what all objects have in common. */
const hostile =
  '"__proto__":{"polluted":1,"toString":"x"},"constructor":{"prototype":{"polluted":1},"name":"x"},"prototype":{"polluted":1},"toString":"x","hasOwnProperty":1,"valueOf":null';

let before: string[];
const inherited = (): string[] =>
  [Object.prototype, Array.prototype, Function.prototype].flatMap(Object.getOwnPropertyNames);
beforeEach(() => {
  before = inherited();
});
afterEach(() => {
  expect(inherited()).toEqual(before);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(String({})).toBe("[object Object]");
});

/** Whether a value and all in it are plain objects, lists and values: no member has become a prototype. */
function expectPlain(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  expect([Object.prototype, Array.prototype]).toContain(Object.getPrototypeOf(value));
  for (const name of Object.keys(value)) {
    expectPlain(Object.getOwnPropertyDescriptor(value, name)?.value);
  }
}

function answer(...data: readonly string[]): Response {
  return eventResponse(data.map((text) => `data: ${text}\n\n`).join(""));
}

const place = '"output_index":0,"content_index":0,"item_id":"m"';

describe("members with the names of what objects inherit pollute nothing", () => {
  it("in the chunks of a chat, at every place, twice", async () => {
    const call = `{"index":0,"id":"a","type":"function",${hostile},"function":{"name":"f","arguments":"{}",${hostile}}}`;
    const delta = `{"role":"assistant","content":"Hi",${hostile},"tool_calls":[${call}],"reasoning_details":[{"type":"text","index":0,"text":"x",${hostile}}],"function_call":{"name":"f","arguments":"{}",${hostile}}}`;
    const choice = `{"index":0,"finish_reason":"stop","logprobs":{"content":[{${hostile}}],${hostile}},${hostile},"delta":${delta}}`;
    const data = `{"id":"c","usage":{"total_tokens":1,${hostile}},${hostile},"choices":[${choice}]}`;
    const stream = ChatCompletionStream.fromResponse(
      answer(data, data.replaceAll('"id":"a",', ""), "[DONE]"),
    );
    expectPlain(await collect(stream.events()));
    const completion = await stream.finalCompletion();
    expectPlain(completion);
    expect(Object.keys(completion)).toContain("__proto__");
    expect(completion.choices[0]?.message.content).toBe("HiHi");
  });

  it("as a whole body, a role, a name, an id and an index", async () => {
    const body = `{"choices":[{"index":"__proto__","message":{"role":"__proto__","content":"Hi",${hostile},"tool_calls":[{"id":"__proto__","type":"function","function":{"name":"constructor","arguments":"{}"}}]},"finish_reason":"toString"}],${hostile}}`;
    const whole = ChatCompletionStream.fromResponse(eventResponse(body));
    const { choices } = await whole.finalCompletion();
    expectPlain(choices);
    expect(choices[0]?.message.tool_calls?.[0]).toMatchObject({
      id: "__proto__",
      function: { name: "constructor" },
    });
  });

  it("in the events of a response", async () => {
    const stream = ResponseStream.fromResponse(
      answer(
        `{"type":"response.created","response":{"id":"r","output":[],${hostile}}}`,
        `{"type":"response.output_item.added","output_index":0,"item":{"type":"message","id":"m","content":[],${hostile}}}`,
        `{"type":"response.content_part.added",${place},"part":{"type":"output_text","text":"",${hostile}}}`,
        `{"type":"response.output_text.annotation.added",${place},"annotation":{${hostile}}}`,
        `{"type":"response.output_text.delta",${place},"delta":"Hi",${hostile}}`,
        `{"type":"response.constructor.delta",${place},"delta":"Hi"}`,
        `{"type":"__proto__.added",${hostile}}`,
      ),
    );
    expectPlain(await collect(stream));
    const response = await stream.finalResponse({ allowTruncated: true });
    expectPlain(response);
    expect(Object.keys(response)).toContain("__proto__");
  });

  it("in the events of a message", async () => {
    const stream = MessageStream.fromResponse(
      answer(
        `{"type":"message_start","message":{"id":"m","content":[],"usage":{${hostile}},${hostile}}}`,
        `{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"n","input":{},${hostile}}}`,
        `{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":${JSON.stringify(`{${hostile}}`)}}}`,
        `{"type":"content_block_delta","index":0,"delta":{"type":"__proto__",${hostile}}}`,
        `{"type":"content_block_stop","index":0}`,
        `{"type":"message_delta","delta":{"stop_reason":"tool_use",${hostile}},"usage":{${hostile}},${hostile}}`,
        '{"type":"message_stop"}',
      ),
    );
    expectPlain(await collect(stream));
    const message = await stream.finalMessage();
    expectPlain(message);
    expect(Object.keys((message.content[0] as { input: object }).input)).toContain("__proto__");
  });

  it("in an error of the server, which is still the server's", async () => {
    const stream = ChatCompletionStream.fromResponse(
      answer(`{"error":{"message":"No","code":7,${hostile}},${hostile}}`),
    );
    await expect(stream.finalCompletion()).rejects.toMatchObject({
      reason: "server",
      code: "7",
      message: "No",
    });
  });

  it("in items, lines and JSON that is still being written", async () => {
    expectPlain(await collect(EventStream.fromResponse(answer(`{${hostile}}`))));
    expectPlain(await collect(EventStream.fromResponse(answer(`{${hostile}}`), { item: "envelope" })));
    async function* lines(): AsyncGenerator<Uint8Array> {
      yield toBytes(`{${hostile}}\n`);
    }
    expectPlain(await collect(parseJsonLines(lines())));
    const reader = createPartialJsonReader();
    for (const character of `{${hostile}}`) {
      reader.push(character);
      expectPlain(reader.value);
      reader.isFieldComplete(["__proto__", "polluted"]);
    }
    expect(reader.finish()).toEqual(JSON.parse(`{${hostile}}`));
  });
});

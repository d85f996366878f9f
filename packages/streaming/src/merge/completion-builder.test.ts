import { describe, expect, it } from "vitest";
import { chunk } from "../../test/support.ts";
import type { ChatCompletion, ChatCompletionChunk } from "../chat-types.ts";
import { createCompletionBuilder } from "./completion-builder.ts";

function build(chunks: object[], isOver = true): ChatCompletion {
  const builder = createCompletionBuilder();
  for (const one of chunks) builder.add(one as ChatCompletionChunk);
  return builder.build(isOver);
}

describe("createCompletionBuilder", () => {
  it("takes the first role that is not empty", () => {
    const roles = ["", "tool", "assistant"].map((role) => chunk({ role }));
    expect(build(roles).choices[0]?.message.role).toBe("tool");
    expect(build([chunk({ role: "" })]).choices[0]?.message.role).toBe("assistant");
  });

  it("keeps a list of log probabilities of any length", () => {
    const content = Array.from({ length: 200_000 }, (_, at) => ({ token: `${at}` }));
    const choices = [{ index: 0, delta: {}, finish_reason: null, logprobs: { content } }];
    const completion = build([{ choices }, { choices }]);
    expect(completion.choices[0]?.logprobs?.content).toHaveLength(400_000);
  });

  it("joins what chunks say of each choice", () => {
    const completion = build([
      chunk({ role: "assistant", content: "" }),
      chunk({ content: "Hel", reasoning_content: "Hm" }),
      { ...chunk({}), choices: [{ index: 1, delta: { refusal: "No" }, finish_reason: "content_filter" }] },
      chunk({ content: "lo", reasoning_content: "m" }, null, { system_fingerprint: "fp" }),
      chunk({}, "stop", { usage: { total_tokens: 1 }, obfuscation: "xxxx" }),
      { choices: [], usage: { total_tokens: 2 }, service_tier: "default" },
      { choices: [], usage: null, service_tier: null },
    ]);
    expect(completion).toEqual({
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1_700_000_000,
      model: "model-1",
      system_fingerprint: "fp",
      service_tier: "default",
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: "Hello", refusal: null, reasoning_content: "Hmm" },
          finish_reason: "stop",
          logprobs: null,
        },
        {
          index: 1,
          message: { role: "assistant", content: null, refusal: "No" },
          finish_reason: "content_filter",
          logprobs: null,
        },
      ],
      usage: { total_tokens: 2 },
    });
  });

  it("takes id, model and time from the first chunk that has them", () => {
    const blank = { id: "", model: "", created: 0, choices: [] };
    expect(build([blank, chunk({}), { ...chunk({}), id: "other" }])).toMatchObject({
      id: "chatcmpl-1",
      model: "model-1",
      created: 1_700_000_000,
    });
    expect(build([])).toEqual({ id: "", object: "chat.completion", created: 0, model: "", choices: [] });
  });

  it("joins tool calls in the order of their indexes, without holes", () => {
    const completion = build([
      chunk({
        tool_calls: [{ index: 3, id: "b", type: "function", function: { name: "g", arguments: "" } }],
      }),
      chunk({
        tool_calls: [{ index: 1, id: "a", type: "function", function: { name: "f", arguments: '{"x"' } }],
      }),
      chunk(
        { tool_calls: [{ index: 1, function: { arguments: ":1}" }, extra_content: { s: "t" } }] },
        "tool_calls",
      ),
    ]);
    expect(completion.choices[0]?.message.tool_calls).toEqual([
      { id: "a", type: "function", function: { name: "f", arguments: '{"x":1}' }, extra_content: { s: "t" } },
      { id: "b", type: "function", function: { name: "g", arguments: "{}" } },
    ]);
  });

  it("gives a call that has no id one of its own", () => {
    const completion = build([
      chunk({ tool_calls: [{ index: 0, type: "function", function: { name: "f", arguments: "{}" } }] }),
    ]);
    expect(completion.choices[0]?.message.tool_calls?.[0]?.id).toBe("call_0_0");
  });

  it.each([
    ["tool_calls", true, "{}"],
    ["length", true, ""],
    ["tool_calls", false, ""],
  ])(
    "reads empty arguments as {} only when they are not cut off: %s, over %s",
    (reason, isOver, expected) => {
      const fragment = { index: 0, id: "a", type: "function", function: { name: "f", arguments: "" } };
      const completion = build([chunk({ tool_calls: [fragment] }, reason)], isOver);
      expect(completion.choices[0]?.message.tool_calls?.[0]?.function?.arguments).toBe(expected);
    },
  );

  it("joins calls of custom tools and the old function_call", () => {
    const completion = build([
      chunk({
        tool_calls: [{ index: 0, id: "a", type: "custom", custom: { name: "f", input: "x" } }],
        function_call: { name: "old", arguments: "{" },
      }),
      chunk({ tool_calls: [{ index: 0, custom: { input: "y" } }], function_call: { arguments: "}" } }),
    ]);
    expect(completion.choices[0]?.message).toMatchObject({
      tool_calls: [{ id: "a", type: "custom", custom: { name: "f", input: "xy" } }],
      function_call: { name: "old", arguments: "{}" },
    });
  });

  it("keeps members it does not know, and appends log probabilities", () => {
    const part = (token: string): object => ({
      ...chunk({ annotations: [token], audio: { id: "a", data: token } }),
      choices: [
        {
          index: 0,
          delta: { annotations: [token], audio: { id: "a", data: token } },
          finish_reason: null,
          logprobs: { content: [{ token }], refusal: null },
          native_finish_reason: token,
        },
      ],
    });
    expect(build([part("x"), part("y")]).choices[0]).toMatchObject({
      native_finish_reason: "y",
      logprobs: { content: [{ token: "x" }, { token: "y" }] },
      message: { annotations: ["x", "y"], audio: { id: "a", data: "xy" } },
    });
  });

  it("orders choices and calls, as many as there may be, in linear time", { timeout: 30_000 }, () => {
    const count = 200_000;
    const indexes = Array.from({ length: count }, (_, at) => count - at);
    const calls = indexes.map((index) => ({ index, id: `call_${index}`, type: "function", function: {} }));
    const { choices } = build([
      { ...chunk({}), choices: indexes.map((index) => ({ index, delta: {}, finish_reason: null })) },
      { ...chunk({}), choices: [{ index: 1, delta: { tool_calls: calls }, finish_reason: null }] },
    ]);
    const inOrder = indexes.toReversed();
    expect(choices.map(({ index }) => index)).toEqual(inOrder);
    expect(choices[0]?.message.tool_calls?.map(({ id }) => id)).toEqual(inOrder.map((at) => `call_${at}`));
  });

  it("appends to lists in linear time, and continues what came lately", { timeout: 30_000 }, () => {
    const part = (index: number, text: string): object => ({
      reasoning_details: [{ type: "t", index, text }],
    });
    const count = 100_000;
    const chunks = Array.from({ length: count }, (_, index) => chunk(part(index, "a")));
    const { message } = build([...chunks, chunk(part(count - 3, "b"))]).choices[0]!;
    const { reasoning_details: details } = message as unknown as { reasoning_details: { text: string }[] };
    expect(details).toHaveLength(count);
    expect(details.at(-3)).toMatchObject({ text: "ab" });
  });

  it("keeps the finish reason when a chunk says nothing of one", () => {
    const silent = { ...chunk({}), choices: [{ index: 0, delta: {} }] };
    expect(build([silent]).choices[0]).toMatchObject({ finish_reason: null });
    expect(build([chunk({}, "stop"), silent]).choices[0]).toMatchObject({ finish_reason: "stop" });
  });

  it("gives completions that later chunks do not change", () => {
    const builder = createCompletionBuilder();
    const one = chunk({ annotations: [1] }) as unknown as ChatCompletionChunk;
    builder.add(one);
    const early = builder.build(false);
    builder.add(one);
    expect(early.choices[0]?.message).toMatchObject({ annotations: [1] });
    expect(one.choices[0]?.delta).toEqual({ annotations: [1] });
  });

  it("never touches a prototype", () => {
    const evil = JSON.parse(
      '{"choices":[{"index":0,"delta":{"__proto__":{"polluted":1}},"__proto__":{"polluted":1},"finish_reason":null}],"__proto__":{"polluted":1}}',
    );
    const completion = build([evil, evil]) as ChatCompletion & { polluted?: number };
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(completion.polluted).toBeUndefined();
    expect(Object.keys(completion)).toContain("__proto__");
  });
});

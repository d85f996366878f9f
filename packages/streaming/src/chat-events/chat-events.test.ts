import { describe, expect, it } from "vitest";
import { begin, choice, openChat, piece } from "../../test/chat-support.ts";
import { chunk, eventResponse, events } from "../../test/support.ts";
import { ChatCompletionStream } from "../chat-completion-stream.ts";
import type { ChatEvent } from "./chat-event.ts";

/** An event in a line. */
function toLine(event: ChatEvent): string {
  switch (event.type) {
    case "content.delta":
    case "reasoning.delta":
    case "refusal.delta":
      return `${event.choice} ${event.type} ${event.delta}`;
    case "tool_call.start":
      return `${event.choice} start ${event.index} ${event.id} ${event.name} ${event.kind}`;
    case "tool_call.delta":
      return `${event.choice} delta ${event.index} ${event.delta} ${JSON.stringify(event.partial)}`;
    case "tool_call.done": {
      const value = JSON.stringify(event.value);
      return `${event.choice} done ${event.index} ${event.name} ${event.arguments} ${value} ${event.complete}`;
    }
    case "usage":
      return `usage ${event.usage.total_tokens}`;
    case "finish":
      return `${event.choice} finish ${event.reason}`;
    case "end":
      return `end ${event.end.reason}`;
  }
}

async function lines(stream: ChatCompletionStream): Promise<string[]> {
  const list: string[] = [];
  try {
    for await (const event of stream.events()) list.push(toLine(event));
  } catch {
    // The last event says it.
  }
  return list;
}

describe("events", () => {
  it("tell of thoughts, text, usage, the finish and the end", async () => {
    const stream = openChat(
      chunk({ role: "assistant", content: "" }),
      chunk({ reasoning_content: "Hm" }),
      chunk({ content: "Hel", reasoning_content: "." }),
      chunk({ content: "lo", refusal: "no" }),
      chunk({}, "stop"),
      { choices: [], usage: { total_tokens: 3 } },
      "[DONE]",
    );
    expect(await lines(stream)).toEqual([
      "0 reasoning.delta Hm",
      "0 reasoning.delta .",
      "0 content.delta Hel",
      "0 content.delta lo",
      "0 refusal.delta no",
      "0 finish stop",
      "usage 3",
      "end complete",
    ]);
  });

  it("tell parallel calls that come interleaved apart", async () => {
    const stream = openChat(
      chunk({ tool_calls: [begin(0, "a", "weather"), begin(1, "b", "time")] }),
      chunk({ tool_calls: [piece(1, '{"zone":"U')] }),
      chunk({ tool_calls: [piece(0, '{"city"')] }),
      chunk({ tool_calls: [piece(0, ':"Paris"}'), piece(1, 'TC"}')] }),
      chunk({}, "tool_calls"),
      "[DONE]",
    );
    expect(await lines(stream)).toEqual([
      "0 start 0 a weather function",
      "0 start 1 b time function",
      '0 delta 1 {"zone":"U {"zone":"U"}',
      '0 delta 0 {"city" {}',
      '0 delta 0 :"Paris"} {"city":"Paris"}',
      '0 delta 1 TC"} {"zone":"UTC"}',
      '0 done 0 weather {"city":"Paris"} {"city":"Paris"} true',
      '0 done 1 time {"zone":"UTC"} {"zone":"UTC"} true',
      "0 finish tool_calls",
      "end complete",
    ]);
  });

  it("tell several answers apart, each done when it finishes", async () => {
    const stream = openChat(
      choice(1, { tool_calls: [begin(0, "b", "g")] }),
      choice(0, { tool_calls: [begin(0, "a", "f")] }),
      choice(0, { tool_calls: [piece(0, "[1")] }),
      choice(1, { tool_calls: [piece(0, "{}")] }, "tool_calls"),
      choice(0, { tool_calls: [piece(0, "]")] }),
      choice(0, {}, "length"),
      "[DONE]",
    );
    expect(await lines(stream)).toEqual([
      "1 start 0 b g function",
      "0 start 0 a f function",
      "0 delta 0 [1 []",
      "1 delta 0 {} {}",
      "1 done 0 g {} {} true",
      "1 finish tool_calls",
      "0 delta 0 ] [1]",
      "0 done 0 f [1] [1] false",
      "0 finish length",
      "end complete",
    ]);
  });

  it.each([
    ["by length", [chunk({}, "length"), "[DONE]"], ["0 finish length", "end complete"]],
    ["in the server's words", [chunk({}, "MAX_TOKENS"), "[DONE]"], ["0 finish MAX_TOKENS", "end complete"]],
    ["by the body", [], ["end truncated"]],
    ["by an error", [{ error: { message: "Too busy" } }], ["end error"]],
  ])("say that a call was cut off %s", async (_name, rest, last) => {
    const call = begin(0, "a", "f");
    const stream = openChat(
      chunk({ tool_calls: [call] }),
      chunk({ tool_calls: [piece(0, '{"a":"b')] }),
      ...rest,
    );
    expect(await lines(stream)).toEqual([
      "0 start 0 a f function",
      '0 delta 0 {"a":"b {"a":"b"}',
      '0 done 0 f {"a":"b undefined false',
      ...last,
    ]);
  });

  it("say that a call is not complete whose arguments are cut off although it finished", async () => {
    const call = { ...begin(0, "a", "f"), function: { name: "f", arguments: '{"a":' } };
    expect(await lines(openChat(chunk({ tool_calls: [call] }, "tool_calls"), "[DONE]"))).toContain(
      '0 done 0 f {"a": undefined false',
    );
  });

  it("give a call without arguments, of a late name and of no id what the completion gives it", async () => {
    const stream = openChat(
      chunk({ tool_calls: [{ index: 0, function: { arguments: "" } }] }),
      chunk({ tool_calls: [{ index: 0, function: { name: "f" } }] }),
      chunk({}, "tool_calls"),
      "[DONE]",
    );
    expect(await lines(stream)).toEqual([
      "0 start 0 call_0_0 f function",
      "0 done 0 f {} {} true",
      "0 finish tool_calls",
      "end complete",
    ]);
    expect((await stream.finalCompletion()).choices[0]?.message.tool_calls).toEqual([
      { id: "call_0_0", type: "function", function: { name: "f", arguments: "{}" } },
    ]);
  });

  it("carry the free text of a custom call", async () => {
    const custom = { index: 0, id: "a", type: "custom", custom: { name: "sh", input: "ls" } };
    const more = { index: 0, custom: { input: " -l" } };
    const stream = openChat(
      chunk({ tool_calls: [custom] }),
      chunk({ tool_calls: [more] }, "tool_calls"),
      "[DONE]",
    );
    expect(await lines(stream)).toEqual([
      "0 start 0 a sh custom",
      '0 delta 0 ls "ls"',
      '0 delta 0  -l "ls -l"',
      '0 done 0 sh ls -l "ls -l" true',
      "0 finish tool_calls",
      "end complete",
    ]);
  });

  it("go on when a server does after the finish", async () => {
    const stream = openChat(
      chunk({ tool_calls: [begin(0, "a", "f")] }, "stop"),
      chunk({ tool_calls: [piece(0, "{}")] }, "stop"),
      chunk({}, "tool_calls"),
      "[DONE]",
    );
    expect(await lines(stream)).toEqual([
      "0 start 0 a f function",
      "0 done 0 f {} {} true",
      "0 finish stop",
      "0 delta 0 {} {}",
      "0 done 0 f {} {} true",
      "0 finish tool_calls",
      "end complete",
    ]);
  });

  it("keep what was read of arguments that are no JSON", async () => {
    const call = begin(0, "a", "f");
    const deltas = ['{"a":1,', "oops", "}"].map((text) => chunk({ tool_calls: [piece(0, text)] }));
    const list = await lines(
      openChat(chunk({ tool_calls: [call] }), ...deltas, chunk({}, "tool_calls"), "[DONE]"),
    );
    expect(list.filter((line) => line.includes("delta") || line.includes("done"))).toEqual([
      '0 delta 0 {"a":1, {"a":1}',
      '0 delta 0 oops {"a":1}',
      '0 delta 0 } {"a":1}',
      '0 done 0 f {"a":1,oops} undefined false',
    ]);
  });
});

it("120,000 pieces of arguments, each looked at, are read in time", { timeout: 30_000 }, async () => {
  const count = 120_000;
  const text = JSON.stringify({ text: "x".repeat(count - 11) });
  function* body(): Generator<string> {
    yield events(chunk({ tool_calls: [begin(0, "a", "f")] }));
    for (let at = 0; at < text.length; at += 1000) {
      yield events(...[...text.slice(at, at + 1000)].map((one) => chunk({ tool_calls: [piece(0, one)] })));
    }
    yield events(chunk({}, "tool_calls"), "[DONE]");
  }
  const stream = ChatCompletionStream.fromResponse(eventResponse(body()));
  let looks = 0;
  for await (const event of stream.events()) {
    if (event.type === "tool_call.delta" && event.partial !== undefined) looks += 1;
    if (event.type === "tool_call.done") expect(event).toMatchObject({ arguments: text, complete: true });
  }
  expect(looks).toBe(count);
});

import type { ChatMessage as RuncrateMessage } from "@hawser/inference/runcrate";
import type OpenAI from "openai";
import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { defineTool, runTools } from "../src/index.ts";
import { eventsOf, question, script, sentMessages, weather } from "./support.ts";

const twoCalls = {
  toolCalls: [
    { name: "weather", arguments: { city: "Oslo" } },
    { name: "weather", arguments: { city: "Paris", days: 2 } },
  ],
};

describe.each(["hawser", "openai"] as const)("with the client of %s", (name) => {
  it.each([true, false])("answers the calls and gives the last message, stream: %s", async (stream) => {
    const clients = await script([twoCalls, "Take one to Oslo."]);
    const { completions } = (clients[name] as typeof clients.openai).chat;
    const result = await runTools(completions, { ...question, tools: [weather], stream });
    expect(result.reason).toBe("done");
    expect(result.text).toBe("Take one to Oslo.");
    expect(result.steps.map(({ calls }) => calls.map(({ status }) => status))).toEqual([
      ["done", "done"],
      [],
    ]);
    expect(sentMessages(clients.model, 1)).toEqual([
      ...question.messages,
      {
        role: "assistant",
        content: null,
        tool_calls: [
          { id: "call_1", type: "function", function: { name: "weather", arguments: '{"city":"Oslo"}' } },
          {
            id: "call_2",
            type: "function",
            function: { name: "weather", arguments: '{"city":"Paris","days":2}' },
          },
        ],
      },
      { role: "tool", tool_call_id: "call_1", content: '{"city":"Oslo","sky":"rain"}' },
      { role: "tool", tool_call_id: "call_2", content: '{"city":"Paris","sky":"sun"}' },
    ]);
    expect(result.messages).toEqual([
      ...sentMessages(clients.model, 1),
      { role: "assistant", content: "Take one to Oslo." },
    ]);
    expect(result.usage.total_tokens).toBe(result.usage.prompt_tokens + result.usage.completion_tokens);
    expect(result.stepsWithoutUsage).toBe(0);
  });
});

it("tells what happens, in its order", async () => {
  const { hawser } = await script([
    { reasoning: "Hm.", content: "Let me look.", ...twoCalls },
    { content: "Take one." },
  ]);
  const events = await eventsOf(
    runTools(hawser.chat.completions, { ...question, tools: [weather], stream: true }),
  );
  const types = events.map(({ type }) => type);
  expect(types.filter((type, at) => type !== types[at - 1])).toEqual([
    "step.start",
    "reasoning.delta",
    "content.delta",
    "tool_call.start",
    "tool_call.delta",
    "tool_call.start",
    "tool_call.delta",
    "tool_call.done",
    "tool.start",
    "tool.done",
    "step.end",
    "step.start",
    "content.delta",
    "step.end",
    "end",
  ]);
  const partials = events.flatMap((event) => (event.type === "tool_call.delta" ? [event.partial] : []));
  expect(partials.at(-1)).toEqual({ city: "Paris", days: 2 });
});

it("has the message types of the client it is given", async () => {
  const { hawser, openai } = await script(["a", "b"]);
  const options = { ...question, tools: [weather] };
  const ours = await runTools(hawser.chat.completions, { ...options, temperature: 0 });
  expectTypeOf(ours.messages).toEqualTypeOf<readonly RuncrateMessage[]>();
  const theirs = await runTools(openai.chat.completions, { ...options, reasoning_effort: "low" });
  expectTypeOf(theirs.messages).toEqualTypeOf<readonly OpenAI.ChatCompletionMessageParam[]>();
  // @ts-expect-error: no client has such a member
  runTools(hawser.chat.completions, { ...options, tempratur: 0 });
  // @ts-expect-error: the model is missing
  runTools(openai.chat.completions, { messages: [], tools: [weather] });
});

it("lets a strict tool see nothing of what stands for nothing", async () => {
  const { hawser, model } = await script([
    { toolCalls: [{ name: "book", arguments: { city: "Oslo", days: null } }] },
    "Booked.",
  ]);
  const seen: unknown[] = [];
  const book = defineTool({
    name: "book",
    parameters: z.object({ city: z.string(), days: z.number().optional() }),
    strict: true,
    execute: (input) => seen.push(input),
  });
  await runTools(hawser.chat.completions, { ...question, tools: [book] });
  expect(seen).toEqual([{ city: "Oslo" }]);
  expect(model.requests[0]?.json).toMatchObject({
    tools: [{ function: { strict: true, parameters: { required: ["city", "days"] } } }],
  });
});

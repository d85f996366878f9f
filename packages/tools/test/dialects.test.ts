import type { StreamHabits } from "@hawser/mock";
import { describe, expect, it } from "vitest";
import { runTools } from "../src/index.ts";
import { eventsOf, question, rejection, script, sentMessages, weather } from "./support.ts";

const twoCalls = {
  toolCalls: [
    { name: "weather", arguments: { city: "Oslo" } },
    { name: "weather", arguments: { city: "Reykjavík", days: 2 } },
  ],
};

const habits: [string, StreamHabits][] = [
  ["no index (Q24)", { index: "missing" }],
  ["one index for all calls (Q25)", { index: "shared" }],
  ["indexes from 1 (Q26)", { index: "from-1" }],
  ["no ids (Q27)", { id: "missing" }],
  ["ids that are empty after the first piece (Q27)", { id: "emptied" }],
  ["ids in every piece (Q27)", { id: "repeated" }],
  ["late ids (Q27)", { id: "late" }],
  ["one id for all calls (Q27)", { id: "shared" }],
  ["late names (Q28)", { name: "late" }],
  ["names in every piece (Q28)", { name: "repeated" }],
  ["names that are empty after the first piece (Q28)", { name: "emptied" }],
  ["no types (Q29)", { type: "missing" }],
  ["arguments as an object (Q30)", { arguments: "object" }],
  ["arguments once more as a whole (Q30)", { arguments: "repeated" }],
  ["interleaved calls (Q32)", { interleave: true }],
  ["pieces of one character", { pieceLength: 1, interleave: true }],
  ["no terminal marker (Q7)", { withoutMarker: true }],
];

describe.each(["hawser", "openai"] as const)("through the client of %s, a stream with", (name) => {
  it.each(habits)("%s gives the calls the model made", async (_, habit) => {
    const clients = await script([{ ...twoCalls, chunkSize: 7 }, "Wet."], { habits: habit });
    const { completions } = (clients[name] as typeof clients.openai).chat;
    const result = await runTools(completions, { ...question, tools: [weather], stream: true });
    expect(result.steps[0]?.calls.map((call) => JSON.parse(call.arguments))).toEqual([
      { city: "Oslo" },
      { city: "Reykjavík", days: 2 },
    ]);
    expect(result.steps[0]?.calls.map(({ status }) => status)).toEqual(["done", "done"]);
    const [assistant, first, second] = sentMessages(clients.model, 1).slice(-3);
    const ids = (assistant!.tool_calls as { id: string }[]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    expect([first?.tool_call_id, second?.tool_call_id]).toEqual(ids);
    expect(ids.every((id) => id.length > 0)).toBe(true);
  });

  it("finish_reason stop although tools are called runs them all the same (Q17)", async () => {
    for (const stream of [true, false]) {
      const clients = await script([{ ...twoCalls, finishReason: "stop" }, "Wet."]);
      const { completions } = (clients[name] as typeof clients.openai).chat;
      const result = await runTools(completions, { ...question, tools: [weather], stream });
      expect(result).toMatchObject({ reason: "done", text: "Wet." });
    }
  });
});

it.each([
  ["content_filter", "content_filter: SAFETY"],
  ["content_filter", "function_call_filter: MALFORMED_FUNCTION_CALL"],
  ["length", "max_output_tokens"],
])("an answer is cut off by %s when its server says %s: nothing is run", async (reason, finishReason) => {
  for (const stream of [true, false]) {
    const { hawser } = await script([{ ...twoCalls, finishReason }]);
    const result = await runTools(hawser.chat.completions, { ...question, tools: [weather], stream });
    expect(result.reason).toBe(reason);
    expect(result.steps[0]?.calls.map(({ status }) => status)).toEqual(["failed", "failed"]);
  }
});

it("finish_reason tool_calls without any is the end (Q17)", async () => {
  const { hawser } = await script([{ content: "Wet.", finishReason: "tool_calls" }]);
  expect(await runTools(hawser.chat.completions, { ...question, tools: [weather] })).toMatchObject({
    reason: "done",
  });
});

it("a whole answer is repaired as a stream is: no id, no type, an object as arguments, no finish reason", async () => {
  const message = {
    role: "assistant",
    tool_calls: [
      { function: { name: "weather", arguments: { city: "Oslo" } } },
      { id: "", function: { name: "weather", arguments: '{"city":"Bergen"}' } },
    ],
  };
  const completions = {
    create: async ({ messages }: { messages: unknown[] }) =>
      messages.length === 1 ? { choices: [{ message }] } : { choices: [{ message: { content: "Wet." } }] },
  };
  const result = await runTools(completions, { messages: question.messages, tools: [weather] } as never);
  expect(result.steps[0]?.calls).toMatchObject([
    { status: "done", arguments: '{"city":"Oslo"}' },
    { status: "done", arguments: '{"city":"Bergen"}' },
  ]);
  expect(new Set(result.steps[0]?.calls.map(({ id }) => id)).size).toBe(2);
});

it("ids a server gives again in a later answer are made unlike the earlier ones, in events too", async () => {
  const call = { toolCalls: [{ name: "weather", arguments: { city: "Oslo" }, id: "call" }] };
  const { hawser, model } = await script([call, call, "Wet."]);
  const run = runTools(hawser.chat.completions, { ...question, tools: [weather], stream: true });
  const events = await eventsOf(run);
  const starts = events.flatMap((event) => (event.type === "tool_call.start" ? [event.id] : []));
  expect(starts).toEqual(["call", "call_1"]);
  const messages = sentMessages(model, 2);
  expect(messages.flatMap(({ tool_call_id: id }) => id ?? [])).toEqual(starts);
});

it.each([true, false])(
  "what nobody knows on a call or a message goes back as it came (Q33), stream: %s",
  async (stream) => {
    const extra = { extra_content: { google: { thought_signature: "c2ln" } }, provider_specific: [1] };
    const reasoning_details = [{ type: "reasoning.encrypted", data: "x", index: 0 }];
    const { hawser, model } = await script([
      {
        toolCalls: [{ name: "weather", arguments: { city: "Oslo" }, members: extra }],
        members: { reasoning_details },
      },
      "Wet.",
    ]);
    await runTools(hawser.chat.completions, { ...question, tools: [weather], stream });
    expect(sentMessages(model, 1).at(-2)).toEqual({
      role: "assistant",
      content: null,
      reasoning_details,
      tool_calls: [
        {
          id: "call_1",
          type: "function",
          function: { name: "weather", arguments: '{"city":"Oslo"}' },
          ...extra,
        },
      ],
    });
  },
);

it.each([true, false])(
  "ids made unlike earlier ones are unlike those of their own answer too, stream: %s",
  async (stream) => {
    const call = (id: string) => ({ name: "weather", arguments: { city: "Oslo" }, id });
    const { hawser, model } = await script([
      { toolCalls: [call("a")] },
      { toolCalls: [call("a"), call("a_1")] },
      "Wet.",
    ]);
    await runTools(hawser.chat.completions, { ...question, tools: [weather], stream });
    const ids = sentMessages(model, 2).flatMap(({ tool_call_id: id }) => id ?? []);
    expect(ids).toEqual(["a", "a_1", "a_1_1"]);
  },
);

describe("reasoning", () => {
  const thought = {
    reasoning: "It may rain.",
    toolCalls: [{ name: "weather", arguments: { city: "Oslo" } }],
  };

  it.each([true, false])("goes back by default (Q35), stream: %s", async (stream) => {
    const { hawser, model } = await script([thought, "Wet."]);
    const result = await runTools(hawser.chat.completions, { ...question, tools: [weather], stream });
    expect(sentMessages(model, 1).at(-2)).toMatchObject({ reasoning_content: "It may rain." });
    expect(result.steps[0]?.message.reasoning_content).toBe("It may rain.");
  });

  it("goes back under the server's own name only (Q34)", async () => {
    const own = { toolCalls: thought.toolCalls, members: { reasoning: "It may rain." } };
    const { hawser, model } = await script([own, "Wet."]);
    await runTools(hawser.chat.completions, { ...question, tools: [weather], stream: true });
    const back = sentMessages(model, 1).at(-2);
    expect(back).toMatchObject({ reasoning: "It may rain." });
    expect(back).not.toHaveProperty("reasoning_content");
  });

  it("is stripped when asked for, and kept in the result", async () => {
    const { hawser, model } = await script([thought, "Wet."]);
    const options = { ...question, tools: [weather], reasoningHistory: "strip" as const };
    const result = await runTools(hawser.chat.completions, options);
    expect(sentMessages(model, 1).at(-2)).not.toHaveProperty("reasoning_content");
    expect(result.messages.at(-3)).toMatchObject({ reasoning_content: "It may rain." });
  });

  const refusal = {
    status: 400,
    body: { error: { message: "property 'reasoning_content' is unsupported" } },
  };

  it.each(["hawser", "openai"] as const)(
    "is stripped once the server refuses it, for the rest of the run: %s",
    async (name) => {
      const clients = await script([thought, refusal, thought, "Wet."]);
      const { completions } = (clients[name] as typeof clients.openai).chat;
      const result = await runTools(completions, { ...question, tools: [weather] });
      expect(result.reason).toBe("done");
      const has = clients.model.requests.map((_, at) =>
        sentMessages(clients.model, at).some((message) => "reasoning_content" in message),
      );
      expect(has).toEqual([false, true, false, false]);
    },
  );

  it("is not stripped against the user's word", async () => {
    const { hawser } = await script([thought, refusal]);
    const options = { ...question, tools: [weather], reasoningHistory: "replay" as const };
    expect(await rejection(runTools(hawser.chat.completions, options))).toMatchObject({ status: 400 });
  });
});

describe("the usage of streams", () => {
  it("is asked for, until the server refuses that (Q23)", async () => {
    const refusal = { status: 400, body: { error: { message: "Unknown field: stream_options" } } };
    const call = { toolCalls: [{ name: "weather", arguments: { city: "Oslo" } }] };
    const { hawser, model } = await script([refusal, call, "Wet."]);
    const result = await runTools(hawser.chat.completions, { ...question, tools: [weather], stream: true });
    expect(result.stepsWithoutUsage).toBe(2);
    expect(model.requests.map(({ json }) => "stream_options" in (json as object))).toEqual([
      true,
      false,
      false,
    ]);
  });
});

it("a message with speech goes back by its id", async () => {
  const { hawser, model } = await script([
    {
      members: { audio: { id: "audio_1", data: "AAAA" } },
      toolCalls: [{ name: "weather", arguments: { city: "Oslo" } }],
    },
    "Wet.",
  ]);
  await runTools(hawser.chat.completions, { ...question, tools: [weather] });
  expect(sentMessages(model, 1).at(-2)).toMatchObject({ audio: { id: "audio_1" } });
  expect(JSON.stringify(model.requests[1]?.json)).not.toContain("AAAA");
});

import { describe, expect, it } from "vitest";
import { defineTool, jsonSchema, parse, runTools } from "../src/index.ts";
import { eventsOf, question, rejection, script, weather } from "./support.ts";

const call = { toolCalls: [{ name: "weather", arguments: { city: "Oslo" } }] };

describe("budgets say when they are hit", () => {
  it("steps", async () => {
    const { hawser, model } = await script([call, call, call]);
    const run = runTools(hawser.chat.completions, { ...question, tools: [weather], maxSteps: 2 });
    const events = await eventsOf(run);
    expect(events.find(({ type }) => type === "budget.hit")).toEqual({
      type: "budget.hit",
      budget: "steps",
      limit: 2,
      used: 2,
    });
    const result = await run;
    expect(result.reason).toBe("steps");
    expect(model.requests).toHaveLength(2);
    expect(result.messages.at(-1)).toMatchObject({ role: "tool", tool_call_id: "call_2" });
  });

  it("steps, 10 of them unless told otherwise", async () => {
    const { hawser, model } = await script(Array.from({ length: 12 }, () => call));
    expect(await runTools(hawser.chat.completions, { ...question, tools: [weather] })).toMatchObject({
      reason: "steps",
    });
    expect(model.requests).toHaveLength(10);
  });

  it.each([true, false])("tokens, the last count of each answer, stream: %s", async (stream) => {
    const usage = {
      prompt_tokens: 50,
      completion_tokens: 10,
      completion_tokens_details: { reasoning_tokens: 4 },
    };
    const { hawser } = await script(
      [{ ...call, usage }, { ...call, usage: { ...usage, total_tokens: 64 } }, call],
      {
        habits: { usage: "every-chunk" },
      },
    );
    const budget = { tokens: 120 };
    const result = await runTools(hawser.chat.completions, { ...question, tools: [weather], stream, budget });
    expect(result.reason).toBe("tokens");
    expect(result.steps).toHaveLength(2);
    expect(result.usage).toEqual({
      prompt_tokens: 100,
      completion_tokens: 20,
      total_tokens: 124,
      completion_tokens_details: { reasoning_tokens: 8 },
    });
  });

  it("cost, which costOf tells", async () => {
    const { hawser } = await script([call, call, "Never."]);
    const result = await runTools(hawser.chat.completions, {
      ...question,
      tools: [weather],
      budget: { cost: 0.5 },
      costOf: (usage, model) => (model === "any" && usage.prompt_tokens ? 0.25 : 0),
    });
    expect(result).toMatchObject({ reason: "cost", cost: 0.5 });
    expect(result.steps.map(({ cost }) => cost)).toEqual([0.25, 0.25]);
  });

  it("time, which aborts what is under way and keeps the conversation whole", async () => {
    let aborted = false;
    const slow = defineTool({
      name: "weather",
      execute: (_, { signal }) =>
        new Promise(() => signal.addEventListener("abort", () => (aborted = true), { once: true })),
    });
    const { hawser } = await script([call]);
    const run = runTools(hawser.chat.completions, { ...question, tools: [slow], budget: { time: 600 } });
    const events = await eventsOf(run);
    const result = await run;
    expect(result.reason).toBe("time");
    expect(aborted).toBe(true);
    expect(events.at(-2)).toMatchObject({ type: "budget.hit", budget: "time", limit: 600 });
    expect(result.messages.at(-1)).toMatchObject({
      role: "tool",
      content: expect.stringMatching(/aborted before/),
    });
  });

  it("says how many steps the server counted no tokens for", async () => {
    const { hawser } = await script([
      { ...call, usage: null },
      { content: "Wet.", usage: null },
    ]);
    const result = await runTools(hawser.chat.completions, { ...question, tools: [weather] });
    expect(result.stepsWithoutUsage).toBe(2);
    expect(result.usage.total_tokens).toBe(0);
  });
});

describe("between steps", () => {
  it("prepareStep changes the model, the tools and the conversation", async () => {
    const other = defineTool({ name: "other", execute: () => "x" });
    const { hawser, model } = await script([call, call, "Wet."]);
    const previews: string[] = [];
    const result = await runTools(hawser.chat.completions, {
      ...question,
      tools: [weather],
      temperature: 0,
      prepareStep({ step, model: planned, messages, usage }) {
        previews.push(`${step} ${planned} ${messages.length} ${usage.total_tokens > 0}`);
        if (step === 2)
          return { model: "bigger", tools: [weather, other], request: { temperature: undefined, top_p: 1 } };
        return step === 3 ? { messages: messages.slice(-3) } : undefined;
      },
    });
    expect(previews).toEqual(["1 any 1 false", "2 any 3 true", "3 any 5 true"]);
    const bodies = model.requests.map(
      ({ json }) => json as { model: string; tools: unknown[]; messages: unknown[] },
    );
    expect(bodies.map((body) => [body.model, body.tools.length, body.messages.length])).toEqual([
      ["any", 1, 1],
      ["bigger", 2, 3],
      ["any", 1, 3],
    ]);
    expect(bodies[1]).toMatchObject({ top_p: 1 });
    expect(bodies[1]).not.toHaveProperty("temperature");
    expect(result.messages).toHaveLength(4);
    expect(result.steps.map((step) => step.model)).toEqual(["any", "bigger", "any"]);
  });

  it("stopWhen ends the run, its calls answered", async () => {
    const { hawser, model } = await script([call, call]);
    const result = await runTools(hawser.chat.completions, {
      ...question,
      tools: [weather],
      stopWhen: ({ calls }, { steps }) => steps.length === 1 && calls[0]?.name === "weather",
    });
    expect(result.reason).toBe("stopped");
    expect(model.requests).toHaveLength(1);
    expect(result.messages.at(-1)).toMatchObject({ role: "tool" });
  });

  it.each([["required"], [{ type: "function" as const, function: { name: "weather" } }]] as const)(
    "a tool choice that forces a call holds for the first step: %j",
    async (choice) => {
      const { hawser, model } = await script([call, "Wet."]);
      await runTools(hawser.chat.completions, { ...question, tools: [weather], tool_choice: choice });
      expect(model.requests.map(({ json }) => (json as { tool_choice?: unknown }).tool_choice)).toEqual([
        choice,
        undefined,
      ]);
    },
  );

  it("one that doesn't holds for all", async () => {
    const { hawser, model } = await script([call, "Wet."]);
    await runTools(hawser.chat.completions, { ...question, tools: [weather], tool_choice: "auto" });
    expect(model.requests.map(({ json }) => (json as { tool_choice?: unknown }).tool_choice)).toEqual([
      "auto",
      "auto",
    ]);
  });
});

describe("a request", () => {
  it("has what the options don't name, what is added to it, and what is sent along", async () => {
    const { hawser, openai, model } = await script(["a", "b"]);
    const options = { ...question, tools: [], temperature: 0.5, extraBody: { top_k: 3 } };
    await runTools(hawser.chat.completions, { ...options, requestOptions: { headers: { "x-test": "1" } } });
    await runTools(openai.chat.completions, { ...options, requestOptions: { headers: { "x-test": "1" } } });
    for (const { json, headers } of model.requests) {
      expect(json).toEqual({ ...question, temperature: 0.5, top_k: 3 });
      expect(headers["x-test"]).toBe("1");
    }
  });

  it("that wrong options would make is not sent", async () => {
    const { hawser } = await script([]);
    const start = (more: object) => () =>
      runTools(hawser.chat.completions, { ...question, tools: [weather], ...more });
    expect(start({ maxSteps: 0 })).toThrow(/budget of steps/);
    expect(start({ budget: { tokens: -1 } })).toThrow(/budget of tokens/);
    expect(start({ budget: { cost: 1 } })).toThrow(/costOf/);
    expect(start({ concurrency: 0 })).toThrow(/concurrency/);
    expect(start({ toolTimeout: 0 })).toThrow(/toolTimeout/);
    expect(start({ tools: [weather, weather] })).toThrow(/Two tools have the name weather/);
    expect(() => runTools(hawser as never, question as never)).toThrow(/client\.chat\.completions/);
    expect(() => runTools(undefined as never, question as never)).toThrow(/client\.chat\.completions/);
    const parsed = parse(hawser as never, { ...question, schema: jsonSchema({ type: "object" }) } as never);
    await expect(parsed).rejects.toThrow(/no method create/);
  });
});

describe("a budget that would hold nothing is an error", () => {
  it("when costOf gives no number", async () => {
    const { hawser } = await script([call, "Never."]);
    const error = await rejection(
      runTools(hawser.chat.completions, {
        ...question,
        tools: [weather],
        budget: { cost: 1 },
        costOf: () => Number.NaN,
      }),
    );
    expect(error).toMatchObject({
      name: "HawserError",
      message: "costOf has to give a number, not NaN for any",
    });
  });
});

it("tools are told by an error that the time is up", async () => {
  let reason: unknown;
  const slow = defineTool({
    name: "weather",
    execute: (_, { signal }) =>
      new Promise(() => signal.addEventListener("abort", () => (reason = signal.reason), { once: true })),
  });
  const { hawser } = await script([call]);
  await runTools(hawser.chat.completions, { ...question, tools: [slow], budget: { time: 100 } });
  expect(reason).toMatchObject({ name: "TimeoutError", timeout: 100 });
});

it("tools of one name are no tools of a step", async () => {
  const { hawser, model } = await script([]);
  const prepareStep = () => ({ tools: [weather, weather] });
  const run = runTools(hawser.chat.completions, { ...question, tools: [], prepareStep });
  expect(await rejection(run)).toMatchObject({ message: "Two tools have the name weather" });
  expect(model.requests).toHaveLength(0);
});

import { describe, expect, it } from "vitest";
import { defineTool, InvalidSchemaError, jsonSchema, parse, parseStream, runTools } from "../src/index.ts";
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
    const run = runTools(hawser.chat.completions, { ...question, tools: [slow], budget: { time: 1000 } });
    const events = await eventsOf(run);
    const result = await run;
    expect(result.reason).toBe("time");
    expect(aborted).toBe(true);
    expect(events.at(-2)).toMatchObject({ type: "budget.hit", budget: "time", limit: 1000 });
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

  it("that wrong options would make is not sent: the run says it where it is asked for, and nothing is thrown at once", async () => {
    const { hawser, model } = await script([]);
    const { completions } = hawser.chat;
    const wrong: [object, RegExp][] = [
      [{ maxSteps: 0 }, /budget of steps/],
      [{ budget: { tokens: -1 } }, /budget of tokens/],
      [{ budget: { cost: 1 } }, /costOf/],
      [{ concurrency: 0 }, /concurrency/],
      [{ toolTimeout: 0 }, /toolTimeout/],
      [{ tools: [weather, weather] }, /Two tools have the name weather/],
      [{ tools: undefined }, /tools has to be a list/],
      [{ tools: [weather.definition] }, /tool at 0 is none: defineTool/],
      [{ tools: [weather, null] }, /tool at 1 is none/],
      [{ messages: "Hello" }, /messages has to be a list/],
    ];
    for (const [more, message] of wrong) {
      const start = () => runTools(completions, { ...question, tools: [weather], ...more });
      const said = { name: "HawserError", message: expect.stringMatching(message) };
      expect(await rejection(start())).toMatchObject(said);
      expect(await rejection(eventsOf(start()))).toMatchObject(said);
      expect(start().progress).toMatchObject({ messages: [], steps: [] });
    }
    expect(await rejection(runTools(completions, undefined as never))).toBeInstanceOf(TypeError);
    for (const none of [hawser, undefined]) {
      const error = await rejection(runTools(none as never, question as never));
      expect(error).toMatchObject({ message: expect.stringMatching(/client\.chat\.completions/) });
    }
    expect(model.requests).toEqual([]);
  });

  it("is that of the options as they were when the run was made", async () => {
    const { hawser, model } = await script(["a"]);
    const messages = [...question.messages];
    const tools = [weather];
    const run = runTools(hawser.chat.completions, { model: "any", messages, tools });
    messages.push({ role: "user", content: "And in Rome?" });
    tools.pop();
    await run;
    expect(model.requests[0]!.json).toMatchObject({
      messages: question.messages,
      tools: [weather.definition],
    });
  });

  it("that wrong options would make is no more thrown at once by parse and parseStream", async () => {
    const { hawser } = await script([]);
    const options = { ...question, schema: jsonSchema({ type: "object", patternProperties: {} }) } as never;
    for (const ask of [parse, parseStream]) {
      const wrongClient = await rejection(ask(hawser as never, options));
      expect(wrongClient).toMatchObject({ message: expect.stringMatching(/no method create/) });
      expect(await rejection(ask(hawser.chat.completions, options))).toBeInstanceOf(InvalidSchemaError);
      const noMessages = { model: "any", schema: jsonSchema({ type: "object" }) } as never;
      const error = await rejection(ask(hawser.chat.completions, noMessages));
      expect(error).toMatchObject({ message: expect.stringMatching(/messages has to be a list/) });
    }
    const iterate = async () => {
      for await (const _ of parseStream(hawser.chat.completions, options)) throw new Error("nothing comes");
    };
    expect(await rejection(iterate())).toBeInstanceOf(InvalidSchemaError);
  });
});

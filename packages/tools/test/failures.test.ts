import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineTool, runTools, ToolError } from "../src/index.ts";
import {
  answerTo,
  eventsOf,
  question,
  rejection,
  script,
  sentMessages,
  throwing,
  weather,
} from "./support.ts";

describe("the model is told", () => {
  it("what a tool threw", async () => {
    const answer = await answerTo({ name: "weather" }, [throwing(new Error("no satellite"))]);
    expect(answer).toBe("The tool weather failed: no satellite");
  });

  it("what a tool threw that is no error", async () => {
    expect(await answerTo({ name: "weather" }, [throwing("boom")])).toBe("The tool weather failed: boom");
  });

  it("the words of a ToolError, as they stand", async () => {
    const answer = await answerTo({ name: "weather" }, [throwing(new ToolError("Ask for a bigger city."))]);
    expect(answer).toBe("Ask for a bigger city.");
  });

  it("no key that stands in an error", async () => {
    const answer = await answerTo({ name: "weather" }, [
      throwing(new Error("401 for Bearer sk-proj-abcdefghijklmnop1234")),
    ]);
    expect(answer).not.toContain("abcdefghijklmnop1234");
  });

  it("that a tool took too long, whose signal is aborted", async () => {
    let reason: unknown;
    const slow = defineTool({
      name: "weather",
      timeout: 20,
      execute: (_, { signal }) =>
        new Promise(() => signal.addEventListener("abort", () => (reason = signal.reason), { once: true })),
    });
    expect(await answerTo({ name: "weather" }, [slow])).toBe("The tool weather did not finish within 20 ms.");
    expect(reason).toMatchObject({ name: "TimeoutError", timeout: 20 });
  });

  it("that it took too long, whatever it throws when its signal is aborted", async () => {
    const slow = defineTool({
      name: "weather",
      timeout: 20,
      execute: (_, { signal }) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("gave up")))),
    });
    expect(await answerTo({ name: "weather" }, [slow])).toMatch(/within 20 ms/);
  });

  it("nothing of the run's timeout when the tool has a longer one of its own", async () => {
    const slow = defineTool({
      name: "weather",
      timeout: 10_000,
      execute: () => new Promise((resolve) => setTimeout(resolve, 40, "sun")),
    });
    expect(await answerTo({ name: "weather" }, [slow], { toolTimeout: 10 })).toBe("sun");
  });

  it("the same of tools without a timeout of their own, when the run has one", async () => {
    const slow = defineTool({ name: "weather", execute: () => new Promise(() => {}) });
    expect(await answerTo({ name: "weather" }, [slow], { toolTimeout: 20 })).toMatch(/within 20 ms/);
  });

  it("which tools there are, when it calls another", async () => {
    expect(await answerTo({ name: "wether" }, [weather])).toBe(
      "There is no tool wether. There are: weather.",
    );
  });

  it("that arguments are no JSON, and what they were", async () => {
    const answer = await answerTo({ name: "weather", arguments: "{city: Oslo}" }, [weather]);
    expect(answer).toBe("The arguments of weather are no JSON; they were: {city: Oslo}");
  });

  it("what in the arguments doesn't fit, with its place", async () => {
    const answer = await answerTo({ name: "weather", arguments: { days: 0 } }, [weather]);
    expect(answer).toMatch(/^The arguments of weather don't fit its schema:\n- \/city: .*\n- \/days: /);
  });

  it("that a tool was run whose output can't be said as JSON, so that it isn't run once more", async () => {
    const cyclic: { self?: unknown } = {};
    cyclic.self = cyclic;
    const { hawser } = await script([{ toolCalls: [{ name: "weather" }] }, "Done."]);
    const odd = defineTool({ name: "weather", execute: () => cyclic });
    const result = await runTools(hawser.chat.completions, { ...question, tools: [odd] });
    expect(result.steps[0]?.calls[0]).toMatchObject({
      status: "done",
      content: "(done; its output can't be said as JSON)",
    });
  });

  it("a bigint as text", async () => {
    const odd = defineTool({ name: "weather", execute: () => ({ id: 9_007_199_254_740_993n }) });
    expect(await answerTo({ name: "weather" }, [odd])).toBe('{"id":"9007199254740993"}');
  });

  it.each([
    ["an object with a message", { code: 5, message: "disk full" }, "The tool weather failed: disk full"],
    ["an object without one", { code: 5 }, 'The tool weather failed: {"code":5}'],
    ["an object that is no text", Object.create(null), "The tool weather failed: {}"],
    ["an error that says nothing", new RangeError(), "The tool weather failed: RangeError"],
    [
      "an error that can't be looked at",
      Object.defineProperty(new Error(), "message", {
        get: () => {
          throw new Error("no");
        },
      }),
      "The tool weather failed: what it threw can't be shown",
    ],
    ["nothing", undefined, "The tool weather failed: undefined"],
    ["a symbol", Symbol("rain"), "The tool weather failed: Symbol(rain)"],
  ])("what a tool threw, were it %s", async (_, error, text) => {
    expect(await answerTo({ name: "weather" }, [throwing(error)])).toBe(text);
  });

  it("the beginning of an error that has no end", async () => {
    const answer = await answerTo({ name: "weather" }, [throwing(new Error("no ".repeat(100_000)))]);
    expect(answer.length).toBeLessThan(5_000);
    expect(answer).toMatch(/\(300000 characters\)$/);
  });

  it("what a tool without arguments gave, when the model wrote null for them", async () => {
    const now = defineTool({ name: "now", execute: (input) => Object.keys(input) });
    expect(await answerTo({ name: "now", arguments: "null" }, [now])).toBe("[]");
  });

  it("what is wrong, when the repair hook gives what is no JSON", async () => {
    const call = { name: "weather", arguments: {} };
    expect(await answerTo(call, [weather], { repairCall: () => () => 1 })).toMatch(/\n- \/city: /);
  });

  it.each([
    ["text", "sun"],
    ["(no output)", undefined],
    ["null", null],
    ['{"a":[1]}', { a: [1] }],
  ])("%s for what a tool gave", async (content, output) => {
    const tool = defineTool({ name: "weather", execute: () => (content === "text" ? content : output) });
    expect(await answerTo({ name: "weather" }, [tool])).toBe(content);
  });
});

it("sends arguments that are no JSON back as none, since some servers refuse them", async () => {
  const { hawser, model } = await script([
    { toolCalls: [{ name: "weather", arguments: '{"city":' }] },
    "Sorry.",
  ]);
  await runTools(hawser.chat.completions, { ...question, tools: [weather] });
  expect(sentMessages(model, 1).at(-2)).toMatchObject({ tool_calls: [{ function: { arguments: "{}" } }] });
});

describe("the repair hook", () => {
  const run: string[] = [];
  const tool = defineTool({
    name: "weather",
    parameters: z.object({ city: z.string() }),
    execute: ({ city }) => run.push(city),
  });

  it.each([
    ["text", () => '{"city":"Oslo"}'],
    ["a value", () => ({ city: "Oslo" })],
  ])("mends arguments with %s, which is what goes back", async (_, repairCall) => {
    const { hawser, model } = await script([
      { toolCalls: [{ name: "weather", arguments: "{city: Oslo}" }] },
      "Wet.",
    ]);
    const result = await runTools(hawser.chat.completions, { ...question, tools: [tool], repairCall });
    expect(run.splice(0)).toEqual(["Oslo"]);
    expect(result.steps[0]?.calls[0]).toMatchObject({ status: "done", arguments: '{"city":"Oslo"}' });
    expect(sentMessages(model, 1).at(-2)).toMatchObject({
      tool_calls: [{ function: { arguments: '{"city":"Oslo"}' } }],
    });
  });

  it("is told what is wrong, and may leave it to the model", async () => {
    const problems: string[] = [];
    const { hawser } = await script([{ toolCalls: [{ name: "weather", arguments: {} }] }, "Sorry."]);
    const result = await runTools(hawser.chat.completions, {
      ...question,
      tools: [tool],
      repairCall: ({ problem, name, arguments: text }) => {
        problems.push(name, text, problem);
      },
    });
    expect(problems).toEqual(["weather", "{}", expect.stringMatching(/don't fit its schema:\n- \/city/)]);
    expect(result.steps[0]?.calls[0]?.status).toBe("failed");
  });

  it("that throws is an answer to the model", async () => {
    const repairCall = () => {
      throw new Error("no idea");
    };
    expect(await answerTo({ name: "weather", arguments: {} }, [tool], { repairCall })).toMatch(/no idea/);
  });
});

describe("calls that are cut off are not run", () => {
  const never = defineTool({
    name: "weather",
    execute: () => {
      throw new Error("It was run");
    },
  });

  it.each([
    ["by the limit of tokens", "length", '{"city":"Os'],
    ["by the limit of tokens, although they could be read", "length", '{"city":"Oslo"}'],
    ["by a filter", "content_filter", '{"city":"Oslo"}'],
  ])("%s, and the run ends and says so", async (_, finishReason, text) => {
    for (const stream of [true, false]) {
      const { hawser, model } = await script([
        { toolCalls: [{ name: "weather", arguments: text }], finishReason },
      ]);
      const result = await runTools(hawser.chat.completions, { ...question, tools: [never], stream });
      expect(result.reason).toBe(finishReason);
      expect(result.steps[0]?.calls[0]).toMatchObject({
        status: "failed",
        content: expect.stringMatching(/not run/),
      });
      expect(model.requests).toHaveLength(1);
    }
  });

  it("by max_tokens although the server says tool_calls (Q18)", async () => {
    const { hawser, model } = await script([
      { toolCalls: [{ name: "weather", arguments: '{"city":"Os' }], finishReason: "tool_calls" },
      "Sorry.",
    ]);
    const result = await runTools(hawser.chat.completions, { ...question, tools: [never], stream: true });
    expect(result.steps[0]?.calls[0]).toMatchObject({
      status: "failed",
      content: expect.stringMatching(/no JSON/),
    });
    expect(model.requests).toHaveLength(2);
  });

  it.each(["hawser", "openai"] as const)(
    "by the end of the body, which is an error of the run: %s",
    async (name) => {
      const clients = await script([
        {
          toolCalls: [{ name: "weather", arguments: "{}" }],
          finishReason: null,
          habits: { withoutMarker: true },
        },
      ]);
      const { completions } = (clients[name] as typeof clients.openai).chat;
      const error = await rejection(runTools(completions, { ...question, tools: [never], stream: true }));
      expect(error).toMatchObject({ name: "StreamError", reason: "truncated" });
    },
  );
});

describe("what the server does wrong", () => {
  it.each(["hawser", "openai"] as const)(
    "is the error of the client, and the progress is kept: %s",
    async (name) => {
      const clients = await script([
        { toolCalls: [{ name: "weather", arguments: { city: "Oslo" } }] },
        { status: 402 },
      ]);
      const { completions } = (clients[name] as typeof clients.openai).chat;
      const run = runTools(completions, { ...question, tools: [weather] });
      expect(await rejection(run)).toMatchObject({ status: 402 });
      expect(run.progress.steps).toHaveLength(1);
      expect(run.progress.messages.map(({ role }) => role)).toEqual(["user", "assistant", "tool"]);
      expect(run.progress.usage.total_tokens).toBeGreaterThan(0);
    },
  );

  it("inside of a stream is the error of the client too", async () => {
    for (const name of ["hawser", "openai"] as const) {
      const clients = await script([{ chunks: [{ error: { message: "Too busy" } }] }]);
      const { completions } = (clients[name] as typeof clients.openai).chat;
      const error = await rejection(
        eventsOf(runTools(completions, { ...question, tools: [weather], stream: true })),
      );
      expect(error).toMatchObject({ message: expect.stringContaining("Too busy") });
    }
  });

  it("an answer without a choice is an error", async () => {
    const { hawser } = await script([{ chunks: [{ choices: [], usage: {} }] }]);
    const error = await rejection(
      runTools(hawser.chat.completions, { ...question, tools: [], stream: true }),
    );
    expect(error).toMatchObject({ name: "StreamError" });
  });
});

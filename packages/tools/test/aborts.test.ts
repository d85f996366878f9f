import { describe, expect, it } from "vitest";
import { type ChatMessage, defineTool, runTools } from "../src/index.ts";
import { eventsOf, question, rejection, script, watchListeners, weather } from "./support.ts";

const call = { toolCalls: [{ name: "weather", arguments: { city: "Oslo" } }] };

describe("an abort", () => {
  it("stops the model", async () => {
    for (const name of ["hawser", "openai"] as const) {
      const clients = await script([{ content: "It never ends", stall: 450 }]);
      const { completions } = (clients[name] as typeof clients.openai).chat;
      const controller = new AbortController();
      const run = runTools(completions, { ...question, tools: [], stream: true, signal: controller.signal });
      const error = await rejection(
        (async () => {
          for await (const event of run)
            if (event.type === "content.delta") controller.abort(new Error("enough"));
        })(),
      );
      expect(error).toMatchObject({ name: "AbortError", cause: { message: "enough" } });
      expect(await clients.model.requests[0]?.answer).toMatchObject({ outcome: "client left" });
    }
  });

  it("tells the calls that were under way from those that were not run", async () => {
    const slow = defineTool({ name: "slow", execute: () => new Promise(() => {}) });
    const { hawser } = await script([{ toolCalls: [{ name: "slow" }, { name: "slow" }] }]);
    const run = runTools(hawser.chat.completions, { ...question, tools: [slow], concurrency: 1 });
    await rejection(
      (async () => {
        for await (const event of run) if (event.type === "tool.start") run.abort();
      })(),
    );
    expect(run.progress.steps[0]?.calls.map(({ content }) => content)).toEqual([
      expect.stringMatching(/not known/),
      expect.stringMatching(/took no effect/),
    ]);
  });

  it("stops the tools, and answers what was not over", async () => {
    const reasons: unknown[] = [];
    const slow = defineTool({
      name: "slow",
      execute: (_, { signal }) =>
        new Promise(() =>
          signal.addEventListener("abort", () => reasons.push(signal.reason), { once: true }),
        ),
    });
    const { hawser } = await script([{ toolCalls: [call.toolCalls[0]!, { name: "slow" }] }]);
    const run = runTools(hawser.chat.completions, { ...question, tools: [weather, slow] });
    const error = await rejection(
      (async () => {
        for await (const event of run) if (event.type === "tool.done") run.abort("enough");
      })(),
    );
    expect(error).toMatchObject({ name: "AbortError", cause: "enough" });
    expect(reasons).toHaveLength(1);
    expect(run.progress.messages.slice(-2)).toEqual([
      { role: "tool", tool_call_id: "call_1", content: '{"city":"Oslo","sky":"rain"}' },
      { role: "tool", tool_call_id: "call_2", content: expect.stringMatching(/not known/) },
    ]);
  });
});

it.each(["hawser", "openai"] as const)("leaving the events at the end is no abort: %s", async (name) => {
  const clients = await script(["Wet."]);
  const { completions } = (clients[name] as typeof clients.openai).chat;
  const run = runTools(completions, { ...question, tools: [], stream: true });
  for await (const event of run) if (event.type === "end") break;
  expect(await run).toMatchObject({ reason: "done", text: "Wet." });
});

describe("a client that doesn't listen to the signal", () => {
  async function* hang() {
    yield { choices: [{ index: 0, delta: { content: "It" }, finish_reason: null }] };
    await new Promise(() => {});
  }

  it.each([
    ["before it answers", () => new Promise(() => {})],
    ["in the midst of its chunks", async () => hang()],
  ])("is left %s, whether events are read or not", async (_, create) => {
    for (const isHeard of [true, false]) {
      const controller = new AbortController();
      const run = runTools({ create }, { messages: [], tools: [], stream: true, signal: controller.signal });
      const result = rejection(isHeard ? eventsOf(run) : run);
      await new Promise((resolve) => setTimeout(resolve, 5));
      controller.abort(new Error("enough"));
      expect(await result).toMatchObject({ name: "AbortError", cause: { message: "enough" } });
    }
  });
});

it("a timeout longer than timers can wait never runs out", async () => {
  const slow = defineTool({
    name: "slow",
    timeout: Number.POSITIVE_INFINITY,
    execute: () => new Promise((resolve) => setTimeout(resolve, 5, "done")),
  });
  const { hawser } = await script([{ toolCalls: [{ name: "slow" }] }, "Done."]);
  const options = { ...question, tools: [slow], budget: { time: 1e12 } };
  expect(await runTools(hawser.chat.completions, options)).toMatchObject({
    reason: "done",
    steps: [{ calls: [{ status: "done" }] }, {}],
  });
});

describe("hooks that never come to an end", () => {
  const never = () => new Promise<never>(() => {});
  const broken = { toolCalls: [{ name: "weather", arguments: {} }] };

  it.each([
    ["prepareStep", { prepareStep: never }, call],
    ["stopWhen", { stopWhen: never }, call],
    ["repairCall", { repairCall: never }, broken],
    ["needsApproval", { needsApproval: never }, call],
  ])("don't hold an abort, nor the budget of time: %s", async (_, hooks, answer) => {
    const { hawser } = await script([answer, answer]);
    const options = { ...question, tools: [weather], ...hooks };
    const result = await runTools(hawser.chat.completions, { ...options, budget: { time: 60 } });
    expect(result.reason).toBe("time");
    const signal = AbortSignal.timeout(60);
    expect(await rejection(runTools(hawser.chat.completions, { ...options, signal }))).toMatchObject({
      name: "AbortError",
      cause: { name: "TimeoutError" },
    });
  });
});

it("a signal that outlives a thousand runs, however they end, keeps nothing of them", async () => {
  const { signal } = new AbortController();
  const listeners = watchListeners(signal);
  const heard: unknown[] = [];
  const note = (what: unknown) => heard.push(what);
  process.on("warning", note).on("unhandledRejection", note);
  let asked = 0;
  const create = async ({ messages }: { messages: readonly object[] }) => {
    asked += 1;
    if (asked % 7 === 0) throw new Error("down");
    const calls = ["weather", "late"].map((name) => ({
      id: name,
      type: "function",
      function: { name, arguments: '{"city":"Oslo"}' },
    }));
    const message = {
      role: "assistant",
      content: "Wet.",
      ...(messages.length === 1 && { tool_calls: calls }),
    };
    return { choices: [{ index: 0, finish_reason: "stop", message }] };
  };
  const late = defineTool({
    name: "late",
    timeout: 1,
    execute: () => new Promise((_, reject) => setTimeout(reject, 3, new Error("late"))),
  });
  const begin = () => runTools({ create }, { messages: [{ role: "user" }], tools: [weather, late], signal });
  const ways: (() => unknown)[] = [
    () => begin(),
    () => begin().then(),
    () => eventsOf(begin()),
    async () => {
      for await (const _ of begin()) break;
    },
    async () => {
      for await (const event of begin()) if (event.type === "tool.start") break;
    },
  ];
  for (let round = 0; round < 20; round += 1) {
    await Promise.allSettled(Array.from({ length: 50 }, (_, at) => ways[at % ways.length]!()));
  }
  await expect.poll(() => listeners.size).toBe(0);
  await new Promise((resolve) => setTimeout(resolve, 10));
  process.off("warning", note).off("unhandledRejection", note);
  expect(asked).toBeGreaterThan(500);
  expect(heard).toEqual([]);
});

describe("a client of one's own", () => {
  const messages = [{ role: "user", content: "Hello" }];
  const cyclic: Record<string, unknown> = {};
  cyclic.itself = cyclic;

  it("may give an answer that can't be read when the run is over: nothing is thrown into the void", async () => {
    let give: (answer: unknown) => void = () => {};
    const late = new Promise<unknown>((resolve) => {
      give = resolve;
    });
    const run = runTools({ create: () => late }, { messages, tools: [] });
    const ended = rejection(run);
    await new Promise((resolve) => setTimeout(resolve));
    run.abort();
    expect(await ended).toMatchObject({ name: "AbortError" });
    const thrown: unknown[] = [];
    const note = (error: unknown): void => void thrown.push(error);
    process.on("unhandledRejection", note);
    give(cyclic);
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off("unhandledRejection", note);
    expect(thrown).toEqual([]);
  });

  it("may answer without a promise", async () => {
    const message = { role: "assistant", content: "Ahoy" };
    const answer: unknown = { choices: [{ index: 0, message, finish_reason: "stop" }] };
    const create = (_: { messages: ChatMessage[] }) => answer as Promise<unknown>;
    expect(await runTools({ create }, { messages, tools: [] })).toMatchObject({ text: "Ahoy" });
  });
});

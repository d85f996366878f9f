import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineTool, parseStream, runTools } from "../src/index.ts";
import { eventsOf, question, rejection, script } from "./support.ts";

const piece = (index: number, text: string, more = {}) => ({
  choices: [{ index: 0, delta: { tool_calls: [{ index, ...more, function: { arguments: text } }] } }],
});
const begin = (index: number, id: string) => ({
  choices: [
    {
      index: 0,
      delta: { tool_calls: [{ index, id, type: "function", function: { name: "held", arguments: "" } }] },
    },
  ],
});

/** An answer that is broken off in its third call, when the first two may have been started. */
const chunks = [
  { choices: [{ index: 0, delta: { role: "assistant", content: "Wait." } }] },
  begin(0, "a"),
  piece(0, '{"name":"x"}'),
  begin(1, "b"),
  piece(1, '{"name":"y"}'),
  begin(2, "c"),
  piece(2, '{"na'),
];
const length = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("").length;

/** Runs into the end of the answer; `y` waits for ever, or for a person. */
async function runInto(end: object, more: { time?: number; asks?: boolean } = {}) {
  const held = defineTool({
    name: "held",
    parameters: z.object({ name: z.string() }),
    needsApproval: ({ name }) => more.asks === true && name === "y",
    execute: ({ name }) => (name === "x" ? "X" : new Promise(() => {})),
  });
  const clients = await script([end]);
  const controller = new AbortController();
  const options = {
    ...question,
    tools: [held],
    stream: true as const,
    startEarly: true,
    signal: controller.signal,
    ...(more.time !== undefined && { budget: { time: more.time } }),
  };
  return { clients, controller, options };
}

const kept = [
  { role: "assistant", content: "Wait.", tool_calls: [{ id: "a" }, { id: "b" }] },
  { role: "tool", tool_call_id: "a", content: "X" },
  { role: "tool", tool_call_id: "b", content: expect.stringMatching(/not known/) },
];

describe.each(["hawser", "openai"] as const)("calls that were started early are kept: %s", (name) => {
  it.each([
    ["its connection breaks", { chunks, cut: length }],
    ["it ends too early", { chunks, end: length }],
    ["its server fails", { chunks: [...chunks, { error: { message: "overloaded" } }] }],
  ])("when %s in the midst of an answer", async (_, end) => {
    const { clients, options } = await runInto(end);
    const run = runTools((clients[name] as typeof clients.openai).chat.completions, options);
    await rejection(run);
    expect(run.progress.messages.slice(1)).toMatchObject(kept);
    expect(run.progress.steps).toMatchObject([
      { number: 1, calls: [{ status: "done" }, { status: "failed" }] },
    ]);
  });

  it("when the run is aborted", async () => {
    const { clients, options, controller } = await runInto({ chunks, stall: length });
    const run = runTools((clients[name] as typeof clients.openai).chat.completions, options);
    const error = await rejection(
      (async () => {
        for await (const event of run)
          if (event.type === "tool_call.delta" && event.index === 2) controller.abort();
      })(),
    );
    expect(error).toMatchObject({ name: "AbortError" });
    expect(run.progress.messages.slice(1)).toMatchObject(kept);
  });

  it("when the time is up", async () => {
    const { clients, options } = await runInto({ chunks, stall: length }, { time: 1000 });
    const run = runTools((clients[name] as typeof clients.openai).chat.completions, options);
    const result = await run;
    expect(result.reason).toBe("time");
    expect(result.messages.slice(1)).toMatchObject(kept);
  });
});

it("calls that only wait for a person are none of those", async () => {
  const { clients, options } = await runInto({ chunks, cut: length }, { asks: true });
  const run = runTools(clients.hawser.chat.completions, options);
  await rejection(run);
  expect(run.progress.messages.slice(1)).toMatchObject([
    { role: "assistant", tool_calls: [{ id: "a" }] },
    { role: "tool", tool_call_id: "a", content: "X" },
  ]);
});

it("an answer that has begun is not asked for anew, whatever its error says", async () => {
  async function* fail() {
    yield { choices: [{ index: 0, delta: { content: '{"a":' }, finish_reason: null }] };
    throw Object.assign(new Error("stream_options, reasoning, response_format"), { status: 400 });
  }
  let asked = 0;
  const create = async () => {
    asked += 1;
    return fail();
  };
  const run = runTools({ create }, { messages: [], tools: [], stream: true });
  expect(await rejection(eventsOf(run))).toMatchObject({ status: 400 });
  const output = parseStream({ create }, { messages: [], schema: z.object({ a: z.string() }) });
  const read = async () => {
    for await (const _ of output);
  };
  expect(await rejection(read())).toMatchObject({ status: 400 });
  expect(asked).toBe(2);
});

it("an answer that comes after the run was aborted is let go", async () => {
  let isLeft = false;
  let answer: (chunks: AsyncIterable<unknown>) => void = () => {};
  const create = () => new Promise<unknown>((resolve) => (answer = resolve));
  const controller = new AbortController();
  const run = runTools({ create }, { messages: [], tools: [], stream: true, signal: controller.signal });
  const result = rejection(run);
  await new Promise((resolve) => setTimeout(resolve));
  controller.abort();
  expect(await result).toMatchObject({ name: "AbortError" });
  const iterator: AsyncIterator<unknown> = {
    next: () => new Promise(() => {}),
    return: async () => {
      isLeft = true;
      return { done: true, value: undefined };
    },
  };
  answer({ [Symbol.asyncIterator]: () => iterator });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(isLeft).toBe(true);
});

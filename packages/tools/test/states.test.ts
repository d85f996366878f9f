import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Decisions, defineTool, resumeTools, runTools, type ToolRunState } from "../src/index.ts";
import { question, rejection, script } from "./support.ts";

/** A run that waits for two payments. */
async function pause(budget = {}) {
  const paid: number[] = [];
  let asked = 0;
  const pay = defineTool({
    name: "pay",
    parameters: z.object({ amount: z.number() }),
    needsApproval: () => {
      asked += 1;
      return true;
    },
    execute: ({ amount }) => paid.push(amount),
  });
  const calls = [1, 2].map((amount) => ({ name: "pay", arguments: { amount } }));
  const { hawser } = await script([{ toolCalls: calls }, "Thank you."]);
  const { completions } = hawser.chat;
  const options = { model: "any", tools: [pay], budget };
  const { state } = await runTools(completions, { ...options, messages: question.messages });
  const resume = (from: unknown, decisions: unknown, more = {}) =>
    resumeTools(completions, from as ToolRunState, decisions as Decisions, { ...options, ...more });
  return { paid, asked: () => asked, state: state!, resume };
}

const both = { call_1: true, call_2: true };

describe("a state that was changed is refused before anything is run", () => {
  type Edit = (state: ToolRunState) => unknown;
  const edit = (change: object): Edit => {
    return (state) => ({ ...state, steps: [{ ...state.steps[0], ...change }] });
  };
  const editCalls = (change: object): Edit => {
    return (state) => edit({ calls: state.steps[0]!.calls.map((call) => ({ ...call, ...change })) })(state);
  };

  it.each<[string, Edit, RegExp]>([
    ["no object", () => null, /is no object/],
    ["text", (state) => JSON.stringify(state), /is no object/],
    ["another version", (state) => ({ ...state, version: 2 }), /version is 2/],
    ["a step that is none", (state) => ({ ...state, steps: [null, ...state.steps] }), /\/steps\/0 has no/],
    ["no message", edit({ message: undefined }), /\/steps\/0 has no message/],
    ["calls that are none", edit({ calls: {} }), /\/steps\/0 has no message or no calls/],
    ["a call that is none", edit({ calls: [null] }), /\/steps\/0\/calls\/0 is no call/],
    ["a call too few", (state) => edit({ calls: state.steps[0]!.calls.slice(1) })(state), /not those of its/],
    ["calls of one id", editCalls({ id: "call_1" }), /not those of its message/],
    ["no arguments", editCalls({ arguments: undefined }), /calls\/0 is no call/],
    ["no idempotency key", editCalls({ idempotencyKey: undefined }), /calls\/0 is no call/],
    ["calls that are done without an answer", editCalls({ status: "done" }), /calls\/0 is no call/],
    ["a kind nobody knows", editCalls({ kind: "spell" }), /calls\/0 is no call/],
    ["a kind its message has not", editCalls({ kind: "custom" }), /not those of its message/],
    ["attachments that are none", editCalls({ attachments: "a" }), /calls\/0 is no call/],
    ["a message whose calls are none", edit({ message: { tool_calls: [null, 1] } }), /not those of its/],
    ["a message whose calls are no list", edit({ message: { tool_calls: {} } }), /tool_calls is no list/],
    ["a number it can't have", edit({ number: "1" }), /\/steps\/0\/number is not 1/],
    ["a usage that is none", edit({ usage: null }), /usage is no object/],
    ["a cost that is text", edit({ cost: "0.1" }), /cost is no number/],
    ["no messages", (state) => ({ ...state, messages: [] }), /don't end with calls/],
  ])("%s", async (_, change, message) => {
    const { state, resume, paid } = await pause();
    expect(await rejection(resume(change(state), both))).toMatchObject({
      message: expect.stringMatching(message),
    });
    expect(paid).toEqual([]);
  });
});

describe("decisions", () => {
  it.each([10n, () => 1])(
    "with arguments that are no JSON are refused before anything is run: %s",
    async (no) => {
      const { state, resume, paid } = await pause();
      const decisions = { call_1: true, call_2: { approve: true, arguments: no } };
      expect(await rejection(resume(state, decisions))).toMatchObject({
        message: "The arguments decided for the call call_2 are no JSON",
      });
      expect(await rejection(resume(state, undefined))).toMatchObject({
        message: expect.stringMatching(/decisions are no object/),
      });
      expect(paid).toEqual([]);
    },
  );

  it("may say an output that is no JSON", async () => {
    const { state, resume } = await pause();
    const result = await resume(state, { call_1: { output: 10n }, call_2: false });
    expect(result.steps[0]?.calls[0]).toMatchObject({ status: "done", content: '"10"' });
  });

  it("are not asked for anew when they have been made", async () => {
    const { state, resume, asked, paid } = await pause();
    expect(asked()).toBe(2);
    await resume(state, both);
    expect(asked()).toBe(2);
    expect(paid).toEqual([1, 2]);
  });
});

it("a run that is resumed when its time is up runs nothing, and says so", async () => {
  const { state, resume, paid } = await pause({ time: 60_000 });
  const result = await resume({ ...state, elapsed: 60_000 }, both);
  expect(result.reason).toBe("time");
  expect(result.messages.at(-1)).toMatchObject({ role: "tool", content: expect.stringMatching(/no effect/) });
  expect(paid).toEqual([]);
});

it("a resumed run that ends before it begins has the progress from before", async () => {
  const { state, resume } = await pause();
  const run = resume(state, both, { signal: AbortSignal.abort() });
  await rejection(run);
  expect(run.progress).toMatchObject({ steps: state.steps, messages: state.messages });
});

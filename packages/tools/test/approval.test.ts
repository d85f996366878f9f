import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { type Decisions, defineTool, resumeTools, runTools, type ToolRunState } from "../src/index.ts";
import { eventsOf, question, rejection, script, sentMessages, weather } from "./support.ts";

/** A tool that keeps what it paid, and needs a person to agree to more than 10. */
function createPayment() {
  const paid: string[] = [];
  const pay = defineTool({
    name: "pay",
    parameters: z.object({ amount: z.number() }),
    needsApproval: ({ amount }) => amount > 10,
    execute({ amount }, { idempotencyKey }) {
      paid.push(`${amount} ${idempotencyKey}`);
      return { paid: amount };
    },
  });
  return { paid, pay };
}

const payments = (...amounts: number[]) => ({
  toolCalls: amounts.map((amount) => ({ name: "pay", arguments: { amount } })),
});

/** Pauses a run on two payments of three, and goes on with the decisions, the state having been text. */
async function pauseAndResume(decisions: Decisions) {
  const { paid, pay } = createPayment();
  const { hawser, model } = await script([payments(5, 50, 70), "Thank you."]);
  const options = { model: "any", tools: [pay] };
  const paused = await runTools(hawser.chat.completions, {
    ...options,
    messages: question.messages,
    runId: "r",
  });
  if (paused.reason !== "approval") throw new Error(`It ended: ${paused.reason}`);
  expect(paid).toEqual(["5 r/1/0"]);
  const state = JSON.parse(JSON.stringify(paused.state)) as ToolRunState;
  const run = resumeTools(hawser.chat.completions, state, decisions, options);
  return { paid, paused, run, model, state };
}

describe("a run that needs a person", () => {
  it("runs what it may, and pauses with the calls that wait", async () => {
    const { paused, state } = await pauseAndResume({});
    expect(paused.pending).toEqual([
      { id: "call_2", name: "pay", kind: "function", arguments: '{"amount":50}' },
      { id: "call_3", name: "pay", kind: "function", arguments: '{"amount":70}' },
    ]);
    expect(state).toEqual(paused.state);
    expect(paused.steps[0]?.calls.map(({ status }) => status)).toEqual(["done", "pending", "pending"]);
    expect(paused.messages.at(-1)).toMatchObject({ role: "assistant" });
  });

  it("says so in an event", async () => {
    const { pay } = createPayment();
    const { hawser } = await script([payments(50)]);
    const events = await eventsOf(runTools(hawser.chat.completions, { ...question, tools: [pay] }));
    expect(events.slice(-2)).toMatchObject([
      {
        type: "approval.needed",
        step: 1,
        calls: [{ id: "call_1", name: "pay", arguments: '{"amount":50}' }],
      },
      { type: "end", result: { reason: "approval" } },
    ]);
  });

  it("can be told so for any call, by the run", async () => {
    const { hawser } = await script([{ toolCalls: [{ name: "weather", arguments: { city: "Oslo" } }] }]);
    const result = await runTools(hawser.chat.completions, {
      ...question,
      tools: [weather],
      needsApproval: ({ name, input }) => name === "weather" && (input as { city: string }).city === "Oslo",
    });
    expect(result.reason).toBe("approval");
  });

  it("doesn't ask about calls that can't be run anyway", async () => {
    const { pay } = createPayment();
    const { hawser } = await script([
      { toolCalls: [{ name: "pay", arguments: { amount: "much" } }] },
      "Sorry.",
    ]);
    expect(await runTools(hawser.chat.completions, { ...question, tools: [pay] })).toMatchObject({
      reason: "done",
    });
  });
});

describe("resuming", () => {
  it("runs what was agreed to, tells of what was denied, and goes on, in the order of the calls", async () => {
    const { paid, run, model } = await pauseAndResume({
      call_2: true,
      call_3: { approve: false, reason: "Too much." },
    });
    const result = await run;
    expect(result.reason).toBe("done");
    expect(paid).toEqual(["5 r/1/0", "50 r/1/1"]);
    expect(sentMessages(model, 1).slice(1)).toEqual([
      expect.objectContaining({ role: "assistant" }),
      { role: "tool", tool_call_id: "call_1", content: '{"paid":5}' },
      { role: "tool", tool_call_id: "call_2", content: '{"paid":50}' },
      { role: "tool", tool_call_id: "call_3", content: "The user denied this call: Too much." },
    ]);
    expect(result.steps.map(({ calls }) => calls.map(({ status }) => status))).toEqual([
      ["done", "done", "denied"],
      [],
    ]);
    expect(result.usage.total_tokens).toBe(
      result.steps.reduce((sum, { usage }) => sum + (usage?.total_tokens ?? 0), 0),
    );
  });

  it("takes other arguments, which the model is shown, and outputs from elsewhere", async () => {
    const { paid, run, model } = await pauseAndResume({
      call_2: { approve: true, arguments: { amount: 20 } },
      call_3: { output: { paid: 70, by: "hand" } },
    });
    expect((await run).reason).toBe("done");
    expect(paid).toEqual(["5 r/1/0", "20 r/1/1"]);
    const [, assistant, , second, third] = sentMessages(model, 1);
    expect(assistant).toMatchObject({ tool_calls: [{}, { function: { arguments: '{"amount":20}' } }, {}] });
    expect(second).toMatchObject({ content: '{"paid":20}' });
    expect(third).toMatchObject({ content: '{"paid":70,"by":"hand"}' });
  });

  it("pauses again for calls nobody decided about, and runs none twice", async () => {
    const { paid, run, model } = await pauseAndResume({ call_3: false });
    const again = await run;
    expect(again).toMatchObject({ reason: "approval", pending: [{ id: "call_2" }] });
    expect(model.requests).toHaveLength(1);
    expect(paid).toHaveLength(1);
  });

  it("has used the time from before", async () => {
    const { paused, state } = await pauseAndResume({});
    expect(paused.state.elapsed).toBeGreaterThan(0);
    const { hawser, model } = await script(["Never."]);
    const { pay } = createPayment();
    const options = { model: "any", tools: [pay], budget: { time: 60_000 } };
    const decisions = { call_2: false, call_3: false };
    const late = { ...state, elapsed: 60_001 };
    const result = await resumeTools(hawser.chat.completions, late, decisions, options);
    expect(result.reason).toBe("time");
    expect(model.requests).toHaveLength(0);
  });

  it("takes no inherited member for a decision", async () => {
    const { paid, pay } = createPayment();
    const { hawser } = await script([
      { toolCalls: [{ name: "pay", arguments: { amount: 50 }, id: "constructor" }] },
    ]);
    const options = { model: "any", tools: [pay] };
    const paused = await runTools(hawser.chat.completions, { ...options, messages: question.messages });
    const again = await resumeTools(hawser.chat.completions, paused.state!, {}, options);
    expect(again).toMatchObject({ reason: "approval", pending: [{ id: "constructor" }] });
    expect(paid).toEqual([]);
  });

  it("counts the steps from before", async () => {
    const { pay } = createPayment();
    const { hawser } = await script([payments(50), payments(5)]);
    const options = { model: "any", tools: [pay], maxSteps: 2 };
    const paused = await runTools(hawser.chat.completions, { ...options, messages: question.messages });
    const result = await resumeTools(hawser.chat.completions, paused.state!, { call_1: true }, options);
    expect(result).toMatchObject({ reason: "steps" });
    expect(result.steps.map(({ number }) => number)).toEqual([1, 2]);
  });

  it("says before anything is run what is wrong with the state, the decisions or the tools", async () => {
    const { state, run } = await pauseAndResume({ call_2: false, call_3: false });
    await run;
    const { hawser } = await script([]);
    const resume = async (from: unknown, decisions: unknown, tools = [createPayment().pay]) => {
      const options = { model: "any", tools };
      const run = resumeTools(hawser.chat.completions, from as never, decisions as Decisions, options);
      const error = await rejection(run);
      return (error as Error).message;
    };
    expect(await resume({ ...state, version: 2 }, {})).toMatch(/version is 2/);
    expect(await resume({ version: 1 }, {})).toMatch(/is missing/);
    expect(await resume({ ...state, steps: [] }, {})).toMatch(/nothing to resume/);
    const other = await resume(state, { call_9: true });
    expect(other).toMatch(/no pending call call_9.*pending are call_2, call_3/);
    expect(await resume(state, { call_2: "yes" })).toMatch(/decision about the call call_2/);
    expect(await resume(state, { call_2: true }, [])).toMatch(/no tool pay/);
  });
});

it("an abort answers calls that wait for a person too", async () => {
  const { pay } = createPayment();
  const slow = defineTool({ name: "slow", execute: () => new Promise(() => {}) });
  const { hawser } = await script([{ toolCalls: [...payments(50).toolCalls, { name: "slow" }] }]);
  const run = runTools(hawser.chat.completions, { ...question, tools: [pay, slow] });
  const error = await rejection(
    (async () => {
      for await (const event of run) if (event.type === "tool.start") run.abort();
    })(),
  );
  expect(error).toMatchObject({ name: "AbortError" });
  expect(run.progress.messages.slice(-2)).toMatchObject([
    { role: "tool", tool_call_id: "call_1", content: expect.stringMatching(/aborted before/) },
    { role: "tool", tool_call_id: "call_2", content: expect.stringMatching(/aborted before/) },
  ]);
});

it("goes on in another process from a file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hawser-tools-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { model } = await script([payments(5, 50), "Thank you."]);
  const run = async (...words: string[]): Promise<string> => {
    const program = join(import.meta.dirname, "pay.program.ts");
    const { stdout } = await promisify(execFile)(process.execPath, [
      "--conditions=hawser-source",
      program,
      model.url,
      join(folder, "state.json"),
      ...words,
    ]);
    return stdout;
  };
  expect(await run("begin")).toBe('paid 5 with r/1/0\nwaits for call_2: pay {"amount":50}\n');
  const state = await readFile(join(folder, "state.json"), "utf8");
  expect(state).not.toContain("never-in-the-state");
  expect(await run("resume", "call_2")).toBe("paid 50 with r/1/1\nThank you.\n");
  expect(model.requests).toHaveLength(2);
  expect(model.left).toBe(0);
});

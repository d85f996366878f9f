import { Runcrate } from "@hawser/inference/runcrate";
import {
  createScriptedModel,
  type ScriptedModel,
  type ScriptedModelOptions,
  type ScriptedStep,
  type ScriptedToolCall,
} from "@hawser/mock";
import OpenAI from "openai";
import { expect, onTestFinished } from "vitest";
import { z } from "zod";
import { defineTool, runTools, type Tool, type ToolRun, type ToolRunEvent } from "../src/index.ts";

/** A scripted model that is stopped with the test, and clients of both kinds for it. */
export async function script(
  steps: readonly ScriptedStep[],
  options?: ScriptedModelOptions,
): Promise<{ model: ScriptedModel; hawser: Runcrate; openai: OpenAI }> {
  const model = await createScriptedModel(steps, options);
  onTestFinished(() => model.close());
  const access = { apiKey: "any", baseURL: model.url, maxRetries: 0 };
  return { model, hawser: new Runcrate(access), openai: new OpenAI(access) };
}

/** The messages of a request, the oldest first. */
export function sentMessages(model: ScriptedModel, at: number): Record<string, unknown>[] {
  return (model.requests[at]!.json as { messages: Record<string, unknown>[] }).messages;
}

export const question = {
  model: "any",
  messages: [{ role: "user" as const, content: "Do I need a coat in Oslo or in Paris?" }],
};

export const weather = defineTool({
  name: "weather",
  description: "Tells the weather of a city.",
  parameters: z.object({ city: z.string(), days: z.number().int().min(1).optional() }),
  execute: ({ city }) => ({ city, sky: city === "Oslo" ? "rain" : "sun" }),
});

export async function eventsOf<Message>(run: ToolRun<Message>): Promise<ToolRunEvent<Message>[]> {
  const events: ToolRunEvent<Message>[] = [];
  for await (const event of run) events.push(event);
  return events;
}

/** What a promise is rejected with. */
export async function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("The promise was not rejected");
}

/** The listeners a signal has from now on. */
export function watchListeners(signal: AbortSignal): ReadonlySet<unknown> {
  const listeners = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (type: string, listener: never) => {
    listeners.add(listener);
    add(type, listener);
  };
  signal.removeEventListener = (type: string, listener: never) => {
    listeners.delete(listener);
    remove(type, listener);
  };
  return listeners;
}

/** What the model is answered to one call. */
export async function answerTo(
  call: ScriptedToolCall,
  tools: readonly Tool[],
  more: { repairCall?: () => unknown; toolTimeout?: number } = {},
): Promise<string> {
  const { hawser, model } = await script([{ toolCalls: [call] }, "Sorry."]);
  const result = await runTools(hawser.chat.completions, { ...question, tools, ...more });
  expect(result.reason).toBe("done");
  const last = sentMessages(model, 1).at(-1);
  expect(last).toMatchObject({ role: "tool", tool_call_id: "call_1" });
  expect(result.steps[0]?.calls[0]?.content).toBe(last?.content);
  return last?.content as string;
}

/** A tool that throws this. */
export function throwing(error: unknown): Tool {
  return defineTool({
    name: "weather",
    execute: () => {
      throw error;
    },
  });
}

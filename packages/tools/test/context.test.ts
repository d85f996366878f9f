import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import {
  defineCustomTool,
  defineTool,
  resumeTools,
  runTools,
  type Tool,
  type ToolContext,
} from "../src/index.ts";
import { createMcpServer } from "../src/mcp.ts";
import { question, script, weather } from "./support.ts";

interface Harbour {
  readonly berths: ReadonlyMap<string, number>;
}
interface Session {
  readonly user: string;
}

const berth = defineTool({
  name: "berth",
  parameters: z.object({ ship: z.string() }),
  needsApproval: ({ ship }, { context }: ToolContext<Harbour>) => !context.berths.has(ship),
  execute: ({ ship }, { context }: ToolContext<Harbour>) => ({ berth: context.berths.get(ship) }),
});
const whoAmI = defineTool({
  name: "who_am_i",
  execute: (_, { context }: ToolContext<Session>) => context.user,
});
const context = { berths: new Map([["Vega", 7]]), user: "Ada" };

describe("the context of a run", () => {
  it("is what all its tools want, whether they are to be run at once or after a person agreed", async () => {
    const toolCalls = [
      { name: "berth", arguments: { ship: "Vega" } },
      { name: "berth", arguments: { ship: "Lyra" } },
      { name: "who_am_i" },
    ];
    const { hawser, model } = await script([{ toolCalls }, "Done."]);
    const { completions } = hawser.chat;
    const options = { model: "any", tools: [berth, whoAmI, weather], context };
    const paused = await runTools(completions, { ...options, messages: question.messages });
    expect(paused.steps[0]?.calls.map(({ status, content }) => [status, content])).toEqual([
      ["done", '{"berth":7}'],
      ["pending", undefined],
      ["done", "Ada"],
    ]);
    expect(JSON.stringify([paused.state, model.requests[0]!.json])).not.toMatch(/Ada.*Ada|berths/);
    const state = JSON.parse(JSON.stringify(paused.state)) as NonNullable<typeof paused.state>;
    const later = { ...context, berths: new Map([["Lyra", 9]]) };
    const result = await resumeTools(completions, state, { call_2: true }, { ...options, context: later });
    expect(result.steps[0]?.calls[1]?.content).toBe('{"berth":9}');
  });

  it("is typed: tools say what they want, and a run without it doesn't compile", async () => {
    expectTypeOf(berth).toEqualTypeOf<Tool<{ ship: string }, { berth: number | undefined }, Harbour>>();
    expectTypeOf(weather).toExtend<Tool>();
    expectTypeOf(berth).not.toExtend<Tool>();
    const { hawser } = await script(["a", "b", "c", "d", "e"]);
    const { completions } = hawser.chat;
    // @ts-expect-error a tool wants a context
    await runTools(completions, { ...question, tools: [berth] });
    // @ts-expect-error one of them wants more
    await runTools(completions, { ...question, tools: [berth, whoAmI], context: { user: "Ada" } });
    await runTools(completions, { ...question, tools: [weather], context });
    await runTools(completions, { ...question, tools: [weather] });
    const text = defineCustomTool({
      name: "sql",
      execute: (sql, { context: c }: ToolContext<Session>) => sql + c.user,
    });
    expectTypeOf(text).toEqualTypeOf<Tool<string, string, Session>>();
    await runTools(completions, {
      ...question,
      tools: [text],
      prepareStep: () => ({ tools: [text] }),
      context,
    });
    // @ts-expect-error so does a server of it
    expect(() => createMcpServer([berth], { name: "a", version: "1" })).not.toThrow();
    expect(() => createMcpServer([berth], { name: "a", version: "1", context })).not.toThrow();
  });
});

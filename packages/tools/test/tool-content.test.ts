import { describe, expect, it } from "vitest";
import { defineTool, resumeTools, runTools, toolContent } from "../src/index.ts";
import { question, script, sentMessages } from "./support.ts";

const image = { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } } as const;

const chart = defineTool({
  name: "chart",
  execute: () => toolContent([{ type: "text", text: "a chart" }, image, { type: "text", text: "of tides" }]),
});
const look = defineTool({ name: "look", execute: () => toolContent([image, image]) });
const say = defineTool({ name: "say", execute: () => toolContent([{ type: "text", text: "ahoy" }]) });
const silent = defineTool({ name: "silent", execute: () => toolContent([]) });
const ask = defineTool({ name: "ask", needsApproval: true, execute: () => "yes" });

describe("what a tool shows", () => {
  it("follows all answers of the step, which have its text", async () => {
    const toolCalls = ["chart", "say", "look", "silent"].map((name) => ({ name }));
    const { hawser, model } = await script([{ toolCalls }, "Nice."]);
    const tools = [chart, say, look, silent];
    const result = await runTools(hawser.chat.completions, { ...question, tools });
    const shown = [
      { type: "text", text: "What the tool chart gave (call_1):" },
      image,
      { type: "text", text: "What the tool look gave (call_3):" },
      image,
      image,
    ];
    expect(sentMessages(model, 1).slice(-5)).toEqual([
      { role: "tool", tool_call_id: "call_1", content: "a chart\nof tides" },
      { role: "tool", tool_call_id: "call_2", content: "ahoy" },
      { role: "tool", tool_call_id: "call_3", content: "(2 attached)" },
      { role: "tool", tool_call_id: "call_4", content: "(no output)" },
      { role: "user", content: shown },
    ]);
    expect(result.steps[0]?.calls[0]).toMatchObject({ content: "a chart\nof tides", attachments: [image] });
  });

  it("is kept while a person is asked", async () => {
    const { hawser, model } = await script([{ toolCalls: [{ name: "chart" }, { name: "ask" }] }, "Nice."]);
    const options = { model: "any", tools: [chart, ask] };
    const { state } = await runTools(hawser.chat.completions, { ...question, ...options });
    const kept = JSON.parse(JSON.stringify(state)) as NonNullable<typeof state>;
    const decisions = { call_2: { output: toolContent([image]) } };
    await resumeTools(hawser.chat.completions, kept, decisions, options);
    expect(sentMessages(model, 1).at(-1)).toMatchObject({
      role: "user",
      content: [{ type: "text" }, image, { text: "What the tool ask gave (call_2):" }, image],
    });
  });
});

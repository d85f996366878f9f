import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineTool, runTools } from "../src/index.ts";
import { eventsOf, question, rejection, script, sentMessages } from "./support.ts";

/** A tool that is only over when it is told so. */
function createHeldTool() {
  const running: string[] = [];
  const release = new Map<string, (text: string) => void>();
  let most = 0;
  const tool = defineTool({
    name: "held",
    parameters: z.object({ name: z.string() }),
    async execute({ name }) {
      running.push(name);
      most = Math.max(most, running.length);
      const text = await new Promise<string>((resolve) => release.set(name, resolve));
      running.splice(running.indexOf(name), 1);
      return text;
    },
  });
  return { tool, running, release, most: () => most };
}

const held = (name: string) => ({ name: "held", arguments: { name } });

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe("calls of one answer", () => {
  it("run at once, and go back in the order the model made them", async () => {
    const { tool, running, release } = createHeldTool();
    const { hawser, model } = await script([{ toolCalls: [held("a"), held("b"), held("c")] }, "Done."]);
    const run = runTools(hawser.chat.completions, { ...question, tools: [tool] });
    const ended: string[] = [];
    for await (const event of run) {
      if (event.type === "tool.start") {
        if (event.call.id === "call_3") {
          await until(() => running.length === 3);
          for (const name of ["c", "a", "b"]) {
            release.get(name)?.(name.toUpperCase());
            await until(() => !running.includes(name));
          }
        }
      } else if (event.type === "tool.done") ended.push(event.call.content ?? "");
    }
    expect(ended).toEqual(["C", "A", "B"]);
    expect(
      sentMessages(model, 1)
        .slice(-3)
        .map(({ content }) => content),
    ).toEqual(["A", "B", "C"]);
  });

  it("run as many at once as concurrency says", async () => {
    const { tool, running, release, most } = createHeldTool();
    const names = ["a", "b", "c", "d", "e"];
    const { hawser } = await script([{ toolCalls: names.map(held) }, "Done."]);
    const run = runTools(hawser.chat.completions, { ...question, tools: [tool], concurrency: 2 }).then();
    for (const name of names) {
      await until(() => running.includes(name));
      release.get(name)?.(name);
    }
    expect((await run).reason).toBe("done");
    expect(most()).toBe(2);
  });

  it("start while the rest is still being streamed, when asked for", async () => {
    const { tool, running, release } = createHeldTool();
    const { hawser } = await script([{ toolCalls: [held("a"), held("b")], stall: 1900 }], {
      habits: { pieceLength: 4 },
    });
    const controller = new AbortController();
    const options = { ...question, tools: [tool], stream: true, startEarly: true, signal: controller.signal };
    const result = rejection(runTools(hawser.chat.completions, options));
    await until(() => running.length === 1);
    expect(running).toEqual(["a"]);
    release.get("a")?.("A");
    controller.abort();
    expect(await result).toMatchObject({ name: "AbortError" });
  });

  it("that were started early are run once, and answered in order", async () => {
    const seen: string[] = [];
    const tool = defineTool({
      name: "held",
      parameters: z.object({ name: z.string() }),
      execute: ({ name }, { callId, idempotencyKey }) => {
        seen.push(`${name} ${callId} ${idempotencyKey}`);
        return name;
      },
    });
    const { hawser, model } = await script([{ toolCalls: [held("a"), held("b"), held("c")] }, "Done."], {
      habits: { pieceLength: 3, interleave: true },
    });
    const options = { ...question, tools: [tool], stream: true, startEarly: true, runId: "r" };
    const events = await eventsOf(runTools(hawser.chat.completions, options));
    expect(seen.sort()).toEqual(["a call_1 r/1/0", "b call_2 r/1/1", "c call_3 r/1/2"]);
    expect(
      sentMessages(model, 1)
        .slice(-3)
        .map(({ content }) => content),
    ).toEqual(["a", "b", "c"]);
    const types = events.map(({ type }) => type);
    expect(types.indexOf("tool.start")).toBeLessThan(types.indexOf("tool_call.done"));
  });

  it("don't start early on arguments that could be whole but go on (Q31)", async () => {
    const piece = (index: number, text: string, more = {}) => ({
      choices: [
        {
          index: 0,
          delta: { tool_calls: [{ index, ...more, function: { name: "held", arguments: text } }] },
        },
      ],
    });
    const chunks = [
      piece(0, "", { id: "a", type: "function" }),
      piece(0, '{"name":"x"}'),
      piece(0, " "),
      { choices: [{ index: 0, delta: {}, finish_reason: "tool_calls" }] },
    ];
    const { hawser } = await script([{ chunks }, "Done."]);
    const tool = defineTool({
      name: "held",
      parameters: z.object({ name: z.string() }),
      execute: ({ name }) => name,
    });
    const options = { ...question, tools: [tool], stream: true, startEarly: true };
    const types = (await eventsOf(runTools(hawser.chat.completions, options))).map(({ type }) => type);
    expect(types.indexOf("tool.start")).toBeGreaterThan(types.indexOf("tool_call.done"));
  });

  it("that go on after they were started early are answered as failed", async () => {
    const seen: string[] = [];
    const tool = defineTool({
      name: "held",
      parameters: z.object({ name: z.string() }),
      execute: ({ name }) => seen.push(name),
    });
    const piece = (index: number, text: string, more = {}) => ({
      choices: [
        {
          index: 0,
          delta: {
            tool_calls: [
              { index, ...more, function: { ...(text === "" && { name: "held" }), arguments: text } },
            ],
          },
        },
      ],
    });
    const chunks = [
      piece(0, "", { id: "a", type: "function" }),
      piece(0, '{"name":"x"}'),
      piece(1, "", { id: "b", type: "function" }),
      piece(0, ',"more":1}'),
      piece(1, '{"name":"y"}'),
      { choices: [{ index: 0, delta: {}, finish_reason: "tool_calls" }] },
    ];
    const { hawser } = await script([{ chunks }, "Done."]);
    const options = { ...question, tools: [tool], stream: true, startEarly: true };
    const result = await runTools(hawser.chat.completions, options);
    expect(seen.sort()).toEqual(["x", "y"]);
    expect(result.steps[0]?.calls).toMatchObject([
      { status: "failed", content: expect.stringMatching(/changed after .*\{"name":"x"\}$/) },
      { status: "done" },
    ]);
  });
});

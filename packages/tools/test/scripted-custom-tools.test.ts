import type { StreamHabits } from "@hawser/mock";
import { describe, expect, it } from "vitest";
import { defineCustomTool, runTools } from "../src/index.ts";
import { answerTo, question, script, sentMessages, weather } from "./support.ts";

const calls = [
  { name: "shell", input: 'ls -l "a b"' },
  { name: "weather", arguments: { city: "Oslo" } },
  { name: "shell", input: "pwd" },
];

/** A tool that keeps what it is given. */
function createShell() {
  const commands: string[] = [];
  const shell = defineCustomTool({ name: "shell", execute: (command) => void commands.push(command) });
  return { shell, commands };
}

describe("calls of a custom tool that a scripted model makes, beside those of a function,", () => {
  it.each<[name: string, habits: StreamHabits | undefined]>([
    ["in one body", undefined],
    ["in a stream", {}],
    ["in a stream, in turns", { interleave: true, pieceLength: 2 }],
    ["in a stream without index, the id said again and again", { index: "missing", id: "repeated" }],
    ["in a stream without type, its arguments an object", { type: "missing", arguments: "object" }],
  ])("are run with their text: %s", async (_, habits) => {
    const { model, hawser } = await script([{ toolCalls: calls }, "Done."], { habits: { ...habits } });
    const { shell, commands } = createShell();
    const stream = habits !== undefined;
    const tools = [shell, weather];
    const result = await runTools(hawser.chat.completions, { ...question, tools, stream });
    expect(result).toMatchObject({ reason: "done", text: "Done." });
    expect(commands).toEqual(['ls -l "a b"', "pwd"]);
    const [said, , told] = sentMessages(model, 1).slice(-4);
    expect(said?.tool_calls).toMatchObject([
      { id: "call_1", custom: { name: "shell", input: 'ls -l "a b"' } },
      { id: "call_2", function: { name: "weather" } },
      { id: "call_3", custom: { name: "shell", input: "pwd" } },
    ]);
    expect(told?.content).toContain("rain");
  });

  it("are refused when the tool is one of JSON", async () => {
    expect(await answerTo({ name: "weather", input: "Oslo" }, [weather])).toContain("JSON");
  });
});

// A program in two halves: `begin` stops when a person has to agree, `resume` goes on from the file.
import { readFile, writeFile } from "node:fs/promises";
import { Runcrate } from "@hawser/inference/runcrate";
import { z } from "zod";
import { defineTool, resumeTools, runTools, type ToolRunState } from "../src/index.ts";

const [baseURL = "", file = "", half, ...approved] = process.argv.slice(2);
const { completions } = new Runcrate({ baseURL, apiKey: "never-in-the-state" }).chat;

const pay = defineTool({
  name: "pay",
  parameters: z.object({ amount: z.number() }),
  needsApproval: ({ amount }) => amount > 10,
  execute({ amount }, { idempotencyKey }) {
    console.log(`paid ${amount} with ${idempotencyKey}`);
    return { paid: amount };
  },
});
const options = { model: "any", tools: [pay], stream: true };

if (half === "begin") {
  const messages = [{ role: "user" as const, content: "Pay what is due." }];
  const result = await runTools(completions, { ...options, messages, runId: "r" });
  for (const call of result.pending ?? [])
    console.log(`waits for ${call.id}: ${call.name} ${call.arguments}`);
  await writeFile(file, JSON.stringify(result.state));
} else {
  const state = JSON.parse(await readFile(file, "utf8")) as ToolRunState;
  const decisions = Object.fromEntries(approved.map((id) => [id, true]));
  console.log((await resumeTools(completions, state, decisions, options)).text);
}

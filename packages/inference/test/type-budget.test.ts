import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../../..");
const results = join(import.meta.dirname, "../.results");

let folder: string;

const imports = `import type { ChatClient } from "@hawser/inference";
import { Crun } from "@hawser/inference/crun";
import { createOpenAICompatible } from "@hawser/inference/openai-compatible";
import { Runcrate } from "@hawser/inference/runcrate";
import { Vcita } from "@hawser/inference/vcita";
export { type ChatClient, createOpenAICompatible, Crun, Runcrate, Vcita };
`;

/** What someone writes who uses all providers. */
const program = `
const runcrate = new Runcrate();
const crun = new Crun();
const vcita = new Vcita();
const local = createOpenAICompatible({ baseURL: "http://127.0.0.1:11434/v1" });
const messages = [{ role: "user" as const, content: "What is a hawser?" }];

const completion = await runcrate.chat.completions.create({ model: "a", messages, temperature: 0 });
console.log(completion.choices[0]?.message.content);
const stream = await crun.chat.completions.create({ model: "b", messages, stream: true });
for await (const chunk of stream) console.log(chunk.choices[0]?.delta.content);
console.log((await local.chat.completions.create({ model: "c", messages })).usage?.total_tokens);
const { output } = await crun.responses.create({ model: "d", input: "What is a hawser?" });
for (const item of output) if (item.type === "message") console.log(item.content);
const message = await crun.messages.create({ model: "e", max_tokens: 100, messages });
for (const block of message.content) if (block.type === "text") console.log(block.text);
const task = await crun.tasks.createAndWait({ model: "f/g", input: { prompt: "A quay" } });
console.log(task.result?.media_urls?.[0], (await crun.account.balance()).balance);
for await (const template of crun.templates.vidu.list()) console.log(template.name);
const started = await vcita.chat.completions.create({ model: "h/i", messages, async: true });
const { result } = await vcita.chat.completionRuns.waitUntilDone(started.uid);
console.log(result?.choices[0]?.message.content);
`;

/** How often the type checker made a type out of a generic one, and what it complained about. */
async function check(name: string, text: string): Promise<{ instantiations: number; complaints: string[] }> {
  await writeFile(join(folder, `${name}.ts`), text);
  const settings = {
    extends: relative(folder, join(root, "tsconfig.base.json")),
    // What users have: the built declarations.
    compilerOptions: { types: ["node"], customConditions: [], skipLibCheck: true },
    files: [`${name}.ts`],
  };
  await writeFile(join(folder, `tsconfig.${name}.json`), JSON.stringify(settings));
  const tsc = join(root, "node_modules/typescript-native/bin/tsc");
  const words = [tsc, "-p", join(folder, `tsconfig.${name}.json`), "--extendedDiagnostics"];
  const { stdout } = await run(process.execPath, words).catch((error: { stdout: string }) => error);
  const [, count] = /^Instantiations:\s+(\d+)/m.exec(stdout) ?? [];
  return {
    instantiations: Number(count),
    complaints: stdout.split("\n").filter((line) => /error TS/.test(line)),
  };
}

beforeAll(async () => {
  await mkdir(results, { recursive: true });
  folder = await mkdtemp(join(results, "types-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("a program that calls all providers costs the type checker fewer than 100 instantiations", async () => {
  const baseline = await check("baseline", imports);
  const consumer = await check("consumer", imports + program);
  expect([...baseline.complaints, ...consumer.complaints]).toEqual([]);
  expect(consumer.instantiations - baseline.instantiations).toBeLessThan(100);
});

test("taking any of them for the same thing costs a fixed sum, however often it is used", async () => {
  const clients = `
export const clients: ChatClient[] = [new Runcrate(), new Crun(), new Vcita(), createOpenAICompatible({ baseURL: "x" })];
export const messages = [{ role: "user" as const, content: "What is a hawser?" }];
`;
  const use = `for (const { chat } of clients) console.log((await chat.completions.create({ model: "a", messages })).choices[0]);
for (const { chat } of clients)
  for await (const chunk of await chat.completions.create({ model: "a", messages, stream: true })) console.log(chunk);
`;
  const baseline = await check("clients", imports + clients);
  const consumer = await check("clients-used", imports + clients + use);
  expect([...baseline.complaints, ...consumer.complaints]).toEqual([]);
  expect(consumer.instantiations - baseline.instantiations).toBeLessThan(100);
});

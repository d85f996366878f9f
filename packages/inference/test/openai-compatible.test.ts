import { Crun } from "@hawser/inference/crun";
import { Runcrate } from "@hawser/inference/runcrate";
import type { MockServer } from "@hawser/mock";
import OpenAI from "openai";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCrun, startRuncrate } from "./mock.ts";

let server: MockServer;
let openai: OpenAI;
let runcrate: Runcrate;

beforeAll(async () => {
  server = await startRuncrate();
  openai = new OpenAI({ apiKey: "rc_live_test", baseURL: server.url });
  runcrate = new Runcrate({ apiKey: "rc_live_test", baseURL: server.url });
});

afterAll(() => server.close());

const messages = [{ role: "user" as const, content: "Hello" }];
const models = ["meta-llama/Meta-Llama-3.1-8B-Instruct", "deepseek-ai/DeepSeek-R1", "Qwen/Qwen3-Max"];

test.each(models)("the openai package reads the same answer of %s", async (model) => {
  expect(await openai.chat.completions.create({ model, messages })).toEqual(
    await runcrate.chat.completions.create({ model, messages }),
  );
});

test.each(models)("the openai package reads the same stream of %s", async (model) => {
  const theirs: unknown[] = [];
  for await (const chunk of await openai.chat.completions.create({ model, messages, stream: true }))
    theirs.push(chunk);
  const ours: unknown[] = [];
  for await (const chunk of await runcrate.chat.completions.create({ model, messages, stream: true }))
    ours.push(chunk);
  expect(theirs.length).toBeGreaterThan(5);
  expect(ours).toEqual(theirs);
});

test("the openai package lists the same models", async () => {
  const theirs = await openai.models.list();
  const ours = await runcrate.models.list();
  expect(theirs.data.map((model) => model.id)).toEqual(ours.data.map((model) => model.id));
});

test("the openai package reads the same responses of another provider", async () => {
  const crun = await startCrun();
  try {
    const theirs = new OpenAI({ apiKey: "ak_test", baseURL: `${crun.url}/api/v1` });
    const ours = new Crun({ apiKey: "ak_test", baseURL: crun.url });
    const request = { model: "o4-mini", input: "When is high tide in Saint-Malo?" };
    expect((await theirs.responses.create(request)).output).toEqual(
      (await ours.responses.create(request)).output,
    );
    const events: unknown[] = [];
    for await (const event of await theirs.responses.create({ ...request, stream: true })) events.push(event);
    const stream = await ours.responses.create({ ...request, stream: true });
    const read: unknown[] = [];
    for await (const event of stream) read.push(event);
    expect(read).toEqual(events);
  } finally {
    await crun.close();
  }
});

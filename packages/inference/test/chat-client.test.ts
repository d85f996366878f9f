import { type ChatAnswer, type ChatClient, type ChatRequest, portableChat } from "@hawser/inference";
import { Crun } from "@hawser/inference/crun";
import { createOpenAICompatible } from "@hawser/inference/openai-compatible";
import { Runcrate } from "@hawser/inference/runcrate";
import { Vcita } from "@hawser/inference/vcita";
import type { MockServer } from "@hawser/mock";
import { InvalidRequestError } from "@hawser/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCrun, startOpenAICompatible, startRuncrate, startVcita } from "./mock.ts";

const servers = {} as Record<"runcrate" | "crun" | "vcita" | "local", MockServer>;
const clients = {} as Record<keyof typeof servers, ChatClient>;

beforeAll(async () => {
  servers.runcrate = await startRuncrate();
  servers.crun = await startCrun();
  servers.vcita = await startVcita();
  servers.local = await startOpenAICompatible();
  const apiKey = "key";
  clients.runcrate = new Runcrate({ apiKey, baseURL: servers.runcrate.url });
  clients.crun = new Crun({ apiKey, baseURL: servers.crun.url });
  clients.vcita = new Vcita({ apiKey, baseURL: servers.vcita.url });
  clients.local = createOpenAICompatible({ baseURL: servers.local.url });
});

afterAll(() => Promise.all(Object.values(servers).map((server) => server.close())));

const cases = [
  { name: "runcrate", plain: "meta-llama/Meta-Llama-3.1-8B-Instruct", tools: "Qwen/Qwen3-Max" },
  { name: "crun", plain: "gpt-4o-mini", tools: "gpt-4o" },
  { name: "vcita", plain: "openai/gpt-4o-mini", tools: "openai/gpt-4o" },
  { name: "local", plain: "llama3.2", tools: "qwen3" },
] as const;

/** What a program does that doesn't care who answers. */
async function ask(client: ChatClient, request: ChatRequest): Promise<ChatAnswer> {
  return client.chat.completions.create(request);
}

async function recite(client: ChatClient, request: ChatRequest) {
  await using stream = await client.chat.completions.create({ ...request, stream: true });
  let text = "";
  for await (const piece of stream.text()) text += piece;
  return { text, end: await stream.end, completion: await stream.finalCompletion() };
}

const messages: ChatRequest["messages"] = [{ role: "user", content: "Hello" }];
const tools: ChatRequest["tools"] = [
  { type: "function", function: { name: "look", parameters: { type: "object", properties: {} } } },
];

describe.each(cases)("one function, with the client of $name", ({ name, plain, tools: calling }) => {
  test("chats", async () => {
    const { choices, usage } = await ask(clients[name], { model: plain, messages, max_tokens: 100 });
    expect(choices[0]?.message.content).toMatch(/\w+ \w+/);
    expect(usage?.total_tokens).toBeGreaterThan(0);
  });

  test("streams, to the same answer", async () => {
    const { text, end, completion } = await recite(clients[name], { model: plain, messages });
    const whole = await ask(clients[name], { model: plain, messages });
    expect(text).toBe(whole.choices[0]?.message.content);
    expect(completion.choices[0]?.message.content).toBe(text);
    expect(end).toEqual({ reason: "complete" });
  });

  test("gives tools, and sends their calls and results back", async () => {
    const { choices } = await ask(clients[name], { model: calling, messages, tools });
    const calls = choices[0]?.message.tool_calls?.filter((call) => call.type === "function") ?? [];
    expect(calls.length).toBeGreaterThan(0);
    expect(JSON.parse(calls[0]?.function.arguments ?? "")).toEqual(expect.any(Object));
    const results = calls.map(({ id }) => ({ role: "tool" as const, tool_call_id: id, content: "{}" }));
    const next: ChatRequest["messages"] = [
      ...messages,
      { role: "assistant", content: null, tool_calls: calls },
      ...results,
    ];
    await ask(clients[name], { model: calling, messages: next, tools });
    expect(servers[name].requests.at(-1)?.json).toMatchObject({ messages: next });
    expect((await servers[name].requests.at(-1)?.answer)?.status).toBe(200);
  });

  test("asks for JSON of a schema", async () => {
    const schema = { type: "object", properties: { city: { type: "string" } } };
    const response_format = { type: "json_schema", json_schema: { name: "city", schema } } as const;
    await ask(clients[name], { model: plain, messages, response_format });
    expect(servers[name].requests.at(-1)?.json).toMatchObject({ response_format });
  });

  test("is told at run time too what not every provider takes, and nothing is sent", async () => {
    const before = servers[name].requests.length;
    const request = { model: plain, messages, tools, tool_choice: "required" };
    const call = ask(portableChat(clients[name]), request as unknown as ChatRequest);
    await expect(call).rejects.toBeInstanceOf(InvalidRequestError);
    await expect(call).rejects.toThrow(/tool_choice/);
    expect(servers[name].requests.length).toBe(before);
    await ask(portableChat(clients[name]), { model: plain, messages });
    await recite(portableChat(clients[name]), { model: plain, messages });
    expect(servers[name].requests.length).toBe(before + 2);
  });
});

test("what a provider lacks is a type error, written in place or not", async () => {
  const crun = new Crun({ apiKey: "key", baseURL: servers.crun.url });
  const vcita = new Vcita({ apiKey: "key", baseURL: servers.vcita.url, maxRetries: 0 });
  await crun.chat.completions.create({ model: "gpt-4o", messages, tool_choice: "auto" });
  const request = { model: "openai/gpt-4o", messages, tool_choice: "auto" as const };
  // @ts-expect-error: there is no choice of tools
  await expect(vcita.chat.completions.create(request)).rejects.toThrow(/tool_choice/);
  // @ts-expect-error: nor in what all providers have
  await ask(crun, { model: "gpt-4o", messages, tool_choice: "auto" });
  // @ts-expect-error: nor in a value that was built elsewhere
  await ask(crun, request);
  // @ts-expect-error: ids have different names
  expect((await ask(crun, { model: "gpt-4o", messages })).id).toBe("chatcmpl_8c1d");
});

import { createOpenAICompatible, StreamError } from "@hawser/inference/openai-compatible";
import type { MockServer } from "@hawser/mock";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { always, startServer } from "./local-server.ts";
import { startOpenAICompatible } from "./mock.ts";

let server: MockServer;

beforeAll(async () => {
  server = await startOpenAICompatible();
});
beforeEach(() => server.reset());
afterAll(() => server.close());

const messages = [{ role: "user" as const, content: "What is a bollard?" }];
const question = { model: "llama3.2", messages };

test("a server without a key gets none, whatever the environment holds", async () => {
  vi.stubEnv("OPENAI_API_KEY", "sk-of-another-server");
  const local = createOpenAICompatible({ baseURL: server.url });
  const { data } = await local.models.list();
  expect(data.map(({ id }) => id)).toEqual(["llama3.2", "qwen3"]);
  expect(JSON.stringify({ ...server.requests[0]?.headers })).not.toMatch(/authorization|sk-of/);
});

test("a server is never guessed", () => {
  expect(() => createOpenAICompatible({} as never)).toThrow(/needs the option baseURL/);
  expect(() => createOpenAICompatible(undefined as never)).toThrow(/needs the option baseURL/);
});

test("what a server wants different is not guessed either", () => {
  const baseURL = server.url;
  // @ts-expect-error: it is omit
  expect(() => createOpenAICompatible({ baseURL, quirks: { ommit: ["stop"] } })).toThrow(
    'The option quirks has no member "ommit"; it has omit and rename.',
  );
  // @ts-expect-error: it is apiKey
  expect(() => createOpenAICompatible({ baseURL, apikey: "sk-1" })).toThrow("nearest is apiKey");
});

test("a server with a key gets it, and the headers of its gateway", async () => {
  const headers = { "x-gateway-team": "harbour" };
  const gateway = createOpenAICompatible({ baseURL: server.url, apiKey: "sk-gateway", headers });
  await gateway.chat.completions.create(question);
  expect(server.requests[0]?.headers).toMatchObject({ authorization: "Bearer sk-gateway", ...headers });
});

const sloppy = { headers: { prefer: "example=sloppy" } };

test("departures in a stream are repaired and reported", async () => {
  const ids = new Set<string>();
  const local = createOpenAICompatible({
    baseURL: server.url,
    onQuirk: ({ id }) => void ids.add(id),
  });
  const stream = await local.chat.completions.create({ ...question, stream: true }, sloppy);
  const whole = await local.chat.completions.create(question);
  expect((await stream.finalCompletion()).choices[0]?.message).toMatchObject(whole.choices[0]?.message ?? {});
  expect([...ids]).toEqual(expect.arrayContaining(["Q12", "Q13", "Q15", "Q7"]));
});

test("departures in a stream are errors for those who want it so", async () => {
  const local = createOpenAICompatible({ baseURL: server.url, strict: true });
  const stream = await local.chat.completions.create({ ...question, stream: true }, sloppy);
  await expect(stream.finalCompletion()).rejects.toBeInstanceOf(StreamError);
});

test("members a server refuses are left out, and others get the name it knows", async () => {
  const local = createOpenAICompatible({
    baseURL: server.url,
    quirks: { omit: ["stream_options"], rename: { max_completion_tokens: "max_tokens" } },
  });
  const stream = await local.chat.completions.create({
    ...question,
    max_completion_tokens: 20,
    stream: true,
    stream_options: { include_usage: true },
  });
  await stream.finalCompletion();
  expect(server.requests[0]?.json).toEqual({ ...question, stream: true, max_tokens: 20 });
});

test("files are not touched by what a server wants different", async () => {
  const local = createOpenAICompatible({ baseURL: server.url, quirks: { omit: ["model"] } });
  const file = new File(["bytes"], "log.mp3", { type: "audio/mpeg" });
  const { text } = await local.audio.transcriptions.create({ model: "whisper-1", file });
  expect(text).toMatch(/harbour/);
  expect(server.requests[0]?.body).toContain("whisper-1");
});

test("requests are still repeated after they have been changed", async () => {
  let failures = 1;
  const answer = { id: "1", model: "llama3.2", choices: [] };
  await using flaky = await startServer((request, response) => {
    failures -= 1;
    return failures >= 0 ? always(502, {})(request, response) : always(200, answer)(request, response);
  });
  const local = createOpenAICompatible({ baseURL: flaky.url, quirks: { omit: ["seed"] } });
  await local.chat.completions.create({ ...question, seed: 1 });
  expect(flaky.received.map(({ body }) => JSON.parse(body))).toEqual([question, question]);
});

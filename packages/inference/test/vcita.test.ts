import { type ChatCompletion, type ChatCompletionRun, StreamError, Vcita } from "@hawser/inference/vcita";
import type { MockServer } from "@hawser/mock";
import { type APIError, WaiterFailureError } from "@hawser/runtime";
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, test } from "vitest";
import { always, startServer } from "./local-server.ts";
import { startVcita } from "./mock.ts";

let server: MockServer;
let vcita: Vcita;

beforeAll(async () => {
  server = await startVcita();
  vcita = new Vcita({ apiKey: "token", baseURL: server.url, maxRetries: 0 });
});
beforeEach(() => server.reset());
afterAll(() => server.close());

const prefer = (preference: string) => ({ headers: { prefer: preference } });
const soon = { delay: { minimum: 1, maximum: 2 } };
const messages = [{ role: "user" as const, content: "Remind Ms Olsen of Friday at ten." }];
const question = { model: "openai/gpt-4o-mini", messages };

describe("a chat", () => {
  test("always says whether it streams, since the server would", async () => {
    await vcita.chat.completions.create(question);
    await vcita.chat.completions.create({ ...question, stream: true });
    expect(server.requests.map(({ json }) => json)).toEqual([
      { ...question, stream: false },
      { ...question, stream: true },
    ]);
  });

  test("answers with the names of the wire, the envelope opened", async () => {
    const completion = await vcita.chat.completions.create(question);
    expect(completion.uid).toMatch(/^chatcmpl-/);
    expect(completion.created_at).toBe("2026-01-01T00:00:00Z");
    expect(completion.choices[0]?.message.content).toContain("Ms Olsen");
  });

  test("takes recordings and videos by address", async () => {
    const content = [
      { type: "audio_url" as const, audio_url: { url: "https://example.com/call.mp3" } },
      { type: "video_url" as const, video_url: { url: "https://example.com/entrance.mp4" } },
    ];
    await vcita.chat.completions.create({
      model: "google/gemini-2.5-pro",
      messages: [{ role: "user", content }],
    });
    expect(server.requests[0]?.json).toMatchObject({ messages: [{ content }] });
  });

  test.each(["plain", "media"])("streams with either kind of ids: %s", async (name) => {
    const stream = await vcita.chat.completions.create(
      { ...question, stream: true },
      prefer(`example=${name}`),
    );
    const ids = new Set<unknown>();
    let text = "";
    for await (const chunk of stream) {
      ids.add(chunk.uid ?? chunk.id);
      text += chunk.choices[0]?.delta.content ?? "";
    }
    const completion = await stream.finalCompletion();
    expect(text).toMatch(/\w+ \w+/);
    expect([...ids]).toEqual([expect.stringMatching(/^chatcmpl-/)]);
    expect(completion.choices[0]?.message.content).toBe(text);
    expect(completion.usage?.total_tokens).toBeGreaterThan(0);
    if (name === "plain") expect(completion.uid).toBe([...ids][0]);
  });

  test("that breaks off throws what the server said", async () => {
    const stream = await vcita.chat.completions.create(
      { ...question, stream: true },
      prefer("example=error"),
    );
    const error = await stream.finalCompletion().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StreamError);
    expect((error as StreamError).message).toContain("The provider returned an error.");
  });
});

describe("a chat that is answered later", () => {
  test("gives a run", async () => {
    const run = await vcita.chat.completions.create({ model: "openai/o1", messages, async: true });
    expectTypeOf(run).toEqualTypeOf<ChatCompletionRun>();
    expect(run).toMatchObject({ uid: "run_7f3c9a1e", status: "QUEUED" });
    expect(server.requests[0]?.json).toEqual({ model: "openai/o1", messages, async: true, stream: false });
  });

  test("and one that isn't gives an answer", async () => {
    const completion = await vcita.chat.completions.create({ ...question, async: false });
    expectTypeOf(completion).toEqualTypeOf<ChatCompletion>();
    // @ts-expect-error: it can't come later and while it is made
    const both = () => vcita.chat.completions.create({ ...question, async: true, stream: true });
    expect(both).toBeTypeOf("function");
  });

  test("is waited for", async () => {
    server.useScene("runCompletes");
    const { result, status } = await vcita.chat.completionRuns.waitUntilDone("run_7f3c9a1e", soon);
    expect(status).toBe("COMPLETED");
    expect(result?.choices[0]?.message.content).toContain("Monday");
    expect(server.requests).toHaveLength(3);
  });

  test("says why it failed", async () => {
    server.useScene("runFails");
    const call = vcita.chat.completionRuns.waitUntilDone("run_7f3c9a1e", soon);
    const error = await call.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WaiterFailureError);
    expect((error as WaiterFailureError).reason).toBe("The provider returned an error.");
  });

  test("is waited for through the limit of requests", async () => {
    server.useScene({
      retrieveChatCompletionRun: [{ status: 429 }, "inProgress", { status: 429 }, "completed"],
    });
    const { status } = await vcita.chat.completionRuns.waitUntilDone("run_7f3c9a1e", soon);
    expect(status).toBe("COMPLETED");
    expect(server.requests).toHaveLength(4);
  });
});

test("runs are listed until a page is short", async () => {
  server.useScene("runPages");
  const runs: string[] = [];
  for await (const { uid } of vcita.chat.completionRuns.list({ per_page: 2 })) runs.push(uid);
  expect(runs).toHaveLength(3);
  expect(server.requests.map(({ query }) => query.get("page") ?? "1")).toEqual(["1", "2"]);
});

test("an envelope without success is an error, whatever the status says", async () => {
  const errors = [{ code: "invalid", message: "Model x is not supported", field: "model" }];
  await using plain = await startServer(always(200, { success: false, errors }));
  const client = new Vcita({ apiKey: "token", baseURL: plain.url });
  const error = await client.chat.completions.create(question).catch((reason: unknown) => reason);
  expect((error as APIError).message).toContain("Model x is not supported");
  expect(error).toMatchObject({ code: "invalid", param: "model" });
});

import {
  AuthenticationError,
  InvalidRequestError,
  NotFoundError,
  RateLimitError,
  Runcrate,
  StreamError,
  UnprocessableEntityError,
} from "@hawser/inference/runcrate";
import type { MockServer } from "@hawser/mock";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startRuncrate } from "./mock.ts";

let server: MockServer;
let client: Runcrate;

beforeAll(async () => {
  server = await startRuncrate();
  client = new Runcrate({ apiKey: "rc_live_test", baseURL: server.url, maxRetries: 0 });
});

afterAll(() => server.close());

const prefer = (preference: string) => ({ headers: { prefer: preference } });
const question = {
  model: "meta-llama/Meta-Llama-3.1-8B-Instruct",
  messages: [{ role: "user", content: "Hello" }],
} as const;

describe("every operation answers with the data of the document's examples", () => {
  test("models.list", async () => {
    const { data } = await client.models.list();
    expect(data.map((model) => model.id)).toContain("meta-llama/Meta-Llama-3.1-8B-Instruct");
  });

  test("chat.completions.create", async () => {
    const completion = await client.chat.completions.create({
      ...question,
      messages: [...question.messages],
    });
    expect(completion.choices[0]?.message.content).toMatch(/\w/);
    expect(completion.usage?.total_tokens).toBeGreaterThan(0);
  });

  test("chat.completions.create, streamed", async () => {
    const stream = await client.chat.completions.create({
      ...question,
      messages: [...question.messages],
      stream: true,
    });
    let text = "";
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? "";
    const whole = await client.chat.completions.create({ ...question, messages: [...question.messages] });
    expect(text).toBe(whole.choices[0]?.message.content);
    expect(await stream.end).toMatchObject({ reason: "complete" });
  });

  test("embeddings.create", async () => {
    const { data } = await client.embeddings.create({ model: "BAAI/bge-m3", input: "A rope." });
    expect(data[0]?.embedding.length).toBeGreaterThan(0);
  });

  test("images.generate", async () => {
    const { data } = await client.images.generate({
      model: "black-forest-labs/FLUX.1-schnell",
      prompt: "A lighthouse",
    });
    expect(data[0]?.url ?? data[0]?.b64_json).toBeTruthy();
  });

  test("videos.create, retrieve and download", async () => {
    const job = await client.videos.create({ model: "Wan-AI/Wan2.2-T2V-A14B", prompt: "A boat" });
    expect(job.status).toBe("queued");
    const video = await client.videos.retrieve(job.id, prefer("example=completed"));
    expect(video.status).toBe("completed");
    const bytes = await (await client.videos.download(job.id)).bytes();
    expect(new TextDecoder("latin1").decode(bytes.slice(4, 8))).toBe("ftyp");
  });

  test("audio.speech.create", async () => {
    const speech = await client.audio.speech.create({
      model: "hexgrad/Kokoro-82M",
      input: "All hands on deck!",
    });
    expect((await speech.bytes()).byteLength).toBeGreaterThan(100);
    expect(speech.contentType).toBe("audio/mpeg");
  });

  test("audio.transcriptions.create", async () => {
    const file = new File([new Uint8Array([0xff, 0xfb, 0x90, 0x00])], "speech.mp3", { type: "audio/mpeg" });
    const { text } = await client.audio.transcriptions.create({ model: "openai/whisper-large-v3", file });
    expect(text).toMatch(/\w/);
  });

  test("audio.transcriptions.create as subtitles, which are text", async () => {
    const file = new Blob([new Uint8Array([0xff, 0xfb])], { type: "audio/mpeg" });
    const subtitles = await client.audio.transcriptions.create({
      model: "openai/whisper-large-v3",
      file,
      response_format: "srt",
    });
    expect(subtitles).toMatch(/-->/);
    expect(server.requests.at(-1)?.headers.accept).toBe("application/x-subrip, application/json");
  });
});

describe("a stream", () => {
  const streamed = {
    ...question,
    messages: [{ role: "user" as const, content: "Hello" }],
    stream: true as const,
  };

  test("adds up to the answer that isn't streamed", async () => {
    const request = { model: "Qwen/Qwen3-Max", messages: [{ role: "user" as const, content: "Weather?" }] };
    const stream = await client.chat.completions.create({ ...request, stream: true });
    const completion = await stream.finalCompletion();
    const whole = await client.chat.completions.create(request);
    expect(completion.choices[0]?.message.tool_calls).toEqual(whole.choices[0]?.message.tool_calls);
    expect(completion.choices[0]?.finish_reason).toBe("tool_calls");
  });

  test("keeps reasoning apart from the answer", async () => {
    const stream = await client.chat.completions.create({ ...streamed, model: "deepseek-ai/DeepSeek-R1" });
    const message = (await stream.finalCompletion()).choices[0]?.message;
    expect(message?.reasoning_content).toMatch(/\w/);
    expect(message?.content).not.toContain(message?.reasoning_content);
  });

  test("is the same whatever the pieces it comes in", async () => {
    const whole = await (await client.chat.completions.create(streamed)).finalCompletion();
    const pieces = await (
      await client.chat.completions.create(streamed, prefer("chunk-size=3"))
    ).finalCompletion();
    expect(pieces).toEqual(whole);
  });

  test("throws the error the server sends in its midst, in the server's words", async () => {
    const stream = await client.chat.completions.create(streamed, prefer("example=error"));
    const read = async () => {
      for await (const _chunk of stream) {
        // Only the end matters.
      }
    };
    await expect(read()).rejects.toBeInstanceOf(StreamError);
    expect(await stream.end).toMatchObject({ reason: "error" });
  });

  test("that is cut says so", async () => {
    const stream = await client.chat.completions.create(streamed, prefer("end=700"));
    for await (const _chunk of stream) {
      // Only the end matters.
    }
    expect(await stream.end).toMatchObject({ reason: "truncated" });
  });

  test("answers a refused request with the error, not with a stream", async () => {
    await expect(client.chat.completions.create(streamed, prefer("code=429"))).rejects.toBeInstanceOf(
      RateLimitError,
    );
  });
});

describe("errors", () => {
  test("keep what the server said", async () => {
    const error = await client.models.list(prefer("code=429")).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({
      status: 429,
      code: expect.any(String),
      message: expect.stringMatching(/\w/),
    });
  });

  test("are told apart by status in .result()", async () => {
    const result = await client.videos.download("video_1", prefer("code=404")).result();
    if (result.ok) throw new Error("The mock was asked for a 404.");
    expect(result.status).toBe(404);
    expect(result.error).toBeInstanceOf(NotFoundError);
  });

  test("of a wrong key are an AuthenticationError that doesn't print the key", async () => {
    const stranger = new Runcrate({ apiKey: "rc_live_secret", baseURL: server.url });
    const error = await stranger.models.list(prefer("code=401")).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(String(error) + JSON.stringify(error)).not.toContain("rc_live_secret");
  });

  test("of a missing key come before anything is sent, and say where a key is looked for", async () => {
    const before = server.requests.length;
    vi.stubEnv("RUNCRATE_API_KEY", undefined);
    const call = async () => new Runcrate({ baseURL: server.url }).models.list();
    await expect(call()).rejects.toThrow(/RUNCRATE_API_KEY/);
    await expect(call()).rejects.toBeInstanceOf(InvalidRequestError);
    expect(server.requests.length).toBe(before);
  });

  test("of a missing field are the type checker's, and at run time the server's own words", async () => {
    // @ts-expect-error: messages are required
    const call = client.chat.completions.create({ model: "meta-llama/Meta-Llama-3.1-8B-Instruct" });
    await expect(call).rejects.toBeInstanceOf(UnprocessableEntityError);
    await expect(call).rejects.toThrow(/messages/);
  });

  test("of an id that would leave its place in the path come before anything is sent", async () => {
    const before = server.requests.length;
    await expect(client.videos.retrieve("..")).rejects.toBeInstanceOf(InvalidRequestError);
    await expect(client.videos.retrieve("")).rejects.toBeInstanceOf(InvalidRequestError);
    expect(server.requests.length).toBe(before);
  });
});

test("an id with a slash stays one segment of the path", async () => {
  await client.videos.retrieve("a/b").catch(() => undefined);
  expect(server.requests.at(-1)?.path).toMatch(/\/videos\/a%2Fb$/);
});

test("withResponse() gives request id and rate limit beside the data", async () => {
  const { data, response, rateLimit, attempts } = await client.models.list().withResponse();
  expect(data.data.length).toBeGreaterThan(0);
  expect(response.status).toBe(200);
  expect(rateLimit?.limit).toBeGreaterThan(0);
  expect(attempts).toBe(1);
});

test("a typing mistake in a request is a type error, and is sent as it stands by those who don't check", async () => {
  const create = () =>
    client.chat.completions.create({
      model: "any",
      messages: [],
      // @ts-expect-error: it is max_tokens
      max_token: 5,
    });
  await create().result();
  expect(server.requests.at(-1)?.json).toMatchObject({ max_token: 5 });
});

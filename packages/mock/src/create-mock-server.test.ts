import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { afterAll, beforeEach, expect, test } from "vitest";
import { documentAnswering, documentOf, key, question, runcrate, send } from "../test/helpers.ts";
import { createMockServer } from "./create-mock-server.ts";

const lines: string[] = [];
const server = await createMockServer({ ...runcrate, logger: (line) => lines.push(line) });
afterAll(() => server.close());
beforeEach(() => {
  server.reset();
  lines.length = 0;
});

const errorOf = async (response: Response) =>
  ((await response.json()) as { error: Record<string, unknown> }).error;

test("it listens below the base path of the document's server, and answers at the root too", async () => {
  expect(server.url).toBe(`http://127.0.0.1:${server.port}/v1`);
  const below = await send(server, "GET", "/models");
  const atRoot = await send({ url: `http://127.0.0.1:${server.port}` }, "GET", "/models");
  expect(await below.json()).toMatchObject({ object: "list", data: [{ object: "model" }, {}, {}, {}, {}] });
  expect(atRoot.status).toBe(200);
});

test("answers carry the headers the document declares", async () => {
  const response = await send(server, "GET", "/models");
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(response.headers.get("x-ratelimit-remaining")).toBe("59");
});

test("a status can be asked for, and comes with its headers", async () => {
  const response = await send(server, "POST", "/chat/completions", {
    body: { ...question, stream: true },
    prefer: "code=429",
  });
  expect(response.status).toBe(429);
  expect(response.headers.get("retry-after")).toBe("2");
  expect((await errorOf(response)).code).toBe("rate_limited");
});

test("a body can be generated from the schema, the same one for the same seed", async () => {
  const ask = async (seed: string) =>
    (await send(server, "GET", "/videos/1", { prefer: `dynamic=true, seed=${seed}` })).json();
  const first = await ask("a");
  expect(first).toMatchObject({ id: expect.any(String), status: expect.any(String) });
  expect(first).not.toMatchObject({ id: "vid_8c41e0b27d" });
  expect(await ask("a")).toEqual(first);
});

test("the model decides which example answers", async () => {
  const body = { ...question, model: "deepseek-ai/DeepSeek-R1" };
  expect(await (await send(server, "POST", "/chat/completions", { body })).json()).toMatchObject({
    model: body.model,
  });
  const stream = await send(server, "POST", "/chat/completions", { body: { ...body, stream: true } });
  expect(stream.headers.get("content-type")).toBe("text/event-stream");
  expect(await stream.text()).toMatch(
    /^data: \{.*"model":"deepseek-ai\/DeepSeek-R1".*\n\n[\s\S]*data: \[DONE\]\n\n$/,
  );
});

test("a conversation gets the tool calls first, and the answer once the tools have spoken", async () => {
  const model = "Qwen/Qwen3-Max";
  const messages: object[] = [{ role: "user", content: "Do I need a coat?" }];
  const ask = async () => {
    const response = await send(server, "POST", "/chat/completions", { body: { model, messages } });
    const { choices } = (await response.json()) as {
      choices: { message: { tool_calls?: { id: string }[] } }[];
    };
    return choices[0]!.message;
  };
  const calling = await ask();
  expect(calling.tool_calls).toHaveLength(2);
  messages.push(calling, { role: "tool", tool_call_id: calling.tool_calls![0]!.id, content: "18 °C" });
  expect(await ask()).toMatchObject({ content: expect.stringContaining("coat") });
});

test("a file is served as bytes, with its headers", async () => {
  const response = await send(server, "GET", "/videos/1/download");
  expect(response.headers.get("content-type")).toBe("video/mp4");
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="vid_8c41e0b27d.mp4"');
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(new TextDecoder().decode(bytes.subarray(4, 8))).toBe("ftyp");
});

test("the bytes of a form are checked part by part, and its fields choose the answer", async () => {
  const form = new FormData();
  form.set("file", new Blob([new Uint8Array([0, 255, 13, 10, 45, 45])]), "a.mp3");
  form.set("model", "whisper");
  form.set("response_format", "srt");
  const response = await send(server, "POST", "/audio/transcriptions", { body: form });
  expect(response.headers.get("content-type")).toBe("application/x-subrip");
  expect(await response.text()).toMatch(/^1\n00:00:00,000 --> /);

  form.delete("file");
  const missing = await send(server, "POST", "/audio/transcriptions", { body: form });
  expect(missing.status).toBe(422);
  expect((await errorOf(missing)).message).toBe("Request body must have required property 'file'");
});

test("repeated fields of a form are an array", async () => {
  const schema = {
    type: "object",
    required: ["images"],
    properties: { images: { type: "array", minItems: 2, items: { type: "string", format: "binary" } } },
  };
  const post = {
    operationId: "upload",
    requestBody: { required: true, content: { "multipart/form-data": { schema } } },
    responses: { 204: { description: "" } },
  };
  await using uploads = await createMockServer({ document: documentOf({ "/upload": { post } }) });
  const form = new FormData();
  form.append("images", new Blob(["1"]), "1.png");
  expect((await send(uploads, "POST", "/upload", { body: form })).status).toBe(422);
  form.append("images", new Blob(["2"]), "2.png");
  expect((await send(uploads, "POST", "/upload", { body: form })).status).toBe(204);
});

test("a status without a body is answered without one", async () => {
  const document = documentAnswering({ 204: { description: "" }, 404: { description: "", headers: {} } });
  await using bare = await createMockServer({ document });
  const none = await send(bare, "GET", "/thing");
  expect([none.status, none.headers.get("content-type"), await none.text()]).toEqual([204, null, ""]);
  const missing = await send(bare, "GET", "/thing", { prefer: "code=404" });
  expect([missing.status, missing.headers.get("content-type"), await missing.text()]).toEqual([
    404,
    null,
    "",
  ]);
});

test("a document of OpenAPI 3.0 is served too, nullable and all", async () => {
  const schema = { type: "object", required: ["a"], properties: { a: { type: "string", nullable: true } } };
  const responses = { 200: { description: "", content: { "application/json": { schema } } } };
  const post = { requestBody: { content: { "application/json": { schema } } }, responses };
  await using old = await createMockServer({
    document: { ...documentOf({ "/a": { post } }), openapi: "3.0.3" },
  });
  expect((await send(old, "POST", "/a", { body: { a: null } })).status).toBe(200);
  expect((await send(old, "POST", "/a", { body: { a: 1 } })).status).toBe(422);
});

test("operations that only a fragment tells apart are told apart by the flag", async () => {
  const operation = (id: string, content: object) => ({
    post: {
      operationId: id,
      requestBody: { content: { "application/json": { schema: { type: "object" } } } },
      responses: { 200: { description: "", content } },
    },
  });
  const document = documentOf({
    "/talk": operation("talk", { "application/json": { example: { whole: true } } }),
    "/talk#stream": operation("talkStream", { "text/event-stream": { example: "data: piece\n\n" } }),
  });
  await using talking = await createMockServer({ document });
  const ask = async (stream: boolean) => (await send(talking, "POST", "/talk", { body: { stream } })).text();
  expect(await ask(false)).toBe('{"whole":true}');
  expect(await ask(true)).toBe("data: piece\n\n");
});

test("requests are recorded with their bodies and how they were answered", async () => {
  await (await send(server, "POST", "/chat/completions?trace=1", { body: question })).text();
  const [request, ...others] = server.requests;
  expect(others).toEqual([]);
  expect(request).toMatchObject({
    method: "POST",
    path: "/v1/chat/completions",
    json: question,
    body: JSON.stringify(question),
    operationId: "createChatCompletion",
  });
  expect(request?.query.get("trace")).toBe("1");
  expect(request?.headers.authorization).toBe(`Bearer ${key}`);
  expect(await request?.answer).toEqual({ status: 200, outcome: "complete" });
  server.reset();
  expect(server.requests).toEqual([]);
});

test("no key is printed, neither in the log nor with a request", async () => {
  await send(server, "GET", "/models?key=in-the-query", { headers: { "x-api-key": key } });
  await server.requests[0]?.answer;
  expect(lines).toEqual([expect.stringMatching(/^GET \/v1\/models 200 \d+ ms$/)]);
  expect(inspect(server.requests, { depth: 9 })).not.toContain(key);
  expect(JSON.stringify(server.requests)).not.toContain(key);
});

test("browsers may call it from anywhere", async () => {
  const origin = "https://app.example.com";
  const asked = await fetch(`${server.url}/chat/completions`, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization",
    },
  });
  expect([asked.status, await asked.text()]).toEqual([204, ""]);
  expect(Object.fromEntries(asked.headers)).toMatchObject({
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "authorization",
  });
  const response = await send(server, "GET", "/models", { headers: { origin } });
  expect(response.headers.get("access-control-allow-origin")).toBe(origin);
});

test("OPTIONS tells the methods of a path", async () => {
  const response = await fetch(`${server.url}/models`, { method: "OPTIONS" });
  expect([response.status, response.headers.get("allow")]).toEqual([204, "GET, OPTIONS"]);
});

test("HEAD gets what GET would, without the body", async () => {
  const response = await send(server, "HEAD", "/models");
  expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
    200,
    "application/json",
    "",
  ]);
});

test("a path with two slashes is a path, not a host", async () => {
  expect((await fetch(`http://127.0.0.1:${server.port}//models`)).status).toBe(404);
});

test("a port that is taken is told", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as AddressInfo;
  await expect(createMockServer({ ...runcrate, port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  await new Promise((resolve) => other.close(resolve));
});

test("options that can't be met are turned down before anything starts", async () => {
  await expect(createMockServer({ ...runcrate, chunkSize: 0 })).rejects.toThrow(/"chunkSize" has to be/);
  await expect(createMockServer({ ...runcrate, scene: "none" })).rejects.toThrow(/no scene "none"/);
  await expect(createMockServer({ document: "missing.yaml" })).rejects.toThrow(/no such file/);
});
